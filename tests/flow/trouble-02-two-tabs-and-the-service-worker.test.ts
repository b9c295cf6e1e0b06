import { deliver } from '$lib/outbox/deliver.ts';
import { describe, expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { addresses, openDesk, queueMessages, readStates } from '../support/outbox-desk.ts';
import { ScriptedRelay } from '../support/scripted-relay.ts';

describe.each([
	['under a Web Lock', true],
	['where locks fail, by the claim alone', false],
])('two tabs and the service worker come online together, %s', (_, hasLocks) => {
	test.each([
		['with', true],
		['without', false],
	])('exactly one POST a recipient, on a relay %s keys', async (_, hasKeys) => {
		const device = new Device();
		device.hasLocks = hasLocks;
		const relay = new ScriptedRelay(hasKeys);
		// Each request takes its time, so that the others come between.
		relay.answer = async () => {
			await new Promise((resolve) => setTimeout(resolve, 1));
			return { kind: 'accepted', detail: '' };
		};
		const contexts = [
			await openDesk(device, relay),
			await openDesk(device, relay),
			await openDesk(device, relay),
		];
		const [first] = contexts;
		if (!first) throw new Error('No context');
		await queueMessages(first, 20);

		await Promise.all(contexts.map(({ ports }) => deliver(ports)));
		await deliver(first.ports);

		expect(relay.mails.toSorted()).toEqual(addresses(1, 20).toSorted());
		if (hasLocks) {
			expect(relay.requests).toHaveLength(20);
			expect(await readStates(device)).toEqual({ sent: 20 });
		}
	});
});
