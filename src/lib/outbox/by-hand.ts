import {
	cancel,
	confirmArrived,
	handOver,
	pause,
	release,
	schedule,
	sendAgain,
	tryNow,
} from '$lib/domain/by-hand.ts';
import { holdBack } from '$lib/domain/delivery.ts';
import { endsPutBack } from '$lib/domain/extension.ts';
import type { HandOverWay, Message } from '$lib/domain/message.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';

/** What a person may do with messages, each as one commit; messages that moved on meanwhile are left alone. */
const steps = {
	cancel: { step: cancel, what: 'messages cancelled' },
	confirmArrived: { step: confirmArrived, what: 'messages marked as arrived' },
	sendAgain: { step: sendAgain, what: 'messages queued again' },
	pause: { step: pause, what: 'messages paused' },
	release: { step: release, what: 'held messages released' },
	tryNow: { step: tryNow, what: 'messages hurried' },
} as const;

export type StepByHand = keyof typeof steps;

/** Returns how many messages it changed. */
export async function changeByHand(
	vault: Vault,
	stepName: StepByHand,
	messageIds: readonly string[],
	now: number,
): Promise<number> {
	const { step, what } = steps[stepName];
	return changeMessages(vault, what, (message) => step(message, now), messageIds);
}

/** They leave at `at`, epoch milliseconds; what is past: as soon as may be. Returns how many it changed. */
export async function scheduleByHand(
	vault: Vault,
	messageIds: readonly string[],
	at: number,
	now: number,
): Promise<number> {
	const step = (message: Message) => schedule(message, at, now);
	return changeMessages(vault, 'messages scheduled', step, messageIds);
}

/** The practitioner of the settings handed them over by herself. Returns how many it changed. */
export async function handOverByHand(
	vault: Vault,
	messageIds: readonly string[],
	how: HandOverWay,
	now: number,
): Promise<number> {
	const step = (message: Message, state: Snapshot) => {
		const { yourName } = settingsFrom(state.rows('settings'), 'practice');
		return handOver(message, how, yourName.trim(), now);
	};
	return changeMessages(vault, 'messages handed over', step, messageIds);
}

/** After the database turned out older than its witness, nothing leaves until a person has looked. */
export function holdAll(vault: Vault, now: number): Promise<number> {
	return changeMessages(vault, 'messages held after a restore', (message) => {
		const { state, heldFor } = message;
		const isOpen = state === 'queued' || state === 'sending' || state === 'held';
		return isOpen && heldFor !== 'restored' ? holdBack(message, 'restored', now) : undefined;
	});
}

async function changeMessages(
	vault: Vault,
	what: string,
	step: (message: Message, state: Snapshot) => Message | undefined,
	messageIds?: readonly string[],
): Promise<number> {
	let count = 0;
	await vault.commit(
		(state) => {
			const chosen = messageIds
				? messageIds.flatMap((id) => state.get('messages', id) ?? [])
				: state.rows('messages');
			const messages = chosen.flatMap((message) => step(message, state) ?? []);
			count = messages.length;
			const cancelled = messages.filter(({ state }) => state === 'cancelled');
			const invitations = endsPutBack(cancelled, state.rows('messages'), state.rows('invitations'));
			return count > 0 ? { put: { messages, invitations } } : undefined;
		},
		{ what, count: messageIds?.length ?? 0 },
		{ needs: ['messages', 'invitations', 'settings'], isStrict: true },
	);
	return count;
}

/** Pauses the whole outbox, or lets it go on; going on forgets the failures, not a relay's limit. */
export async function setPaused(vault: Vault, pausedFor: string): Promise<void> {
	await vault.commit(
		(state) => {
			const status = settingsFrom(state.rows('settings'), 'outbox');
			return { put: { settings: [{ ...status, pausedFor, failuresInARow: 0 }] } };
		},
		{ what: pausedFor ? 'outbox paused' : 'outbox resumed', count: 1 },
		{ needs: ['settings'], isStrict: true },
	);
}
