import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/support/longest-first.ts';
import { compileAtOnce, modernDexie } from './vite.shared.ts';

/** Small modules that every screen starts with: as one file they weigh 5 kB less than as thirty, and come sooner. */
const frameModules = [
	'ui/(Button|Count|Empty|Icon|Menu|Notice)\\.svelte',
	'ui/(foot-bar|icons|toast\\.svelte)\\.ts',
	'platform/(background-sync|install\\.svelte|online\\.svelte|shortcuts\\.svelte|trusted-types|unsaved\\.svelte)\\.ts',
	'clients/(NewClientButton\\.svelte|new/new-client\\.svelte\\.ts)',
	'domain/(answer-box|base64url|hindrance|quota|settings|settings/[a-z-]+)\\.ts',
	'vault/(followed|live)\\.svelte\\.ts',
	'outbox/(open-messages|relay-look\\.svelte|resume-when-mended|wake|witness)\\.ts',
];
const framePackages = '@sveltejs/kit/src|workbox-window';
const frame = new RegExp(`/src/lib/(${frameModules.join('|')})$|/(${framePackages})/`);

/**
 * Vite's manifest names a worker and leaves its parts out; the service worker keeps for offline what stands
 * there. Without them no file could be imported on a train.
 */
function workerParts(): Plugin {
	return {
		name: 'portico-worker-parts',
		writeBundle({ dir = '' }, bundle) {
			const path = join(dir, '.vite/manifest.json');
			if (!existsSync(path)) return;
			const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { file: string }>;
			for (const file of Object.keys(bundle))
				if (/\/workers\/chunks\/[^/]+\.js$/.test(file)) manifest[file] ??= { file };
			writeFileSync(path, JSON.stringify(manifest));
		},
	};
}

export default defineConfig({
	plugins: [sveltekit(), workerParts(), compileAtOnce()],
	worker: { format: 'es', plugins: () => [compileAtOnce()] },
	resolve: { alias: [modernDexie] },
	build: {
		target: 'es2022',
		rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'frame', test: frame }] } } },
	},
	test: {
		include: ['tests/domain/**/*.test.ts', 'tests/flow/**/*.test.ts', 'tests/relay/**/*.test.ts'],
		environment: 'node',
		// How long a busy machine takes is no fault of a test: these only end one that hangs.
		testTimeout: 300_000,
		hookTimeout: 300_000,
		// By default one core is left idle, which is half of a small machine.
		maxWorkers: Math.max(2, availableParallelism() - 1),
		sequence: { sequencer: LongestFirst },
		reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
	},
});
