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
} from '../support/outbox-desk.ts';
import { ScriptedRelay } from '../support/scripted-relay.ts';

test.each([true, false])(
	'a disk that is full at whichever write of a run: nothing leaves that was not claimed on disk, and with room all left once (a relay that drops repeats: %s)',
	async (hasKeys) => {
		let refusals = 0;
		for (let writes = 0; ; writes++) {
			const device = new Device();
			const relay = new ScriptedRelay(hasKeys);
			const desk = await openDesk(device, relay);
			await queueMessages(desk, 3);
			const claimedOnDisk: string[] = [];
			relay.onTaken = async () => {
				for (const { state, toAddress } of await readMessages(device))
					if (state === 'sending') claimedOnDisk.push(toAddress);
			};
			desk.context.writesLeft = writes;
			const outcome = await deliver(desk.ports).catch((error: unknown) => error);
			desk.context.writesLeft = Infinity;
			expect(claimedOnDisk).toEqual(relay.mails);
			if (!(outcome instanceof Error)) break;

			refusals++;
			expect(outcome).toMatchObject({ kind: 'storage-full' });
			const unnoted = relay.mails.length - ((await readStates(device)).sent ?? 0);
			await deliverAll(desk);
			expect(relay.mails.sort()).toEqual(addresses(1, 3));
			// What had left and could not be noted: a relay that knows keys is asked, else a person.
			const states = hasKeys || unnoted === 0 ? { sent: 3 } : { sent: 2, unconfirmed: 1 };
			expect(await readStates(device)).toEqual(states);
			desk.die();
		}
		expect(refusals).toBeGreaterThan(6);
	},
);
