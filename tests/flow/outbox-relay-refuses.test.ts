import { setPaused } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	addresses,
	deliverAll,
	openDesk,
	queueMessages,
	readMessages,
	readStates,
	readStatus,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

test('a relay that refuses everything pauses the outbox with one notice and loses nothing', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	relay.answer = ({ count }) =>
		count > 4 ? { kind: 'relay-refused', detail: 'The relay does not know this token.' } : accepted;
	const tab = await openDesk(device, relay);
	const other = await openDesk(device, relay);
	await queueMessages(tab, 20);

	await Promise.all([deliver(tab.ports), deliver(other.ports)]);
	device.now += 86_400_000;
	await deliver(tab.ports);

	expect(relay.requests).toHaveLength(5);
	expect(await readStates(device)).toEqual({ sent: 4, queued: 16 });
	expect((await readStatus(device)).pausedFor).toBe('The relay does not know this token.');
	const refused = (await readMessages(device)).filter(({ history }) =>
		history.some(({ event }) => event === 'relay-refused'),
	);
	expect(refused).toMatchObject([{ id: 'm5', state: 'queued', maybeSentAt: 0 }]);
});

test('once a person has mended it, all that waited leaves, each once', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	relay.answer = () => ({ kind: 'relay-refused', detail: 'Quota used up.' });
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 20);
	await deliver(tab.ports);
	relay.answer = () => accepted;

	await setPaused(tab.vault, '');
	await deliverAll(tab);

	expect(relay.mails).toEqual(addresses(1, 20));
	expect(await readStates(device)).toEqual({ sent: 20 });
});

test('a relay that cannot be reached costs no attempt and asks to come back later', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.isReachable = false;
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 2);

	const { nextAt, isReachable } = await deliver(tab.ports);

	expect(isReachable).toBe(false);
	expect(nextAt).toBeGreaterThan(device.now);
	expect(relay.requests).toEqual([]);
	expect(await readMessages(device)).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
});

test('a refused message never blocks the next', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.answer = ({ count }) =>
		count % 2 === 1 ? { kind: 'refused', detail: 'No such inbox.' } : accepted;
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 20);

	await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ sent: 10, failed: 10 });
	expect((await readStatus(device)).pausedFor).toBe('');
});

test('no relay set up: everything waits, nothing is lost', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	tab.ports.relayFrom = () => undefined;

	expect(await deliver(tab.ports)).toEqual({ nextAt: undefined, isReachable: true });

	expect(await readStates(device)).toEqual({ queued: 3 });
});
