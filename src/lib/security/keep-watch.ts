import { settingsFrom } from '$lib/domain/settings.ts';
import { watchIdleness } from '$lib/platform/last-use.ts';
import { theKeyHolder } from '$lib/vault/the-vault.ts';
import type { Vault } from '$lib/vault/types.ts';
import { lockSoon } from './lock-soon.svelte.ts';
import { noteWaiting } from './waiting-mark.ts';

const minuteMs = 60_000;
/** How long before it locks by itself the screen says so. */
const noticeMs = 30_000;

/** While a passphrase is set: locks after idle time, and keeps count of what waits. Returns a stop function. */
export async function keepWatch(vault: Vault): Promise<() => void> {
	await vault.load('settings', 'messages');
	let idleMinutes = 0;
	const look = () => {
		({ idleMinutes } = settingsFrom(vault.snapshot.rows('settings'), 'security'));
		const messages = vault.snapshot.rows('messages');
		noteWaiting(messages.filter(({ state }) => state === 'queued' || state === 'sending').length);
	};
	look();
	const stopFollowing = vault.follow(look);
	const stopWatching = watchIdleness((idleMs) => {
		const leftMs = idleMinutes * minuteMs - idleMs;
		if (idleMinutes > 0 && leftMs <= 0) theKeyHolder().lock();
		lockSoon.isSaid = idleMinutes > 0 && leftMs <= noticeMs;
	});
	return () => {
		stopFollowing();
		stopWatching();
	};
}
