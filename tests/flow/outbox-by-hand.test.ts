import { changeByHand, holdAll } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	deliverAll,
	openDesk,
	queueMessages,
	readMessage,
	readStates,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

test('a message on its way can no longer be called back, and says what became of it', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	let cancelled: number | undefined;
	relay.answer = async () => {
		cancelled = await changeByHand(tab.vault, 'cancel', ['m1'], device.now);
		return accepted;
	};

	await deliver(tab.ports);

	expect(cancelled).toBe(0);
	expect((await readMessage(device, 'm1')).state).toBe('sent');
});

test('what is cancelled before it leaves never leaves', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	relay.answer = async ({ count }) => {
		if (count === 1) await changeByHand(tab.vault, 'cancel', ['m2'], device.now);
		return accepted;
	};

	await deliver(tab.ports);

	expect(relay.mails).toEqual(['m1@example.com', 'm3@example.com']);
	expect(await readStates(device)).toEqual({ sent: 2, cancelled: 1 });
});

test('cancelling one that may have left does not say that it never did', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.answer = () => ({ kind: 'unknown', detail: 'The connection broke.' });
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	await deliver(tab.ports);

	await changeByHand(tab.vault, 'cancel', ['m1'], device.now);

	expect(await readMessage(device, 'm1')).toMatchObject({
		state: 'unconfirmed',
		reason: 'Cancelled, but an earlier attempt may have arrived.',
	});
});

test('one that was refused can be put away, and keeps the reason', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.answer = () => ({ kind: 'refused', detail: 'No such inbox.' });
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	await deliver(tab.ports);

	expect(await changeByHand(tab.vault, 'cancel', ['m1'], device.now)).toBe(1);

	expect(await readMessage(device, 'm1')).toMatchObject({
		state: 'cancelled',
		reason: 'The relay had refused it: No such inbox.',
	});
});

test('sending again by hand is a new key, so that the relay does not repeat its old answer', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.answer = ({ count }) =>
		count === 1 ? { kind: 'refused', detail: 'The inbox is full.' } : accepted;
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	await deliverAll(tab);

	await changeByHand(tab.vault, 'sendAgain', ['m1'], device.now);
	await deliverAll(tab);

	expect(await readStates(device)).toEqual({ sent: 1 });
	expect(new Set(relay.requests.map(({ key }) => key)).size).toBe(2);
});

test('"It arrived" settles an unconfirmed message, and nothing is sent', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	relay.answer = () => ({ kind: 'unknown', detail: 'The connection broke.' });
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	await deliver(tab.ports);

	await changeByHand(tab.vault, 'confirmArrived', ['m1'], device.now);
	await deliverAll(tab);

	expect(await readStates(device)).toEqual({ sent: 1 });
	expect(relay.requests).toHaveLength(1);
});

test('what is held after a restore waits for a person, who sends or cancels it', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	await holdAll(tab.vault, device.now);
	await deliverAll(tab);
	expect(relay.requests).toEqual([]);
	expect(await readStates(device)).toEqual({ held: 3 });

	await changeByHand(tab.vault, 'release', ['m1', 'm2'], device.now);
	await changeByHand(tab.vault, 'cancel', ['m3'], device.now);
	await deliverAll(tab);

	expect(relay.mails).toEqual(['m1@example.com', 'm2@example.com']);
	expect(await readStates(device)).toEqual({ sent: 2, cancelled: 1 });
});

test('hurrying a message skips its own backoff', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	let drops = 1;
	relay.answer = () => (drops-- > 0 ? { kind: 'unreachable', detail: 'Offline.' } : accepted);
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	await deliver(tab.ports);
	expect((await readMessage(device, 'm1')).dueAt).toBeGreaterThan(device.now);

	await changeByHand(tab.vault, 'tryNow', ['m1'], device.now);
	await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ sent: 1 });
});
