import {
	claim,
	giveUp,
	holdBack,
	isDue,
	nextStep,
	type RelayTraits,
} from '$lib/domain/delivery.ts';
import type { Message } from '$lib/domain/message.ts';
import { statusOf } from '$lib/domain/outbox-status.ts';
import { quotaLeft, withTry } from '$lib/domain/quota.ts';
import { relayPlace } from '$lib/domain/relay-place.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Changes } from '$lib/vault/types.ts';
import { lookAgain, lookedAt } from './look-again.ts';
import type { OutboxPorts } from './ports.ts';

const needs = ['messages', 'letters', 'settings', ...lookedAt] as const;

/** What is claimed, and whether it is to be sent or only asked about; undefined when there was nothing to claim. */
export async function claimOne(
	{ vault, now, crypto }: OutboxPorts,
	traits: RelayTraits,
	messageId: string,
): Promise<{ message: Message; step: 'send' | 'ask' } | undefined> {
	const fence = crypto.randomUUID();
	const next: { step: ReturnType<typeof nextStep> } = { step: 'send' };
	await vault.commit(
		(state): Changes | undefined => {
			const message = state.get('messages', messageId);
			const rows = state.rows('settings');
			// Who changed the relay meanwhile meant this message, too.
			if (relayPlace(rows) !== traits.place) return undefined;
			const status = statusOf(settingsFrom(rows, 'outbox'), traits.kind);
			if (!message || !isDue(message, now()) || status.pausedFor !== '') return undefined;
			next.step = nextStep(message, traits);
			if (next.step === 'give up') return { put: { messages: [giveUp(message, traits, now())] } };
			const claimed = claim(message, fence, traits, now());
			if (next.step === 'ask') return { put: { messages: [claimed] } };
			const heldFor = lookAgain(state, message);
			if (heldFor !== '') return { put: { messages: [holdBack(message, heldFor, now())] } };
			if (quotaLeft(settingsFrom(rows, 'relay'), status, now()).now === 0) return undefined;
			return { put: { messages: [claimed], settings: [withTry(status, now())] } };
		},
		{ what: 'message claimed', count: 1 },
		{ needs, isStrict: true },
	);
	const message = vault.snapshot.get('messages', messageId);
	if (message?.state !== 'sending' || message.fence !== fence) return undefined;
	return { message, step: next.step === 'ask' ? 'ask' : 'send' };
}
