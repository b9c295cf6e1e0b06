import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

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
				// The relay's address is the practice's own choice, and a static host can't know it.
				'connect-src': ['self', 'https:', 'http://127.0.0.1:*', 'http://localhost:*'],
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
