import { defaultSettings } from '$lib/domain/settings.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	type Desk,
	deliverAll,
	openDesk,
	queueMessages,
	readStates,
	readStatus,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

const midnightAfter = (now: number) => {
	const date = new Date(now);
	return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
};

async function aPracticeWithQuota(messagesPerDay: number, messagesPerMonth = 0): Promise<Desk> {
	const tab = await openDesk(new Device(), new ScriptedRelay());
	await queueMessages(tab, 10);
	await setQuota(tab, messagesPerDay, messagesPerMonth);
	return tab;
}

async function setQuota(tab: Desk, messagesPerDay: number, messagesPerMonth = 0): Promise<void> {
	const relay = {
		...defaultSettings.relay,
		kind: 'portico' as const,
		url: 'http://relay.example',
		messagesPerDay,
		messagesPerMonth,
	};
	await tab.vault.commit(
		() => ({ put: { settings: [relay] } }),
		{ what: 'settings saved', count: 1 },
		{ needs: ['settings'] },
	);
}

test('when the day is used up nothing is claimed until the next, and then it goes on by itself', async () => {
	const tab = await aPracticeWithQuota(4);
	const { device } = tab;

	const { nextAt } = await deliver(tab.ports);
	expect(await readStates(device)).toEqual({ sent: 4, queued: 6 });
	expect(nextAt).toBe(midnightAfter(device.now));
	device.now = midnightAfter(device.now) - 1;
	await deliver(tab.ports);
	expect(await readStates(device)).toEqual({ sent: 4, queued: 6 });
	await deliverAll(tab);

	expect(await readStates(device)).toEqual({ sent: 10 });
	expect(await readStatus(device)).toMatchObject({ triesInDay: 2, triesInMonth: 10 });
});

test('a month that is used up waits for the next month, longer than any timer', async () => {
	const tab = await aPracticeWithQuota(0, 6);
	const { device } = tab;

	const { nextAt } = await deliver(tab.ports);

	expect(nextAt).toBe(new Date(2026, 5, 1).getTime());
	device.now = new Date(2026, 4, 9).getTime();
	await deliver(tab.ports);
	expect(await readStates(device)).toEqual({ sent: 6, queued: 4 });
});

test.each([true, false])('two contexts cannot overrun it (with locks: %s)', async (hasLocks) => {
	const device = new Device();
	device.hasLocks = hasLocks;
	const relay = new ScriptedRelay();
	relay.answer = async () => {
		await new Promise((resolve) => setTimeout(resolve, 1));
		return accepted;
	};
	const tabs = [await openDesk(device, relay), await openDesk(device, relay)] as const;
	await queueMessages(tabs[0], 12);
	await setQuota(tabs[0], 5);

	await Promise.all(tabs.map(({ ports }) => deliver(ports)));

	expect(new Set(relay.requests.map(({ key }) => key)).size).toBeLessThanOrEqual(5);
	expect((await readStatus(device)).triesInDay).toBe(5);
});

test('a throttled attempt counts, and its limit holds as it is', async () => {
	const tab = await aPracticeWithQuota(3);
	const { device } = tab;
	const relay = new ScriptedRelay();
	relay.answer = ({ count }) =>
		count === 1 ? { kind: 'throttled', detail: 'Not so fast.', untilMs: 60_000 } : accepted;
	tab.ports.relayFrom = () => relay.seenBy(tab.context);

	expect((await deliver(tab.ports)).nextAt).toBe(device.now + 60_000);
	device.now += 60_000;
	await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ sent: 2, queued: 8 });
});

test('a count that a clock far ahead has written does not stop the outbox for more than a day', async () => {
	const tab = await aPracticeWithQuota(4);
	const { device } = tab;
	device.now += 900 * 86_400_000;
	await tab.vault.commit(
		(state) => ({
			put: { messages: state.rows('messages').map((row) => ({ ...row, queuedAt: device.now })) },
		}),
		{ what: 'test', count: 1 },
		{ needs: ['messages'] },
	);
	await deliver(tab.ports);
	device.now -= 899 * 86_400_000;

	const { nextAt } = await deliver(tab.ports);
	expect(await readStates(device)).toEqual({ sent: 4, queued: 6 });
	expect(nextAt).toBe(midnightAfter(device.now));
	device.now = midnightAfter(device.now);
	await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ sent: 8, queued: 2 });
});
