import { availableParallelism } from 'node:os';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	worker: { format: 'es' },
	// Dexie's default entry is transpiled for browsers that cannot run this app: 6 kB more on the first load.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
	build: { target: 'es2022' },
	test: {
		include: ['tests/domain/**/*.test.ts', 'tests/flow/**/*.test.ts', 'tests/relay/**/*.test.ts'],
		environment: 'node',
		testTimeout: 60_000,
		// By default one core is left idle, which is half of a small machine.
		maxWorkers: Math.max(2, availableParallelism() - 1),
		reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
	},
});
