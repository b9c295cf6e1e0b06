import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		adapter: adapter({ fallback: 'index.html', precompress: true }),
		// Hash routing: the build runs on any static host and under any sub-path.
		router: { type: 'hash' },
		paths: { relative: true },
		// The page registers the service worker itself, so that a new version can wait for consent.
		serviceWorker: { register: false }
	}
};
