import type { Message } from '$lib/domain/message.ts';
import { canBeReleased } from '$lib/domain/standing-against.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { messageKey } from '$lib/outbox/message-key.ts';
import type { StormDevice } from './storm-device.ts';

export interface Judged {
	/** What was not as it must be; empty when all is well. */
	violations: string[];
	/** Final states, to see that storms reach them all. */
	states: Message['state'][];
}

/**
 * What the database says, held against what the relay knows. `clients`: who was queued and not lost
 * with an older database; `vouched`: messages that a person settled by her own word.
 */
export async function judge(
	place: StormDevice,
	clients: ReadonlySet<string>,
	vouched: ReadonlySet<string>,
): Promise<Judged> {
	const { vault, device } = await place.open(false);
	const state = await vault.load('messages', 'settings');
	const messages = state.rows('messages');
	const { messageKeySecret } = settingsFrom(state.rows('settings'), 'secrets');
	const violations = [...place.relay.violations];
	const found = new Set(messages.map(({ clientId }) => clientId));
	for (const id of clients) if (!found.has(id)) violations.push(`lost: nothing is left of ${id}`);
	if (found.size < messages.length) violations.push('queued twice');
	for (const message of messages) {
		const key = await messageKey(device.ports.crypto, messageKeySecret, message);
		const mails = place.relay.mails.get(key) ?? 0;
		const isRefused = place.relay.refused.has(key);
		const happened = message.history.map(({ event }) => event).join(', ');
		place.relay.tale.push(`${message.toAddress} is ${message.state}: ${happened}`);
		const lie = lieIn(message, mails, isRefused, vouched.has(message.id));
		if (lie) violations.push(`untrue: one is ${message.state} ${lie}`);
	}
	return { violations, states: messages.map(({ state }) => state) };
}

/** What its state says that is not so; '' when it is true. */
function lieIn(message: Message, mails: number, isRefused: boolean, isVouched: boolean): string {
	const mayHaveLeft = message.maybeSentAt > 0;
	switch (message.state) {
		case 'sent':
			return mails === 0 && !isVouched ? 'and no mail left' : '';
		case 'failed':
			if (mails > 0) return 'and a mail left';
			return isRefused ? '' : 'and nobody refused it';
		case 'unconfirmed':
			return mayHaveLeft ? '' : 'and nothing says why';
		case 'cancelled':
			return mails > 0 && !mayHaveLeft ? 'and a mail left' : '';
		case 'held':
			if (message.heldFor === '' || canBeReleased(message.heldFor)) return 'though released';
			return mails > 0 && !mayHaveLeft ? 'and a mail left' : '';
		case 'queued':
		case 'sending':
			return 'and never settled';
	}
}
