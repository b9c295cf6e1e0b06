import { changeByHand, holdAll } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import type { RelaySettings } from '$lib/domain/settings/relay.ts';
import { describe, expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	type Desk,
	deliverAll,
	later,
	openDesk,
	queueMessages,
	readMessage,
	readStates,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

const lost = { kind: 'unknown', detail: 'The connection broke.' } as const;

describe('a relay that can be asked but sends a repeat', () => {
	test('what it says it took is sent, and no second one leaves', async () => {
		const device = new Device();
		const relay = new ScriptedRelay(false, true);
		relay.answer = () => lost;
		let asks = 0;
		relay.word = () => (++asks > 2 ? 'accepted' : 'never-seen');
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 1);

		await deliver(tab.ports);
		expect(await readMessage(device, 'm1')).toMatchObject({ state: 'queued', attempts: 1 });
		await deliverAll(tab);

		expect(await readStates(device)).toEqual({ sent: 1 });
		expect(relay.requests).toHaveLength(1);
		expect(relay.asked).toBe(3);
	});

	test.each(['never-seen', 'no-answer'] as const)(
		'after some asking in vain (%s) a person decides; nothing is sent a second time',
		async (word) => {
			const device = new Device();
			const relay = new ScriptedRelay(false, true);
			relay.answer = () => lost;
			relay.word = () => word;
			const tab = await openDesk(device, relay);
			await queueMessages(tab, 1);

			await deliverAll(tab);

			expect(await readMessage(device, 'm1')).toMatchObject({
				state: 'unconfirmed',
				reason: 'The relay knows nothing of the message.',
			});
			expect(relay.requests).toHaveLength(1);
			expect(relay.asked).toBe(6);
		},
	);

	test.each(['refused', 'in-doubt'] as const)(
		'only "accepted" is sure there: %s is for a person at once',
		async (word) => {
			const device = new Device();
			const relay = new ScriptedRelay(false, true);
			relay.answer = () => lost;
			relay.word = () => word;
			const tab = await openDesk(device, relay);
			await queueMessages(tab, 1);

			await deliverAll(tab);

			expect((await readMessage(device, 'm1')).state).toBe('unconfirmed');
			expect(relay.requests).toHaveLength(1);
			expect(relay.asked).toBe(1);
		},
	);

	test('an orphan is asked about and never sent', async () => {
		const device = new Device();
		const relay = new ScriptedRelay(false, true);
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 1);
		const death = later<undefined>();
		relay.onTaken = () => {
			tab.die();
			death.resolve(undefined);
		};
		void deliver(tab.ports);
		await death.promise;

		await deliverAll(await openDesk(device, relay));

		expect(await readStates(device)).toEqual({ sent: 1 });
		expect(relay.requests).toHaveLength(1);
	});

	test('while the quota is used up it is asked all the same', async () => {
		const device = new Device();
		const relay = new ScriptedRelay(false, true);
		relay.answer = () => lost;
		relay.word = () => 'accepted';
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 2);
		await setRelay(tab, { messagesPerDay: 1 });

		await deliver(tab.ports);
		device.now += 60_000;
		const { nextAt } = await deliver(tab.ports);

		expect(await readStates(device)).toEqual({ sent: 1, queued: 1 });
		expect(nextAt).toBeGreaterThan(device.now + 3_600_000);
	});
});

test('a relay that can neither be asked nor drop repeats: unconfirmed at once', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	relay.answer = () => lost;
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);

	await deliver(tab.ports);

	expect(await readStates(device)).toEqual({ unconfirmed: 1 });
});

describe('after the relay was changed', () => {
	test('what may have left through the first one is not sent through the second', async () => {
		const device = new Device();
		const first = new ScriptedRelay();
		first.answer = () => lost;
		const tab = await openDesk(device, first);
		await queueMessages(tab, 1);
		await deliver(tab.ports);
		expect((await readMessage(device, 'm1')).state).toBe('queued');

		const second = new ScriptedRelay();
		tab.ports.relayFrom = () => second.seenBy(tab.context);
		await setRelay(tab, { url: 'http://other.example' });
		await deliverAll(tab);

		expect(second.requests).toEqual([]);
		expect(await readMessage(device, 'm1')).toMatchObject({
			state: 'unconfirmed',
			reason: 'It was tried through another email relay, of which this one knows nothing.',
		});
	});

	test('what surely never left goes through the second, without the limit of the first', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		relay.answer = () => ({ kind: 'throttled', detail: 'Not so fast.', untilMs: 3_600_000 });
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 2);
		await deliver(tab.ports);
		relay.answer = () => accepted;

		await setRelay(tab, { kind: 'emailjs' });
		await deliver(tab.ports);

		// The one that was asked to wait keeps its own time.
		expect(await readStates(device)).toEqual({ sent: 1, queued: 1 });
	});

	test('a change between the look and the claim sends nothing through the old one', async () => {
		const device = new Device();
		const old = new ScriptedRelay();
		const tab = await openDesk(device, old);
		await queueMessages(tab, 1);
		const seen = old.seenBy(tab.context);
		let changes = 0;
		tab.ports.relayFrom = () => ({
			...seen,
			async reach() {
				if (changes++ === 0) await setRelay(tab, { url: 'http://other.example' });
				tab.ports.relayFrom = () => undefined;
				return true;
			},
		});

		await deliver(tab.ports);

		expect(old.requests).toEqual([]);
		expect(await readStates(device)).toEqual({ queued: 1 });
	});
});

describe('after a restore', () => {
	test('a released message is asked about first, and sent once if it was never seen', async () => {
		const device = new Device();
		const relay = new ScriptedRelay(false, true);
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 2);
		await holdAll(tab.vault, device.now);
		relay.word = (key) => (relay.asked === 1 ? 'accepted' : key ? 'never-seen' : undefined);

		await changeByHand(tab.vault, 'release', ['m1', 'm2'], device.now);
		await deliverAll(tab);

		expect(await readStates(device)).toEqual({ sent: 2 });
		expect(relay.mails).toEqual(['m2@example.com']);
	});

	test('letting one go is for one attempt: what comes to nothing is for a person again', async () => {
		const device = new Device();
		const relay = new ScriptedRelay(false);
		relay.answer = () => lost;
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 1);
		await holdAll(tab.vault, device.now);

		await changeByHand(tab.vault, 'release', ['m1'], device.now);
		await deliverAll(tab);

		expect(relay.requests).toHaveLength(1);
		expect(await readStates(device)).toEqual({ unconfirmed: 1 });
	});
});

async function setRelay(tab: Desk, about: Partial<RelaySettings>): Promise<void> {
	const base = { ...defaultSettings.relay, kind: 'portico', url: 'http://relay.example' } as const;
	await tab.vault.commit(
		() => ({ put: { settings: [{ ...base, ...about }] } }),
		{ what: 'settings saved', count: 1 },
		{ needs: ['settings'] },
	);
}
