import { defineConfig } from '@playwright/test';

const executablePath = process.env.PORTICO_CHROMIUM;

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'test-results/e2e',
	fullyParallel: true,
	workers: 2,
	retries: 0,
	timeout: 300_000,
	// How long it takes on a busy machine is no fault.
	expect: { timeout: 60_000 },
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	use: {
		browserName: 'chromium',
		// Recording costs a third of the time; `npm run test:e2e -- --trace on <spec>` shows what happened.
		trace: 'off',
		// It fetches the whole app for later, in every test anew: the specs that are about what it does allow it.
		serviceWorkers: 'block',
		launchOptions: {
			...(executablePath ? { executablePath } : {}),
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-quic',
				'--no-first-run',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
			],
		},
	},
});
