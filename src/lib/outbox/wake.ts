import type { Message } from '$lib/domain/message.ts';
import type { SettingsRow } from '$lib/domain/settings.ts';
import { askForSync } from '$lib/platform/background-sync.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import type { Vault } from '$lib/vault/types.ts';
import type { Delivered } from './deliver.ts';
import { relayLook } from './relay-look.svelte.ts';
import { isRelayMended, resumeAfterMending } from './resume-when-mended.ts';

/** However often the relay was out of reach, look again after about a minute. */
const mostFailedLooks = 6;
const afterTroubleMs = 30_000;
const longestTimerMs = 2 ** 31 - 1;
/** A person waits for an answer no longer than this; the delivery itself goes on. */
const patienceMs = 8_000;

/** The deliverer's code comes when there is something to deliver: the first screen does without. */
async function deliverOutbox(
	vault: Vault,
	stop: AbortSignal,
	failedLooks: number,
): Promise<Delivered> {
	if (!hasWaiting(vault)) return { nextAt: undefined, isReachable: true };
	const [{ deliver }, { outboxPorts }, { pageRelays }] = await Promise.all([
		import('./deliver.ts'),
		import('./ports.ts'),
		import('$lib/relay/page-relays.ts'),
	]);
	return deliver(outboxPorts(vault, stop, pageRelays), failedLooks);
}

function wordsOf(error: unknown): string {
	return error instanceof VaultProblem
		? error.message
		: 'Something unexpected stopped the sending. Reload if it goes on.';
}

function hasWaiting(vault: Vault): boolean {
	const messages = vault.snapshot.rows('messages');
	return messages.some(({ state }) => state === 'queued' || state === 'sending');
}

let wakeHere: (() => Promise<void>) | undefined;

/** Delivers at once what can leave, without waiting for the next look; resolves when that is done, or takes long. */
export async function deliverNow(): Promise<void> {
	await Promise.race([wakeHere?.(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
}

/**
 * Keeps the outbox going from a page: at start, when messages or settings change (here or in another
 * context), on `online`, on becoming visible, when the next message is due. Returns a stop function.
 */
export async function keepDelivering(vault: Vault): Promise<() => void> {
	let isRunning = false;
	let lastRun = Promise.resolve();
	let isAsked = false;
	let halt = new AbortController();
	let failedLooks = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	const stop = new AbortController();

	const wakeAt = (at: number | undefined) => {
		clearTimeout(timer);
		if (at === undefined || stop.signal.aborted) return;
		timer = setTimeout(() => void wake(), Math.min(Math.max(at - Date.now(), 0), longestTimerMs));
	};
	const run = async () => {
		isRunning = true;
		clearTimeout(timer);
		try {
			while (isAsked && !halt.signal.aborted) {
				isAsked = false;
				const { nextAt, isReachable } = await deliverOutbox(vault, halt.signal, failedLooks);
				failedLooks = isReachable ? 0 : Math.min(failedLooks + 1, mostFailedLooks);
				relayLook.note(isReachable, nextAt);
				wakeAt(nextAt);
			}
		} catch (error) {
			// The disk refused: the messages are as they were.
			const nextAt = Date.now() + afterTroubleMs;
			relayLook.noteTrouble(wordsOf(error), nextAt);
			wakeAt(nextAt);
		} finally {
			isRunning = false;
		}
	};
	const wake = async (): Promise<void> => {
		isAsked = true;
		if (stop.signal.aborted) return;
		if (!isRunning) lastRun = run();
		await lastRun;
	};
	const wakeAfresh = async () => {
		failedLooks = 0;
		await wake();
	};

	await vault.load('messages', 'letters', 'settings');
	let seenMessages: readonly Message[] | undefined;
	let seenSettings: readonly SettingsRow[] | undefined;
	const look = () => {
		const messages = vault.snapshot.rows('messages');
		const settings = vault.snapshot.rows('settings');
		if (messages === seenMessages && settings === seenSettings) return;
		const isMended = seenSettings !== undefined && isRelayMended(seenSettings, settings);
		seenMessages = messages;
		seenSettings = settings;
		// Its own commit comes back here, and wakes.
		if (isMended) resumeAfterMending(vault).catch(() => undefined);
		if (!hasWaiting(vault)) {
			relayLook.note(true, undefined);
			return;
		}
		void askForSync();
		void wake();
	};
	stop.signal.addEventListener('abort', vault.follow(look));

	const { signal } = stop;
	addEventListener('online', () => void wakeAfresh(), { signal });
	document.addEventListener(
		'visibilitychange',
		() => {
			if (!document.hidden) void wakeAfresh();
		},
		{ signal },
	);
	document.addEventListener('freeze', () => halt.abort(), { signal });
	document.addEventListener(
		'resume',
		() => {
			halt = new AbortController();
			void wakeAfresh();
		},
		{ signal },
	);
	wakeHere = wakeAfresh;
	look();
	return () => {
		wakeHere = undefined;
		stop.abort();
		halt.abort();
		clearTimeout(timer);
	};
}
