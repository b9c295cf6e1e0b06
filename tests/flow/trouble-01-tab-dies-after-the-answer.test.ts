import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	deliverAll,
	later,
	openDesk,
	queueMessages,
	readMessage,
	readStates,
} from '../support/outbox-desk.ts';
import { ScriptedRelay } from '../support/scripted-relay.ts';

/** Three messages; the tab dies as the relay has taken the second and says so. */
async function dieAfterTheSecondAnswer(relay: ScriptedRelay): Promise<Device> {
	const device = new Device();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	const death = later<undefined>();
	relay.onTaken = ({ count }) => {
		if (count !== 2) return;
		tab.die();
		death.resolve(undefined);
	};
	void deliver(tab.ports);
	await death.promise;
	return device;
}

test('on restart the row is settled by asking the relay', async () => {
	const relay = new ScriptedRelay();
	const device = await dieAfterTheSecondAnswer(relay);
	expect((await readMessage(device, 'm2')).state).toBe('sending');

	await deliverAll(await openDesk(device, relay));

	expect(await readStates(device)).toEqual({ sent: 3 });
	expect(relay.asked).toBe(1);
	expect(relay.requests.map(({ address }) => address).sort()).toEqual([
		'm1@example.com',
		'm2@example.com',
		'm3@example.com',
	]);
	const { history } = await readMessage(device, 'm2');
	expect(history.map(({ event }) => event)).toEqual(['claimed', 'orphan', 'claimed', 'accepted']);
});

test('it is not taken for sent when the relay never saw it: then it is sent, under the same key', async () => {
	const relay = new ScriptedRelay();
	const device = new Device();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	const death = later<undefined>();
	relay.answer = () => {
		tab.die();
		death.resolve(undefined);
		return { kind: 'unknown', detail: 'The connection broke.' };
	};
	void deliver(tab.ports);
	await death.promise;
	relay.answer = () => ({ kind: 'accepted', detail: '' });

	await deliverAll(await openDesk(device, relay));

	expect(relay.mails).toEqual(['m1@example.com']);
	expect(new Set(relay.requests.map(({ key }) => key)).size).toBe(1);
	expect((await readMessage(device, 'm1')).state).toBe('sent');
});

test('on a relay without keys it is unconfirmed, and never silently sent again', async () => {
	const relay = new ScriptedRelay(false);
	const device = await dieAfterTheSecondAnswer(relay);

	const tab = await openDesk(device, relay);
	await deliverAll(tab);
	device.now += 3 * 86_400_000;
	await deliverAll(tab);

	expect(await readStates(device)).toEqual({ sent: 2, unconfirmed: 1 });
	expect(relay.mails.filter((address) => address === 'm2@example.com')).toHaveLength(1);
	const message = await readMessage(device, 'm2');
	expect(message.state).toBe('unconfirmed');
	expect(message.maybeSentAt).toBeGreaterThan(0);
	expect(message.reason).toBe('Portico was closed before the relay answered.');
});

test('a relay that was interrupted itself leaves it unconfirmed', async () => {
	const relay = new ScriptedRelay();
	const device = await dieAfterTheSecondAnswer(relay);
	relay.word = () => 'in-doubt';

	await deliverAll(await openDesk(device, relay));

	expect(await readStates(device)).toEqual({ sent: 2, unconfirmed: 1 });
	expect(relay.requests).toHaveLength(3);
});

test('a relay that cannot say is asked again later, and nothing is sent until it can', async () => {
	const relay = new ScriptedRelay();
	const device = await dieAfterTheSecondAnswer(relay);
	let silences = 3;
	relay.word = () => (silences-- > 0 ? 'no-answer' : undefined);

	await deliverAll(await openDesk(device, relay));

	expect(await readStates(device)).toEqual({ sent: 3 });
	expect(relay.asked).toBe(4);
	expect(relay.requests).toHaveLength(3);
});

test('when the relay may have forgotten the key, a person decides', async () => {
	const relay = new ScriptedRelay();
	const device = await dieAfterTheSecondAnswer(relay);
	const tab = await openDesk(device, relay);
	relay.word = () => 'no-answer';
	await deliver(tab.ports);
	device.now += 6 * 86_400_000;
	relay.word = () => 'never-seen';
	tab.ports.relayFrom = () => ({ ...relay.seenBy(tab.context), keyMemoryMs: 5 * 86_400_000 });

	await deliverAll(tab);

	expect((await readMessage(device, 'm2')).state).toBe('unconfirmed');
	expect(relay.mails.filter((address) => address === 'm2@example.com')).toHaveLength(1);
});

test('an orphan that is found only after the relay has forgotten its key is for a person', async () => {
	const relay = new ScriptedRelay();
	const device = await dieAfterTheSecondAnswer(relay);
	device.now += 6 * 86_400_000;
	relay.word = () => 'never-seen';
	const tab = await openDesk(device, relay);
	tab.ports.relayFrom = () => ({ ...relay.seenBy(tab.context), keyMemoryMs: 5 * 86_400_000 });

	await deliverAll(tab);

	expect((await readMessage(device, 'm2')).state).toBe('unconfirmed');
	expect(relay.mails.filter((address) => address === 'm2@example.com')).toHaveLength(1);
});
