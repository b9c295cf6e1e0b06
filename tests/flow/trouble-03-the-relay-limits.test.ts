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

const limit = 'The relay takes 25 messages an hour.';
const hourMs = 3_600_000;

/** Takes 25 an hour; then says how long to wait. */
function limitedRelay(device: Device): ScriptedRelay {
	const relay = new ScriptedRelay(false);
	let taken = 0;
	let since = device.now;
	relay.answer = () => {
		if (device.now - since >= hourMs) {
			since = device.now;
			taken = 0;
		}
		if (taken === 25)
			return { kind: 'throttled', detail: limit, untilMs: since + hourMs - device.now };
		taken++;
		return accepted;
	};
	return relay;
}

test('60 recipients, a limit after 25: the rest wait, and the reason shown is the limit', async () => {
	const device = new Device();
	const startedAt = device.now;
	const relay = limitedRelay(device);
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 60);

	const { nextAt } = await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ sent: 25, queued: 35 });
	expect(nextAt).toBe(startedAt + hourMs);
	expect(await readStatus(device)).toMatchObject({
		resumeAt: startedAt + hourMs,
		waitingFor: limit,
		pausedFor: '',
	});
	const tried = (await readMessages(device)).filter(
		({ attempts, state }) => attempts && state === 'queued',
	);
	expect(tried).toMatchObject([{ reason: limit, dueAt: startedAt + hourMs, maybeSentAt: 0 }]);
});

test('the rest finish by themselves, each once, with one refused request a limit', async () => {
	const device = new Device();
	const relay = limitedRelay(device);
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 60);

	await deliverAll(tab);

	expect(await readStates(device)).toEqual({ sent: 60 });
	expect(relay.mails.toSorted()).toEqual(addresses(1, 60).toSorted());
	expect(relay.requests).toHaveLength(62);
});

test('reconnecting, hurrying a message or another tab does not erase the limit', async () => {
	const device = new Device();
	const relay = limitedRelay(device);
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 30);
	await deliver(tab.ports);
	device.now += hourMs / 2;

	await deliver((await openDesk(device, relay)).ports);

	expect(relay.requests).toHaveLength(26);
});
