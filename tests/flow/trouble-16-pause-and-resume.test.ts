import { setPaused } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	addresses,
	deliverAll,
	openDesk,
	queueMessages,
	readStates,
	readStatus,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

test('a paused and resumed run skips nobody and repeats nobody', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	const tab = await openDesk(device, relay);
	const person = await openDesk(device, relay);
	await queueMessages(tab, 40);
	const pausesAt = new Set([1, 8, 15, 16, 31, 40]);
	relay.answer = async ({ count }) => {
		if (pausesAt.has(count)) await setPaused(person.vault, 'Paused by hand.');
		return accepted;
	};

	for (let runs = 0; runs < 10; runs++) {
		const before = relay.requests.length;
		await deliver(tab.ports);
		if (before === 40) expect(relay.requests).toHaveLength(40);
		await setPaused(person.vault, '');
	}

	expect(relay.mails).toEqual(addresses(1, 40));
	expect(await readStates(device)).toEqual({ sent: 40 });
});

test('while it is paused nothing leaves, however often it is woken', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 5);
	await setPaused(tab.vault, 'Paused by hand.');

	for (let wakes = 0; wakes < 5; wakes++) {
		device.now += 3_600_000;
		expect(await deliver(tab.ports)).toEqual({ nextAt: undefined, isReachable: true });
	}

	expect(relay.requests).toEqual([]);
	expect(await readStates(device)).toEqual({ queued: 5 });
	expect((await readStatus(device)).pausedFor).toBe('Paused by hand.');
});

test('a pause between the look and the claim still holds the message back', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	const person = await openDesk(device, relay);
	await queueMessages(tab, 2);
	const seen = relay.seenBy(tab.context);
	tab.ports.relayFrom = () => ({
		...seen,
		reach: async () => {
			await setPaused(person.vault, 'Paused by hand.');
			return true;
		},
	});

	await deliver(tab.ports);

	expect(relay.requests).toEqual([]);
	expect(await readStates(device)).toEqual({ queued: 2 });
});

test('a run that is paused in one tab is resumed from another, and a limit outlives the pause', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	relay.answer = ({ count }) =>
		count === 2 ? { kind: 'throttled', detail: 'Not so fast.', untilMs: 600_000 } : accepted;
	const { nextAt } = await deliver(tab.ports);
	await setPaused(tab.vault, 'Paused by hand.');
	const other = await openDesk(device, relay);
	await setPaused(other.vault, '');

	expect(await deliver(other.ports)).toEqual({ nextAt, isReachable: true });
	expect(relay.requests).toHaveLength(2);
	await deliverAll(other);

	expect(await readStates(device)).toEqual({ sent: 3 });
});
