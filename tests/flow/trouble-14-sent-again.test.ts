import { invitationStandings } from '$lib/domain/invitation-standing.ts';
import { changeByHand } from '$lib/outbox/by-hand.ts';
import { correctAddress } from '$lib/outbox/correct-address.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { deliverAll, openDesk, queueMessages, readMessage } from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

const dayMs = 86_400_000;

test('sending again neither shortens the expiry, nor loses the first date, nor kills the old link', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	relay.answer = ({ count }) =>
		count === 1 ? { kind: 'unknown', detail: 'The connection broke.' } : accepted;
	const tab = await openDesk(device, relay);
	const firstAt = device.now;
	await queueMessages(tab, 1);
	await deliverAll(tab);
	const before = tab.vault.snapshot.get('invitations', 'i-m1');
	device.now += 5 * dayMs;

	await changeByHand(tab.vault, 'sendAgain', ['m1'], device.now);
	await deliverAll(tab);

	expect(tab.vault.snapshot.get('invitations', 'i-m1')).toEqual(before);
	const [one, two] = relay.requests.map(({ message }) => message.text);
	expect(two).toBe(one);
	expect((await readMessage(device, 'm1')).history[0]?.at).toBe(firstAt);
});

test('a corrected address keeps the link and opens it at least as long', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	relay.answer = ({ count }) =>
		count === 1 ? { kind: 'refused', detail: 'No such inbox.' } : accepted;
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 1);
	await deliverAll(tab);
	const first = tab.vault.snapshot.get('invitations', 'i-m1');
	device.now += 5 * dayMs;
	const ports = { now: () => device.now, newId: () => crypto.randomUUID() as string };

	const correction = { messageId: 'm1', address: 'maya@example.com', despite: [] };
	await correctAddress(tab.vault, correction, ports);
	await deliverAll(tab);

	const state = await tab.vault.load('invitations', 'messages');
	const anew = state.rows('invitations').find(({ id }) => id !== 'i-m1');
	expect(state.get('invitations', 'i-m1')).toEqual(first);
	expect(anew?.code).toBe(first?.code);
	expect(anew?.expiresAt).toBeGreaterThanOrEqual(first?.expiresAt ?? Infinity);
	const [one, two] = relay.requests.map(({ message }) => message.text);
	expect(two).toBe(one);
	const standing = invitationStandings(state.rows('invitations'), state.rows('messages'));
	expect(standing.byClient.get('c-m1')).toMatchObject({ kind: 'invited' });
});
