import { deliver } from '$lib/outbox/deliver.ts';
import { describe, expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	deliverAll,
	openDesk,
	queueMessages,
	readMessage,
	readStates,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

describe('one unexpected error in one message never ends the batch', () => {
	test('a relay that throws: without keys the message is unconfirmed, all others leave at once', async () => {
		const device = new Device();
		const relay = new ScriptedRelay(false);
		relay.answer = ({ address }) => {
			if (address === 'm2@example.com') throw new Error('a fault in the relay');
			return accepted;
		};
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 6);

		await deliver(tab.ports);

		expect(await readStates(device)).toEqual({ sent: 5, unconfirmed: 1 });
		expect((await readMessage(device, 'm2')).reason).toBe(
			'Something unexpected happened while sending.',
		);
	});

	test('a relay that throws once: with keys the message is asked about and sent later', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		let faults = 1;
		relay.answer = ({ address }) => {
			if (address === 'm2@example.com' && faults-- > 0) throw new TypeError('a fault');
			return accepted;
		};
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 6);

		await deliver(tab.ports);
		expect(await readStates(device)).toEqual({ sent: 5, queued: 1 });
		await deliverAll(tab);

		expect(await readStates(device)).toEqual({ sent: 6 });
		expect(relay.mails.toSorted()).toHaveLength(6);
	});

	test('a relay that throws when it is asked has given no answer', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 3, (number) => (number === 1 ? { maybeSentAt: device.now } : {}));
		let faults = 1;
		relay.word = () => {
			if (faults-- > 0) throw new Error('a fault');
			return undefined;
		};

		await deliver(tab.ports);
		expect(await readStates(device)).toEqual({ sent: 2, queued: 1 });
		await deliverAll(tab);

		expect(await readStates(device)).toEqual({ sent: 3 });
	});

	test('a letter that is missing: the message is refused in words, and never left', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 3, (number) => (number === 2 ? { letterId: 'gone' } : {}));

		await deliver(tab.ports);

		expect(await readStates(device)).toEqual({ sent: 2, failed: 1 });
		expect((await readMessage(device, 'm2')).reason).toBe('The text of this message is missing.');
		expect(relay.requests).toHaveLength(2);
	});

	test('a message whose text cannot be put together is refused, and never left', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		const damaged = null as unknown as string[];
		await queueMessages(tab, 3, (number) => (number === 2 ? { fields: damaged } : {}));

		await deliver(tab.ports);

		expect(await readStates(device)).toEqual({ sent: 2, failed: 1 });
		expect(relay.requests).toHaveLength(2);
	});
});

test('when everything fails unexpectedly the outbox pauses and says so, and loses nothing', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.answer = () => {
		throw new Error('a fault');
	};
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 9);

	expect((await deliverAll(tab)).nextAt).toBeUndefined();

	expect(relay.requests).toHaveLength(5);
	expect(await readStates(device)).toEqual({ queued: 9 });
	const status = tab.vault.snapshot.rows('settings').find(({ id }) => id === 'outbox');
	expect(status).toMatchObject({
		pausedFor: 'The relay failed 5 times in a row: Something unexpected happened while sending.',
	});
});
