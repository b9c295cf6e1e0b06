import { clockTime } from '$lib/domain/date-in-words.ts';
import { type Hindrance, hindranceOf, limitEndsAt, pausedByHand } from '$lib/domain/hindrance.ts';
import type { Message } from '$lib/domain/message.ts';
import { statusOf } from '$lib/domain/outbox-status.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { actByHand } from './act-by-hand.ts';
import { relayLook } from './relay-look.svelte.ts';
import { untilInWords } from './time-in-words.ts';
import { deliverNow } from './wake.ts';

/** 'Try now': hurries a message, waits for what comes of it, and says so. */
export async function tryNow(messageId: string): Promise<void> {
	if ((await actByHand('tryNow', [messageId])) === 0) return;
	await deliverNow();
	const { snapshot } = await theVault();
	const settings = snapshot.rows('settings');
	const relay = settingsFrom(settings, 'relay');
	const status = statusOf(settingsFrom(settings, 'outbox'), relay.kind);
	const { isReachable, nextAt, trouble } = relayLook;
	const now = Date.now();
	const hindrance = hindranceOf(status, relay, navigator.onLine, now, isReachable, trouble === '');
	const text = triedInWords(snapshot.get('messages', messageId), hindrance, now, {
		pausedFor: status.pausedFor,
		againAt: hindrance === 'limit' ? limitEndsAt(status, relay, now) : nextAt,
	});
	if (text) showToast({ text });
}

/** What came of 'Try now'; '' when the row says it all. `againAt`: epoch milliseconds, 0 unknown. */
export function triedInWords(
	message: Pick<Message, 'state'> | undefined,
	hindrance: Hindrance,
	now: number,
	{ pausedFor, againAt }: { pausedFor: string; againAt: number },
): string {
	switch (message?.state) {
		case 'sent':
			return 'Sent.';
		case 'queued':
			break;
		default:
			return '';
	}
	switch (hindrance) {
		case 'no-relay':
			return 'It cannot leave yet: no email relay is set up.';
		case 'by-hand':
			return 'It leaves by your own hand: no email relay is used.';
		case 'paused':
			return pausedFor === pausedByHand
				? 'Not tried: you paused sending.'
				: `Not tried: sending is paused. ${pausedFor}`;
		case 'storage':
			return 'Not tried: this device could not note that it leaves. The Outbox says why.';
		case 'offline':
			return 'Not tried: you are offline. It leaves by itself when the network is back.';
		case 'unreachable':
			return `The email relay is still out of reach.${againAt > 0 ? ` Looking again at ${clockTime(againAt)}.` : ''}`;
		case 'limit':
			return `Not tried: nothing may leave ${untilInWords(againAt, now)}.`;
		case 'none':
			return 'It is next in line.';
	}
}
