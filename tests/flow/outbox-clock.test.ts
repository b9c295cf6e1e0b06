import { defaultSettings } from '$lib/domain/settings.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { changeByHand } from '$lib/outbox/by-hand.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	deliverAll,
	openDesk,
	queueMessages,
	readMessage,
	readMessages,
	readStates,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

const dayMs = 86_400_000;

test('what waited longer than seven days is held for a person, who may still send it', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.isReachable = false;
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 2);
	await deliver(tab.ports);
	device.now += 7 * dayMs + 1;
	relay.isReachable = true;

	await deliverAll(tab);

	expect(relay.requests).toEqual([]);
	expect(await readMessages(device)).toMatchObject([
		{ state: 'held', heldFor: 'too-old' },
		{ state: 'held', heldFor: 'too-old' },
	]);
	await changeByHand(tab.vault, 'release', ['m1'], device.now);
	await deliverAll(tab);
	expect(await readStates(device)).toEqual({ sent: 1, held: 1 });
});

test('nothing leaves before its undo window is over', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	const dueAt = device.now + 10_000;
	await queueMessages(tab, 2, () => ({ dueAt }));

	expect(await deliver(tab.ports)).toEqual({ nextAt: dueAt, isReachable: true });
	device.now = dueAt - 1;
	await deliver(tab.ports);
	expect(relay.requests).toEqual([]);
	device.now = dueAt;
	await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ sent: 2 });
});

test('a clock that jumps back in mid-run neither stalls the run nor sends twice', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 30, () => ({ dueAt: 0 }));
	relay.answer = ({ count }) => {
		if (count === 7) device.now -= 3_600_000;
		if (count === 20) device.now -= 40 * dayMs;
		return accepted;
	};

	await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ sent: 30 });
	expect(relay.requests).toHaveLength(30);
});

test('a limit that a clock far ahead has written is not waited for once the clock is right again', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3, () => ({ dueAt: 0 }));
	const right = device.now;
	device.now += 3 * dayMs;
	relay.answer = ({ count }) =>
		count === 2 ? { kind: 'throttled', detail: 'Not so fast.', untilMs: 60_000 } : accepted;
	await deliver(tab.ports);
	device.now = right;

	await deliver(tab.ports);

	expect((await readMessage(device, 'm1')).state).toBe('sent');
	expect((await readMessage(device, 'm3')).state).toBe('sent');
});

test('a message whose time a clock far ahead has written does not wait for years', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1, () => ({
		queuedAt: device.now + 1000 * dayMs,
		dueAt: device.now + 1000 * dayMs + 10_000,
	}));

	await deliver(tab.ports);

	expect(relay.mails).toEqual(['m1@example.com']);
});

test('the pace is kept across contexts and survives a clock that jumps back', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const one = await openDesk(device, relay);
	const other = await openDesk(device, relay);
	await queueMessages(one, 10, () => ({ dueAt: 0 }));
	const sentAt: number[] = [];
	relay.answer = () => {
		sentAt.push(device.now);
		if (sentAt.length === 5) device.now -= 10 * dayMs;
		return accepted;
	};

	await Promise.all([deliver(one.ports), deliver(other.ports)]);

	const gaps = sentAt.slice(1).map((at, i) => at - (sentAt[i] ?? 0));
	const gapMs = 1_000 / defaultSettings.relay.messagesPerSecond;
	expect(gaps.filter((gap) => gap > 0).every((gap) => gap >= gapMs && gap < 1_000)).toBe(true);
	expect(gaps.filter((gap) => gap <= 0)).toHaveLength(1);
	expect(sentAt).toHaveLength(10);
});
