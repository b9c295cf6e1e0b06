import { defaultSettings } from '$lib/domain/settings.ts';
import type { RelayKind } from '$lib/domain/settings/relay.ts';
import { handOverByHand } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	type Desk,
	later,
	openDesk,
	queueMessages,
	readMessage,
	readStates,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

async function useKind({ vault, ports }: Desk, kind: RelayKind): Promise<void> {
	const practice = { ...defaultSettings.practice, yourName: 'Dana Reyes' };
	const relay = { ...defaultSettings.relay, kind };
	await vault.commit(
		() => ({ put: { settings: [relay, practice] } }),
		{ what: 'settings saved', count: 1 },
		{ needs: ['settings'] },
	);
	ports.relayFrom = () => undefined;
}

test('nothing leaves by machine, and what is handed over says who did it, when and how', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	await useKind(tab, 'by-hand');

	expect(await deliver(tab.ports)).toEqual({ nextAt: undefined, isReachable: true });
	expect(await handOverByHand(tab.vault, ['m1', 'm2'], 'letter', device.now)).toBe(2);

	expect(relay.requests).toEqual([]);
	expect(await readStates(device)).toEqual({ sent: 2, queued: 1 });
	const message = await readMessage(device, 'm1');
	expect(message).toMatchObject({ settledAt: device.now, maybeSentAt: 0 });
	expect(message.history.at(-1)).toEqual({
		at: device.now,
		event: 'handed-over',
		detail: '',
		relay: 'by-hand',
		way: 'letter',
		by: 'Dana Reyes',
	});
	expect(await handOverByHand(tab.vault, ['m1'], 'letter', device.now)).toBe(0);
});

test('what waits there for more than a week is held, and so is what should not be handed over', async () => {
	const device = new Device();
	const tab = await openDesk(device, new ScriptedRelay());
	await queueMessages(tab, 2, (number) =>
		number === 1 ? { queuedAt: device.now - 8 * 86_400_000 } : {},
	);
	await useKind(tab, 'by-hand');
	await tab.vault.commit(
		(state) => {
			const client = state.get('clients', 'c-m2');
			return client && { put: { clients: [{ ...client, isDoNotEmail: true }] } };
		},
		{ what: 'client edited', count: 1 },
		{ needs: ['clients'] },
	);

	await deliver(tab.ports);

	expect(await readMessage(device, 'm1')).toMatchObject({ state: 'held', heldFor: 'too-old' });
	expect(await readMessage(device, 'm2')).toMatchObject({ state: 'held', heldFor: 'do-not-email' });
});

test.each([
	['by-hand', 'unconfirmed'],
	['', 'queued'],
] as const)(
	'one that was on its way when the relay was taken away (now %o) is %s, and nothing is lost',
	async (kind, state) => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 1);
		const death = later<undefined>();
		relay.onTaken = () => {
			tab.die();
			death.resolve(undefined);
		};
		void deliver(tab.ports);
		await death.promise;
		const next = await openDesk(device, relay);
		await useKind(next, kind as RelayKind);

		await deliver(next.ports);

		const message = await readMessage(device, 'm1');
		expect(message.state).toBe(state);
		expect(message.maybeSentAt).toBeGreaterThan(0);
	},
);

test('a late answer does not take back what was handed over', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	relay.answer = () => ({ kind: 'unknown', detail: 'Lost.' });
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	await deliver(tab.ports);
	await handOverByHand(tab.vault, ['m1'], 'copied-link', device.now);
	relay.answer = () => accepted;

	await deliver(tab.ports);

	expect(relay.requests).toHaveLength(1);
	expect(await readStates(device)).toEqual({ sent: 1 });
});
