import type { Outcome } from '$lib/domain/outcome.ts';
import { summarise } from '$lib/outbox/outbox-list.ts';
import { endInWords, truthInWords } from '$lib/outbox/outbox-words.ts';
import { runFrom } from '$lib/outbox/outbox-list.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { deliverAll, openDesk, queueMessages, readMessages } from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

const answers: Record<string, Outcome> = {
	'm3@example.com': { kind: 'refused', detail: 'No such inbox.' },
	'm7@example.com': { kind: 'refused', detail: 'The inbox is full for good.' },
	'm9@example.com': { kind: 'unknown', detail: 'The connection broke before the relay answered.' },
};

test('10 sent, 2 refused each with its reason, 1 unconfirmed', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	relay.answer = ({ address }) => answers[address] ?? accepted;
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 13);

	await deliverAll(tab);

	const messages = await readMessages(device);
	expect(endInWords(runFrom(messages, 0))).toBe('10 sent, 2 refused, 1 unconfirmed');
	expect(truthInWords(summarise(messages, device.now), 'none')).toBe('10 sent, 3 need you');
	const reasons = messages
		.filter(({ state }) => state !== 'sent')
		.map(({ id, state, reason }) => ({ id, state, reason }));
	expect(reasons).toEqual([
		{ id: 'm3', state: 'failed', reason: 'No such inbox.' },
		{ id: 'm7', state: 'failed', reason: 'The inbox is full for good.' },
		{ id: 'm9', state: 'unconfirmed', reason: 'The connection broke before the relay answered.' },
	]);
	expect(relay.requests).toHaveLength(13);
});

test('a relay with keys turns the dropped one into one mail', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	let drops = 1;
	relay.answer = ({ address }) => {
		const isDropped = address === 'm9@example.com' && drops-- > 0;
		return isDropped ? { kind: 'unknown', detail: 'The connection broke.' } : accepted;
	};
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 13);

	await deliverAll(tab);

	expect((await readMessages(device)).every(({ state }) => state === 'sent')).toBe(true);
	expect(relay.mails).toHaveLength(13);
});
