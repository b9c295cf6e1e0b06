import { settleLate } from '$lib/domain/settle.ts';
import { changeByHand } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { aMessage } from '../support/messages.ts';
import {
	deliverAll,
	later,
	openDesk,
	queueMessages,
	readMessage,
	readStates,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';
import type { Outcome } from '$lib/domain/outcome.ts';

/** Two contexts where locks fail: one waits for the relay's answer while the other settles its message. */
async function answerLate(hasKeys: boolean) {
	const device = new Device();
	device.hasLocks = false;
	const relay = new ScriptedRelay(hasKeys);
	const slow = await openDesk(device, relay);
	const other = await openDesk(device, relay);
	await queueMessages(slow, 1);
	const asked = later<undefined>();
	const answer = later<Outcome>();
	relay.answer = ({ count }) => {
		if (count > 1) return accepted;
		asked.resolve(undefined);
		return answer.promise;
	};
	const delivered = deliver(slow.ports);
	await asked.promise;
	return { device, relay, slow, other, answer, delivered };
}

test('a late yes turns unconfirmed into sent', async () => {
	const { device, other, answer, delivered } = await answerLate(false);
	await deliver(other.ports);
	expect((await readMessage(device, 'm1')).state).toBe('unconfirmed');

	answer.resolve(accepted);
	await delivered;

	const message = await readMessage(device, 'm1');
	expect(message).toMatchObject({ state: 'sent', reason: '' });
	expect(message.history.at(-1)).toMatchObject({
		event: 'accepted',
		detail: 'Late: The relay took the message.',
	});
});

test('a late no changes nothing: it goes to the history', async () => {
	const { device, other, answer, delivered } = await answerLate(false);
	await deliver(other.ports);

	answer.resolve({ kind: 'refused', detail: 'No such inbox.' });
	await delivered;

	const message = await readMessage(device, 'm1');
	expect(message.state).toBe('unconfirmed');
	expect(message.history.at(-1)).toMatchObject({
		event: 'refused',
		detail: 'Late: No such inbox.',
	});
});

test('a late answer does not touch what a person has decided meanwhile', async () => {
	const { device, other, answer, delivered } = await answerLate(false);
	await deliver(other.ports);
	await changeByHand(other.vault, 'cancel', ['m1'], device.now);

	answer.resolve(accepted);
	await delivered;

	const message = await readMessage(device, 'm1');
	expect(message.state).toBe('cancelled');
	expect(message.reason).toBe('Cancelled. It may have arrived all the same.');
	expect(message.history.at(-1)?.event).toBe('accepted');
});

test('a late answer of an earlier claim does not settle a later one', async () => {
	const { device, relay, other, answer, delivered } = await answerLate(true);
	await deliver(other.ports);
	expect(await readStates(device)).toEqual({ sent: 1 });

	answer.resolve({ kind: 'throttled', detail: 'Not so fast.', untilMs: 60_000 });
	await delivered;

	expect(await readStates(device)).toEqual({ sent: 1 });
	expect(relay.mails).toEqual(['m1@example.com']);
});

test('only a yes to an unconfirmed message is news, whatever the state and the answer', () => {
	const outcomes: Outcome[] = [
		accepted,
		{ kind: 'refused', detail: '' },
		{ kind: 'relay-refused', detail: '' },
		{ kind: 'throttled', detail: '', untilMs: 1 },
		{ kind: 'unreachable', detail: '' },
		{ kind: 'unknown', detail: '' },
	];
	const states = [
		'queued',
		'sending',
		'sent',
		'failed',
		'held',
		'cancelled',
		'unconfirmed',
	] as const;
	for (const state of states)
		for (const outcome of outcomes) {
			const isNews = state === 'unconfirmed' && outcome.kind === 'accepted';
			const after = settleLate(aMessage({ id: 'm', state }), outcome, 9);
			expect(after.state).toBe(isNews ? 'sent' : state);
			expect(after.history).toHaveLength(1);
		}
});

test('refused after maybe sent is not failed: the relay may have taken the first one', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.answer = ({ count }) =>
		count === 1
			? { kind: 'unknown', detail: 'The connection broke.' }
			: { kind: 'refused', detail: 'Too old.' };
	// It cannot say what became of the key when it is asked after the refusal.
	let asked = 0;
	relay.word = () => (asked++ === 0 ? 'never-seen' : 'no-answer');
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);

	await deliverAll(tab);

	expect(await readMessage(device, 'm1')).toMatchObject({
		state: 'unconfirmed',
		reason: 'Too old.',
	});
});

test('refused after maybe sent is failed when the relay itself says that it refused that key', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.answer = ({ count }) =>
		count === 1
			? { kind: 'unknown', detail: 'The connection broke.' }
			: { kind: 'refused', detail: 'No such inbox.' };
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);

	await deliverAll(tab);

	expect(await readMessage(device, 'm1')).toMatchObject({
		state: 'failed',
		reason: 'No such inbox.',
	});
});
