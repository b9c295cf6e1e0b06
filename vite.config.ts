import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	worker: { format: 'es' },
	build: { target: 'es2022' },
	test: {
		include: ['tests/domain/**/*.test.ts', 'tests/flow/**/*.test.ts', 'tests/relay/**/*.test.ts'],
		environment: 'node',
		testTimeout: 60_000,
		reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
	},
});
