import { changeByHand, scheduleByHand } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { openDesk, queueMessages, readMessage, readStates } from '../support/outbox-desk.ts';
import { ScriptedRelay } from '../support/scripted-relay.ts';

const dayMs = 86_400_000;

test('what is to leave in ten days leaves in ten days, not sooner, and is not too old by then', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	const at = device.now + 10 * dayMs;
	await queueMessages(tab, 2, (number) =>
		number === 1 ? { scheduledFor: at, dueAt: at } : { dueAt: device.now },
	);

	expect((await deliver(tab.ports)).nextAt).toBe(at);
	expect(await readStates(device)).toEqual({ sent: 1, queued: 1 });
	device.now = at - 1;
	await deliver(tab.ports);
	expect(relay.mails).toEqual(['m2@example.com']);
	device.now = at + dayMs;
	await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ sent: 2 });
});

test('seven days after the time it was to leave it is held', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	const at = device.now + 10 * dayMs;
	await queueMessages(tab, 1, () => ({ scheduledFor: at, dueAt: at }));
	device.now = at + 7 * dayMs + 1;

	await deliver(tab.ports);

	expect(await readMessage(device, 'm1')).toMatchObject({ state: 'held', heldFor: 'too-old' });
});

test('the time can be changed by hand, to later, to sooner and to now', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	const ids = ['m1', 'm2', 'm3'];
	const inTwoDays = device.now + 2 * dayMs;

	expect(await scheduleByHand(tab.vault, ids, inTwoDays, device.now)).toBe(3);
	expect((await deliver(tab.ports)).nextAt).toBe(inTwoDays);
	await scheduleByHand(tab.vault, ['m1'], device.now + 60_000, device.now);
	expect((await deliver(tab.ports)).nextAt).toBe(device.now + 60_000);
	await changeByHand(tab.vault, 'tryNow', ['m2'], device.now);
	await scheduleByHand(tab.vault, ['m3'], device.now - 1, device.now);
	await deliver(tab.ports);

	expect(relay.mails.toSorted()).toEqual(['m2@example.com', 'm3@example.com']);
	expect((await readMessage(device, 'm3')).history.map(({ event }) => event)).toContain(
		'scheduled',
	);
});

test('it can be called back until it leaves', async () => {
	const device = new Device();
	const tab = await openDesk(device, new ScriptedRelay());
	const at = device.now + 3 * dayMs;
	await queueMessages(tab, 1, () => ({ scheduledFor: at, dueAt: at }));
	device.now += 2 * dayMs;

	await changeByHand(tab.vault, 'cancel', ['m1'], device.now);
	device.now = at;
	await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ cancelled: 1 });
});

test('what may have left before is not put off: it is settled first', async () => {
	const device = new Device();
	const tab = await openDesk(device, new ScriptedRelay());
	await queueMessages(tab, 1, () => ({ maybeSentAt: 5 }));
	expect(await scheduleByHand(tab.vault, ['m1'], device.now + dayMs, device.now)).toBe(0);
});
