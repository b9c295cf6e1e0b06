import { expect, test } from 'vitest';
import { batchesOf, summariseBatch } from '../../src/lib/domain/batch-summary.ts';
import { handOver, sendAgain } from '../../src/lib/domain/by-hand.ts';
import { claim, type RelayTraits } from '../../src/lib/domain/delivery.ts';
import { settle } from '../../src/lib/domain/settle.ts';
import type { Message } from '../../src/lib/domain/message.ts';
import { relayPlace } from '../../src/lib/domain/relay-place.ts';
import { defaultSettings, type SettingsRow } from '../../src/lib/domain/settings.ts';
import { aLetter, aMessage } from '../support/messages.ts';

const relay: RelayTraits = {
	kind: 'emailjs',
	place: 'emailjs x',
	dropsRepeats: false,
	canBeAsked: false,
	keyMemoryMs: 0,
};

function tried(message: Message, now: number): Message {
	const outcome = { kind: 'unreachable', detail: 'Offline.' } as const;
	return settle(claim(message, 'f', relay, now), outcome, relay, now + 1, () => 0.5);
}

test('what happened names the kind of relay that it happened with', () => {
	const { history } = tried(aMessage({ id: 'm' }), 5);
	expect(history).toEqual([
		{ at: 5, event: 'claimed', detail: '', relay: 'emailjs' },
		{ at: 6, event: 'unreachable', detail: 'Offline.', relay: 'emailjs' },
	]);
});

test('a long history keeps how it began and how it ended, and says how much is left out between', () => {
	let message = aMessage({ id: 'm', history: [{ at: 0, event: 'queued', detail: '' }] });
	for (let i = 1; i <= 100; i++) message = tried(message, i * 10);

	const { history } = message;
	expect(history).toHaveLength(50);
	expect(history[0]?.event).toBe('queued');
	expect(history[1]).toMatchObject({ at: 10, event: 'claimed' });
	expect(history.at(-1)).toMatchObject({ at: 1001, event: 'unreachable' });
	const left = history.filter(({ event }) => event === 'not-shown');
	expect(left).toHaveLength(1);
	expect(49 + (left[0]?.count ?? 0)).toBe(201);
});

test('a batch is summed up by what became of each, and stays one after a message is sent again', () => {
	const queued = { at: 7, event: 'queued', detail: '' } as const;
	const of = (id: string, about: Partial<Message>) =>
		aMessage({ id, queuedAt: 7, history: [queued], ...about });
	const refused = { state: 'failed', reason: 'No such inbox.' } as const;
	const again = sendAgain(of('e', refused), 99);
	const byHand = handOver(of('f', {}), 'letter', 'Dana Reyes', 50);
	if (!again || !byHand) throw new Error('They may be');
	const messages = [
		of('a', { state: 'sent' }),
		of('b', refused),
		of('c', { ...refused, reason: 'Full.' }),
		of('d', refused),
		again,
		byHand,
		of('g', { state: 'held', heldFor: 'joined' }),
		of('h', { state: 'unconfirmed', reason: 'Lost.', maybeSentAt: 8 }),
		of('i', { state: 'cancelled' }),
	];
	const other = aMessage({ id: 'z', queuedAt: 3, history: [{ ...queued, at: 3 }] });

	const batches = batchesOf([other, ...messages]);
	expect(batches.map(({ at, messages }) => [at, messages.length])).toEqual([
		[7, 9],
		[3, 1],
	]);
	const [batch] = batches;
	if (!batch) throw new Error('No batch');
	expect(summariseBatch(batch, [{ ...aLetter, createdAt: 7, skipped: 2 }])).toEqual({
		at: 7,
		total: 9,
		sent: 1,
		handedOver: 1,
		waiting: 1,
		cancelled: 1,
		refused: [
			{ reason: 'No such inbox.', count: 2 },
			{ reason: 'Full.', count: 1 },
		],
		unconfirmed: [{ reason: 'Lost.', count: 1 }],
		held: [{ reason: 'joined', count: 1 }],
		skipped: 2,
		relays: ['by-hand'],
	});
});

test('a relay is known by its kind and where it is, not by its token', () => {
	const rows = (about: Partial<typeof defaultSettings.relay>): SettingsRow[] => [
		{ ...defaultSettings.relay, kind: 'portico', url: 'https://one.example', ...about } as never,
	];
	const place = relayPlace(rows({}));
	expect(place).toMatch(/^portico \w+$/);
	expect(place).not.toContain('one.example');
	expect(relayPlace(rows({ token: 'new' }))).toBe(place);
	expect(relayPlace(rows({ url: 'https://one.example/' }))).toBe(place);
	expect(relayPlace(rows({ url: 'https://two.example' }))).not.toBe(place);
	expect(relayPlace([])).toBe('');
	expect(relayPlace(rows({ kind: 'by-hand' } as never))).toBe('by-hand');
});
