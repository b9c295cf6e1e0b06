import { composeMessage } from '$lib/domain/compose.ts';
import type { RelayTraits } from '$lib/domain/delivery.ts';
import type { Letter, Message } from '$lib/domain/message.ts';
import type { Outcome, OutgoingMessage, Settlement } from '$lib/domain/outcome.ts';
import { statusAfter, statusOf } from '$lib/domain/outbox-status.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { settle, settleByAnswer, settleLate } from '$lib/domain/settle.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { Changes, Snapshot } from '$lib/vault/types.ts';
import { claimOne } from './claim-one.ts';
import { messageKey } from './message-key.ts';
import type { OutboxPorts } from './ports.ts';

const needs = ['messages', 'letters', 'settings'] as const;

/** The relay as the settings of one look name it. */
export interface ChosenRelay {
	relay: Relay;
	traits: RelayTraits;
}

/**
 * Claim → send → settle, each commit strict. The claim is a compare-and-set: whoever loses it sends
 * nothing, whatever became of the lock. Resolves to whether the relay is known to answer: after
 * silence, look before the next one.
 */
export async function deliverOne(
	ports: OutboxPorts,
	chosen: ChosenRelay,
	messageId: string,
): Promise<boolean> {
	const { vault } = ports;
	const claimed = await claimOne(ports, chosen.traits, messageId);
	if (!claimed) return true;
	const { message, step } = claimed;
	const letter = vault.snapshot.get('letters', message.letterId);
	if (!letter) {
		const detail = 'The text of this message is missing.';
		await settleAs(ports, chosen, message, { kind: 'refused', detail });
		return true;
	}
	const { messageKeySecret } = settingsFrom(vault.snapshot.rows('settings'), 'secrets');
	const key = await messageKey(ports.crypto, messageKeySecret, message);
	if (message.maybeSentAt > 0 && chosen.relay.ask) {
		const word = await askOne(chosen.relay, key);
		const isSettled = await settleByWord(ports, chosen, message, word);
		if (isSettled || step === 'ask') return word !== 'no-answer';
	}
	return sendClaimed(ports, chosen, { message, letter, key });
}

/** Sends, and settles by the answer. Resolves to whether the relay is known to answer. */
async function sendClaimed(
	ports: OutboxPorts,
	chosen: ChosenRelay,
	{ message, letter, key }: { message: Message; letter: Letter; key: string },
): Promise<boolean> {
	const { relay, traits } = chosen;
	const outcome = await sendOne(relay, letter, message, key);
	const isSureRefusal =
		outcome.kind === 'refused' &&
		message.maybeSentAt > 0 &&
		traits.dropsRepeats &&
		(await askOne(relay, key)) === 'refused';
	if (isSureRefusal)
		await settleByWord(ports, chosen, { ...message, reason: outcome.detail }, 'refused');
	else await settleAs(ports, chosen, message, outcome);
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

/** By the relay's word on an earlier attempt; false when it leaves the message to be sent. */
async function settleByWord(
	{ vault, now, dice }: OutboxPorts,
	{ traits }: ChosenRelay,
	claimed: Message,
	word: Settlement,
): Promise<boolean> {
	let isLost = false;
	const receipt = await vault.commit(
		(state) => {
			const ours = ourClaim(state, claimed);
			isLost = !ours;
			const { reason } = claimed;
			const after = ours && settleByAnswer({ ...ours, reason }, word, traits, now(), dice);
			return after && { put: { messages: [after] } };
		},
		{ what: 'message settled', count: 1 },
		{ needs, isStrict: true },
	);
	return isLost || receipt !== undefined;
}

async function settleAs(
	ports: OutboxPorts,
	{ traits }: ChosenRelay,
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
				? settle(ours, outcome, traits, now(), dice)
				: settleLate(message, outcome, now(), traits);
			const status = statusOf(settingsFrom(state.rows('settings'), 'outbox'), traits.kind);
			const learnt = statusAfter(status, outcome, now());
			// A record more is a good part of what a commit costs.
			const settings = learnt === status ? [] : [learnt];
			return { put: { messages: [after], settings } };
		},
		{ what: 'message settled', count: 1 },
		{ needs, isStrict: true },
	);
}

function ourClaim(state: Snapshot, claimed: Message): Message | undefined {
	const message = state.get('messages', claimed.id);
	return message?.state === 'sending' && message.fence === claimed.fence ? message : undefined;
}
