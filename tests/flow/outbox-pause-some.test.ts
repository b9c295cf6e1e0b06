import { pausedByHand } from '$lib/domain/hindrance.ts';
import { changeByHand, setPaused } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { isRelayMended, resumeAfterMending } from '$lib/outbox/resume-when-mended.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	addresses,
	deliverAll,
	openDesk,
	queueMessages,
	readMessage,
	readStates,
	readStatus,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

test('some are paused and the rest leaves; let go on, they leave, each once', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 6);

	expect(await changeByHand(tab.vault, 'pause', ['m2', 'm5'], device.now)).toBe(2);
	await deliverAll(tab);
	expect(await readStates(device)).toEqual({ sent: 4, held: 2 });
	expect(await readMessage(device, 'm2')).toMatchObject({ heldFor: 'paused', attempts: 0 });
	await changeByHand(tab.vault, 'release', ['m2', 'm5'], device.now);
	await deliverAll(tab);

	expect(relay.mails.toSorted()).toEqual(addresses(1, 6));
});

test('what is on its way cannot be paused, and pausing twice is pausing once', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 2);
	const paused: number[] = [];
	relay.answer = async () => {
		paused.push(await changeByHand(tab.vault, 'pause', ['m1', 'm2'], device.now));
		return accepted;
	};

	await deliverAll(tab);

	expect(paused).toEqual([1]);
	expect(await readStates(device)).toEqual({ sent: 1, held: 1 });
});

test('one in doubt that is paused and let go on is asked about, not sent a second time', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false, true);
	relay.answer = () => ({ kind: 'unknown', detail: 'The connection broke.' });
	relay.word = () => 'never-seen';
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	await deliver(tab.ports);

	await changeByHand(tab.vault, 'pause', ['m1'], device.now);
	await changeByHand(tab.vault, 'release', ['m1'], device.now);
	await deliverAll(tab);

	expect(relay.requests).toHaveLength(1);
	expect(await readStates(device)).toEqual({ unconfirmed: 1 });
});

test('all that waits is called back in one commit, but for the one on its way', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 30);
	relay.answer = async ({ count }) => {
		if (count !== 3) return accepted;
		const ids = tab.vault.snapshot.rows('messages').map(({ id }) => id);
		expect(await changeByHand(tab.vault, 'cancel', ids, device.now)).toBe(27);
		return accepted;
	};

	await deliverAll(tab);

	expect(await readStates(device)).toEqual({ sent: 3, cancelled: 27 });
	expect(relay.requests).toHaveLength(3);
});

test("a relay's refusal does not take a person's own pause from her", async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	relay.answer = async () => {
		await setPaused(tab.vault, pausedByHand);
		return { kind: 'relay-refused', detail: 'The relay does not know this token.' };
	};

	await deliver(tab.ports);

	expect((await readStatus(device)).pausedFor).toBe(pausedByHand);
});

test.each([
	['The relay does not know this token.', 5],
	[pausedByHand, 0],
])(
	'paused for %o: once the relay is reached in another way, %i leave by themselves',
	async (why, sent) => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 5);
		relay.answer = () => ({ kind: 'relay-refused', detail: 'The relay does not know this token.' });
		if (why === pausedByHand) await setPaused(tab.vault, why);
		await deliver(tab.ports);
		expect((await readStatus(device)).pausedFor).toBe(why);
		relay.answer = () => accepted;
		const before = tab.vault.snapshot.rows('settings');
		await tab.vault.commit(
			() => ({
				put: {
					settings: [
						{
							...defaultSettings.relay,
							kind: 'portico',
							url: 'http://relay.example',
							token: 'right',
						},
					],
				},
			}),
			{ what: 'settings saved', count: 1 },
			{ needs: ['settings'] },
		);

		expect(isRelayMended(before, tab.vault.snapshot.rows('settings'))).toBe(sent > 0);
		await resumeAfterMending(tab.vault);
		await deliverAll(tab);

		expect(relay.mails).toHaveLength(sent);
	},
);
