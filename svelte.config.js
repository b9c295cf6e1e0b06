import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @typedef {NonNullable<NonNullable<import('@sveltejs/kit').KitConfig['csp']>['directives']>} Directives */

/**
 * Where the app may send to. A static host can't know the practice's relay, so any HTTPS address is allowed;
 * who builds for one practice names its relays: PORTICO_RELAYS="https://relay.example https://api.emailjs.com".
 */
const relays = /** @type {NonNullable<Directives['connect-src']>} */ (
	process.env.PORTICO_RELAYS?.split(/\s+/).filter(Boolean) ?? [
		'https:',
		'http://127.0.0.1:*',
		'http://localhost:*',
	]
);

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ precompress: true }),
		// Hash routing: the build runs on any static host and under any sub-path.
		router: { type: 'hash' },
		paths: { relative: true },
		// The page registers the service worker itself, so that a new version can wait for consent.
		serviceWorker: { register: false },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'worker-src': ['self'],
				// Letters are previewed as they will look, with their inline styles.
				'style-src': ['self', 'unsafe-inline'],
				'font-src': ['self'],
				'img-src': ['self', 'data:'],
				'manifest-src': ['self'],
				'frame-src': ['self'],
				'connect-src': ['self', ...relays],
				'base-uri': ['none'],
				'form-action': ['none'],
				'require-trusted-types-for': ['script'],
				'trusted-types': [
					'svelte-trusted-html',
					'sveltekit-trusted-url',
					'portico-worker',
					'portico-preview',
				],
			},
		},
	},
};
