import type { Message } from '$lib/domain/message.ts';
import type { SettingsRow } from '$lib/domain/settings.ts';
import { askForSync } from '$lib/platform/background-sync.ts';
import type { Vault } from '$lib/vault/types.ts';
import { deliver } from './deliver.ts';
import { outboxPorts } from './ports.ts';

/** However often the relay was out of reach, look again after about a minute. */
const mostFailedLooks = 6;
const afterTroubleMs = 30_000;
const longestTimerMs = 2 ** 31 - 1;

/**
 * Keeps the outbox going from a page: at start, when messages or settings change (here or in another
 * context), on `online`, on becoming visible, when the next message is due. Returns a stop function.
 */
export async function keepDelivering(vault: Vault): Promise<() => void> {
	let isRunning = false;
	let isAsked = false;
	let halt = new AbortController();
	let failedLooks = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const stop = new AbortController();

	const wakeAt = (at: number | undefined) => {
		clearTimeout(timer);
		if (at === undefined || stop.signal.aborted) return;
		timer = setTimeout(wake, Math.min(Math.max(at - Date.now(), 0), longestTimerMs));
	};
	const wake = async () => {
		isAsked = true;
		if (isRunning || stop.signal.aborted) return;
		isRunning = true;
		clearTimeout(timer);
		try {
			while (isAsked && !halt.signal.aborted) {
				isAsked = false;
				const { nextAt, isReachable } = await deliver(outboxPorts(vault, halt.signal), failedLooks);
				failedLooks = isReachable ? 0 : Math.min(failedLooks + 1, mostFailedLooks);
				wakeAt(nextAt);
			}
		} catch {
			// The disk refused: screens say so; the messages are as they were.
			wakeAt(Date.now() + afterTroubleMs);
		} finally {
			isRunning = false;
		}
	};
	const wakeAfresh = () => {
		failedLooks = 0;
		void wake();
	};

	await vault.load('messages', 'letters', 'settings');
	let seenMessages: readonly Message[] | undefined;
	let seenSettings: readonly SettingsRow[] | undefined;
	const look = () => {
		const messages = vault.snapshot.rows('messages');
		const settings = vault.snapshot.rows('settings');
		if (messages === seenMessages && settings === seenSettings) return;
		seenMessages = messages;
		seenSettings = settings;
		if (!messages.some(({ state }) => state === 'queued' || state === 'sending')) return;
		void askForSync();
		void wake();
	};
	stop.signal.addEventListener('abort', vault.follow(look));

	const { signal } = stop;
	addEventListener('online', wakeAfresh, { signal });
	document.addEventListener('visibilitychange', () => !document.hidden && wakeAfresh(), { signal });
	document.addEventListener('freeze', () => halt.abort(), { signal });
	document.addEventListener(
		'resume',
		() => {
			halt = new AbortController();
			wakeAfresh();
		},
		{ signal },
	);
	look();
	return () => {
		stop.abort();
		halt.abort();
		clearTimeout(timer);
	};
}
