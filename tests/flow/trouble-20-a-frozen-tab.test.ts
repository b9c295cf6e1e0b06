import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { addresses, openDesk, queueMessages, readStates } from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

test('a tab that is being frozen hands over to another after the message in hand', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	const frozen = await openDesk(device, relay);
	const other = await openDesk(device, relay);
	await queueMessages(frozen, 12);
	const freeze = new AbortController();
	frozen.ports.stop = freeze.signal;
	relay.answer = ({ count }) => {
		if (count === 4) freeze.abort();
		return accepted;
	};

	const handedOver = deliver(frozen.ports);
	const delivered = deliver(other.ports);

	expect(await handedOver).toEqual({ nextAt: expect.any(Number), isReachable: true });
	expect(await delivered).toEqual({ nextAt: undefined, isReachable: true });
	expect(relay.mails).toEqual(addresses(1, 12));
	expect(await readStates(device)).toEqual({ sent: 12 });
});

test('a frozen tab that comes to the head of the line lets go at once', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const frozen = await openDesk(device, relay);
	const other = await openDesk(device, relay);
	await queueMessages(other, 3);
	frozen.ports.stop = AbortSignal.abort();

	await Promise.all([deliver(frozen.ports), deliver(other.ports)]);

	expect(await readStates(device)).toEqual({ sent: 3 });
	expect(relay.requests).toHaveLength(3);
});

test('where locks fail, a tab that froze with a message in hand cannot keep it: the answer comes late', async () => {
	const device = new Device();
	device.hasLocks = false;
	const relay = new ScriptedRelay();
	const frozen = await openDesk(device, relay);
	const other = await openDesk(device, relay);
	await queueMessages(frozen, 3);
	let thaw: () => void = () => {};
	const inHand = new Promise<void>((resolve) => {
		relay.onTaken = ({ count }) => {
			if (count !== 1) return;
			resolve();
			return new Promise<void>((wake) => (thaw = wake));
		};
	});
	const froze = deliver(frozen.ports);
	await inHand;

	await deliver(other.ports);
	expect(await readStates(device)).toEqual({ sent: 3 });
	thaw();
	await froze;

	expect(relay.mails.toSorted()).toEqual(addresses(1, 3));
	expect(await readStates(device)).toEqual({ sent: 3 });
});
