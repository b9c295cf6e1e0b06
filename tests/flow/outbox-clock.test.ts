import { limitEndsAt } from '$lib/domain/hindrance.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { changeByHand, scheduleByHand } from '$lib/outbox/by-hand.ts';
import { describe, expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	deliverAll,
	openDesk,
	queueMessages,
	readMessage,
	readMessages,
	readStates,
	readStatus,
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

test('a limit that a clock days ahead has learnt is waited for no longer than it was to last', async () => {
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

	expect(await deliver(tab.ports)).toEqual({ nextAt: right + 60_000, isReachable: true });
	device.now = right + 60_000;
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

describe('once a clock that was hours ahead is right again', () => {
	const hourMs = 3_600_000;
	const queued = (at: number) => ({ at, event: 'queued', detail: '' }) as const;

	test('a limit and a backoff last as long as they were to last, and no longer', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		const right = device.now;
		await queueMessages(tab, 3, () => ({ dueAt: 0, history: [queued(right)] }));
		device.now += 20 * hourMs;
		relay.answer = ({ count }) =>
			count === 1
				? { kind: 'unreachable', detail: 'The relay is away.' }
				: { kind: 'throttled', detail: 'Not so fast.', untilMs: 600_000 };
		await deliver(tab.ports);
		expect(relay.requests).toHaveLength(2);
		device.now = right + 1_000;
		relay.answer = () => accepted;

		const { nextAt } = await deliver(tab.ports);

		expect(nextAt).toBe(device.now + 600_000);
		expect(relay.mails).toEqual([]);
		const { relay: settings, outbox } = defaultSettings;
		const chosen = { ...settings, kind: 'portico', url: 'http://relay.example' } as const;
		const status = { ...outbox, ...(await readStatus(device)) };
		expect(limitEndsAt(status, chosen, device.now)).toBe(nextAt);
		device.now += 600_000;
		await deliver(tab.ports);
		expect(await readStates(device)).toEqual({ sent: 3 });
	});

	test('one that was hurried does not wait for that hour to come again', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		relay.isReachable = false;
		const tab = await openDesk(device, relay);
		const right = device.now;
		await queueMessages(tab, 1, () => ({ dueAt: right + 60_000, history: [queued(right)] }));
		device.now += 20 * hourMs;
		await changeByHand(tab.vault, 'tryNow', ['m1'], device.now);
		await deliver(tab.ports);
		device.now = right + 1_000;
		relay.isReachable = true;

		await deliver(tab.ports);

		expect(relay.mails).toEqual(['m1@example.com']);
	});

	test('the undo window is as long as it was said to be', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		const right = device.now;
		const ahead = right + 20 * hourMs;
		await queueMessages(tab, 1, () => ({
			queuedAt: ahead,
			dueAt: ahead + 10_000,
			history: [queued(ahead)],
		}));

		expect(await deliver(tab.ports)).toEqual({ nextAt: right + 10_000, isReachable: true });
		device.now = right + 9_999;
		await deliver(tab.ports);
		expect(relay.requests).toEqual([]);
		device.now = right + 10_000;
		await deliver(tab.ports);

		expect(relay.mails).toEqual(['m1@example.com']);
	});

	test('a time that a person chose stays the one that she chose', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		const right = device.now;
		await queueMessages(tab, 1, () => ({ dueAt: 0, history: [queued(right)] }));
		device.now += 20 * hourMs;
		const chosen = right + 30 * hourMs;
		await scheduleByHand(tab.vault, ['m1'], chosen, device.now);
		device.now = right;

		expect(await deliver(tab.ports)).toEqual({ nextAt: chosen, isReachable: true });
		expect((await readMessage(device, 'm1')).dueAt).toBe(chosen);
		device.now = chosen;
		await deliver(tab.ports);

		expect(relay.mails).toEqual(['m1@example.com']);
	});

	test('a clock set right by a little changes nothing', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		const dueAt = device.now + 10_000;
		await queueMessages(tab, 1, () => ({ dueAt, history: [queued(device.now)] }));
		device.now -= 30_000;
		const { revision } = tab.vault.snapshot;

		expect(await deliver(tab.ports)).toEqual({ nextAt: dueAt, isReachable: true });
		expect(tab.vault.snapshot.revision).toBe(revision);
	});
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
