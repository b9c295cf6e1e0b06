import {
	giveUp,
	holdBack,
	isDue,
	isTooOld,
	type RelayTraits,
	settleOrphan,
	withTimeBroughtBack,
} from '$lib/domain/delivery.ts';
import type { Message } from '$lib/domain/message.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { lookAgain, lookedAt } from './look-again.ts';
import type { OutboxPorts } from './ports.ts';

const needs = ['messages', 'letters', 'settings'] as const;

/**
 * Only the holder of the lock comes here, so a message found `sending` has lost its deliverer. What
 * waited too long is held for a person; so is, where she hands over by herself, what she should not.
 * A wait that a clock ahead of the times began is counted from now.
 */
export async function tidy(
	{ vault, now }: OutboxPorts,
	state: Snapshot,
	traits: RelayTraits | undefined,
): Promise<void> {
	const isByHand = settingsFrom(state.rows('settings'), 'relay').kind === 'by-hand';
	const relay = isByHand ? byHand : traits;
	const tidied = (message: Message, newest: Snapshot): Message | undefined => {
		if (message.state === 'sending') return settleOrphan(message, relay, now());
		if (message.state !== 'queued') return undefined;
		if (isByHand && message.maybeSentAt > 0) return giveUp(message, byHand, now());
		const inTime = withTimeBroughtBack(message, now());
		if (inTime) return inTime;
		if (!isDue(message, now())) return undefined;
		if (isTooOld(message, now())) return holdBack(message, 'too-old', now());
		const heldFor = isByHand ? lookAgain(newest, message) : '';
		return heldFor === '' ? undefined : holdBack(message, heldFor, now());
	};
	const newest = isByHand ? await vault.load(...lookedAt) : state;
	if (!newest.rows('messages').some((message) => tidied(message, newest))) return;
	await vault.commit(
		(newest) => {
			const messages = newest.rows('messages').flatMap((message) => tidied(message, newest) ?? []);
			return messages.length > 0 ? { put: { messages } } : undefined;
		},
		{ what: 'interrupted messages settled', count: 1 },
		{ needs: isByHand ? [...needs, ...lookedAt] : needs, isStrict: true },
	);
}

/** Nothing is delivered by machine, and nobody can be asked. */
const byHand: RelayTraits = {
	kind: 'by-hand',
	place: 'by-hand',
	dropsRepeats: false,
	canBeAsked: false,
	keyMemoryMs: 0,
};
