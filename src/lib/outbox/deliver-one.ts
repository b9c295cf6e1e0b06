import { composeMessage } from '$lib/domain/compose.ts';
import {
	claim,
	type RelayTraits,
	settle,
	settleByAnswer,
	settleLate,
	statusAfter,
} from '$lib/domain/delivery.ts';
import type { Message } from '$lib/domain/message.ts';
import type { Outcome } from '$lib/domain/outcome.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { Changes, Snapshot } from '$lib/vault/types.ts';
import { messageKey } from './message-key.ts';
import type { OutboxPorts } from './ports.ts';

const needs = ['messages', 'letters', 'settings'] as const;

export function traitsOf(relay: Relay): RelayTraits {
	return { dropsRepeats: relay.dropsRepeats, canBeAsked: relay.ask !== undefined };
}

/**
 * Claim → send → settle, each commit strict. The claim is a compare-and-set: whoever loses it sends
 * nothing, whatever became of the lock. Returns false when the message was not there to be claimed.
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
			const isFree = message?.state === 'queued' && message.dueAt <= now();
			if (!isFree || status.pausedFor !== '') return undefined;
			return { put: { messages: [claim(message, fence, now())] } };
		},
		{ what: 'message claimed', count: 1 },
		{ needs, isStrict: true },
	);
	if (!claimed) return false;
	const message = vault.snapshot.get('messages', messageId);
	const letter = message && vault.snapshot.get('letters', message.letterId);
	if (!message || message.fence !== fence) return false;
	if (!letter) {
		const detail = 'The text of this message is missing.';
		await settleAs(ports, relay, message, { kind: 'refused', detail });
		return true;
	}

	const { messageKeySecret } = settingsFrom(vault.snapshot.rows('settings'), 'secrets');
	const key = await messageKey(ports.crypto, messageKeySecret, message);
	if (message.maybeSentAt > 0 && relay.ask) {
		const settlement = await relay.ask(key);
		const isSettled = await settleIfOurs(ports, message, (ours) =>
			settleByAnswer(ours, settlement, relay.keyMemoryMs, now(), dice),
		);
		if (isSettled) return true;
	}
	const outcome = await relay.send(composeMessage(letter, message), key);
	const isSureRefusal =
		outcome.kind === 'refused' && message.maybeSentAt > 0 && (await relay.ask?.(key)) === 'refused';
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
	return true;
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
				? settle(ours, outcome, traitsOf(relay), now(), dice)
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
