import { composeMessage } from '$lib/domain/compose.ts';
import { claim, isDue, settle, settleByAnswer, settleLate } from '$lib/domain/delivery.ts';
import { statusAfter } from '$lib/domain/outbox-status.ts';
import type { Letter, Message } from '$lib/domain/message.ts';
import type { Outcome, OutgoingMessage, Settlement } from '$lib/domain/outcome.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { Changes, Snapshot } from '$lib/vault/types.ts';
import { messageKey } from './message-key.ts';
import type { OutboxPorts } from './ports.ts';

const needs = ['messages', 'letters', 'settings'] as const;

/**
 * Claim → send → settle, each commit strict. The claim is a compare-and-set: whoever loses it sends
 * nothing, whatever became of the lock. Resolves to whether the relay is known to answer: after
 * silence, look before the next one.
 */
export async function deliverOne(
	ports: OutboxPorts,
	relay: Relay,
	messageId: string,
): Promise<boolean> {
	const { vault, now, dice } = ports;
	const fence = ports.crypto.randomUUID();
	const claimed = await vault.commit(
		(state) => {
			const message = state.get('messages', messageId);
			const status = settingsFrom(state.rows('settings'), 'outbox');
			if (!message || !isDue(message, now()) || status.pausedFor !== '') return undefined;
			return { put: { messages: [claim(message, fence, now())] } };
		},
		{ what: 'message claimed', count: 1 },
		{ needs, isStrict: true },
	);
	if (!claimed) return true;
	const message = vault.snapshot.get('messages', messageId);
	const letter = message && vault.snapshot.get('letters', message.letterId);
	if (!message || message.fence !== fence) return true;
	if (!letter) {
		const detail = 'The text of this message is missing.';
		await settleAs(ports, relay, message, { kind: 'refused', detail });
		return true;
	}

	const { messageKeySecret } = settingsFrom(vault.snapshot.rows('settings'), 'secrets');
	const key = await messageKey(ports.crypto, messageKeySecret, message);
	if (message.maybeSentAt > 0 && relay.ask) {
		const settlement = await askOne(relay, key);
		const isSettled = await settleIfOurs(ports, message, (ours) =>
			settleByAnswer(ours, settlement, relay.keyMemoryMs, now(), dice),
		);
		if (isSettled) return settlement !== 'no-answer';
	}
	const outcome = await sendOne(relay, letter, message, key);
	const isSureRefusal =
		outcome.kind === 'refused' &&
		message.maybeSentAt > 0 &&
		(await askOne(relay, key)) === 'refused';
	if (isSureRefusal)
		await settleIfOurs(ports, message, (ours) =>
			settleByAnswer(
				{ ...ours, reason: outcome.detail },
				'refused',
				relay.keyMemoryMs,
				now(),
				dice,
			),
		);
	else await settleAs(ports, relay, message, outcome);
	return outcome.kind !== 'unknown' && outcome.kind !== 'unreachable';
}

/** A text that can't be composed, or a relay that breaks its word and throws, ends this message's turn, not the batch. */
async function sendOne(
	relay: Relay,
	letter: Letter,
	message: Message,
	key: string,
): Promise<Outcome> {
	let outgoing: OutgoingMessage;
	try {
		outgoing = composeMessage(letter, message);
	} catch {
		return { kind: 'refused', detail: 'The text of this message could not be put together.' };
	}
	try {
		return await relay.send(outgoing, key);
	} catch {
		return { kind: 'unknown', detail: 'Something unexpected happened while sending.' };
	}
}

/** What the relay says of a key; one that can't be asked, or breaks its word and throws, says nothing. */
async function askOne(relay: Relay, key: string): Promise<Settlement> {
	try {
		return (await relay.ask?.(key)) ?? 'no-answer';
	} catch {
		return 'no-answer';
	}
}

/** The relay's word on an earlier attempt; false when it leaves the message to be sent (or lost to another). */
async function settleIfOurs(
	ports: OutboxPorts,
	claimed: Message,
	settled: (ours: Message) => Message | undefined,
): Promise<boolean> {
	let isLost = false;
	const receipt = await ports.vault.commit(
		(state) => {
			const ours = ourClaim(state, claimed);
			isLost = !ours;
			const after = ours && settled(ours);
			return after && { put: { messages: [after] } };
		},
		{ what: 'message settled', count: 1 },
		{ needs, isStrict: true },
	);
	return isLost || receipt !== undefined;
}

async function settleAs(
	ports: OutboxPorts,
	relay: Relay,
	claimed: Message,
	outcome: Outcome,
): Promise<void> {
	const { now, dice } = ports;
	await ports.vault.commit(
		(state): Changes | undefined => {
			const message = state.get('messages', claimed.id);
			if (!message) return undefined;
			const ours = ourClaim(state, claimed);
			const after = ours
				? settle(ours, outcome, relay, now(), dice)
				: settleLate(message, outcome, now());
			const status = settingsFrom(state.rows('settings'), 'outbox');
			return { put: { messages: [after], settings: [statusAfter(status, outcome, now())] } };
		},
		{ what: 'message settled', count: 1 },
		{ needs, isStrict: true },
	);
}

function ourClaim(state: Snapshot, claimed: Message): Message | undefined {
	const message = state.get('messages', claimed.id);
	return message?.state === 'sending' && message.fence === claimed.fence ? message : undefined;
}
