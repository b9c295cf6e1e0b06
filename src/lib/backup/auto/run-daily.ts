import { keptFolder } from '$lib/platform/kept-folder.ts';
import type { Vault } from '$lib/vault/types.ts';
import { browserPorts } from '../format/ports.ts';
import { backUpDaily } from './auto-backup.ts';

/** Makes today's automatic backup where one is wanted; one tab does it, and trouble is told in the settings. */
export async function runDaily(vault: Vault, appVersion: string): Promise<void> {
	const run = async () =>
		void (await backUpDaily(vault, await keptFolder(), browserPorts(appVersion)));
	if (!navigator.locks) return run();
	await navigator.locks.request('portico/daily-backup', { ifAvailable: true }, (lock) =>
		lock ? run() : undefined,
	);
}

/** The same now, and whenever the page is looked at again: it may stay open for days. */
export async function keepDaily(vault: Vault, appVersion: string): Promise<void> {
	document.addEventListener('visibilitychange', () => {
		// What went wrong is in the settings; without a vault there is nothing to back up.
		if (document.visibilityState === 'visible') runDaily(vault, appVersion).catch(() => {});
	});
	await runDaily(vault, appVersion);
}
