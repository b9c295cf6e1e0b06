import { correctAddress } from '$lib/outbox/correct-address.ts';
import { buildReport } from '$lib/domain/report.ts';
import type { Client } from '$lib/domain/client.ts';
import { newPortalUser } from '$lib/domain/portal-user.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';
import {
	type Desk,
	deliverAll,
	openDesk,
	queueMessages,
	readMessage,
	readMessages,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

/** Three messages, of which the second was refused. */
async function afterARefusal(hasKeys = true) {
	const device = new Device();
	const relay = new ScriptedRelay(hasKeys);
	relay.answer = ({ address }) =>
		address === 'm2@example.com' ? { kind: 'refused', detail: 'No such inbox.' } : accepted;
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	await deliver(tab.ports);
	let ids = 0;
	const ports = { now: () => device.now, newId: () => `new-${++ids}` };
	const correct = (address: string, despite: never[] | ['shares-address'] = []) =>
		correctAddress(tab.vault, { messageId: 'm2', address, despite }, ports);
	return { device, relay, tab, correct };
}

async function putClient({ vault }: Desk, client: Client): Promise<void> {
	await vault.commit(
		() => ({ put: { clients: [client] } }),
		{ what: 'client edited', count: 1 },
		{ needs: ['clients'] },
	);
}

test('the address is corrected and a new message leaves under a new key; the old one stays as history', async () => {
	const { device, relay, tab, correct } = await afterARefusal();

	const corrected = await correct('maya.okafor@example.com');
	await deliverAll(tab);

	expect(corrected).toEqual({ kind: 'queued', messageId: 'new-1' });
	expect(relay.mails).toContain('maya.okafor@example.com');
	const keys = relay.requests.map(({ key }) => key);
	expect(new Set(keys).size).toBe(keys.length);
	const state = await tab.vault.load('clients', 'invitations', 'messages');
	expect(state.get('clients', 'c-m2')?.emailAddress).toBe('maya.okafor@example.com');
	const old = await readMessage(device, 'm2');
	expect(old).toMatchObject({
		state: 'cancelled',
		toAddress: 'm2@example.com',
		reason: 'The relay had refused it: No such inbox.',
	});
	expect(old.history.map(({ event }) => event)).toEqual([
		'claimed',
		'refused',
		'address-corrected',
	]);
	const anew = await readMessage(device, 'new-1');
	expect(anew).toMatchObject({ state: 'sent', letterId: 'letter', round: 1, attempts: 1 });
	const invitation = state.get('invitations', anew.invitationId);
	// The link of the first invitation still opens, and no sooner closes.
	expect(invitation).toMatchObject({ code: 'code-m2', messageId: 'new-1' });
	expect(anew.fields).toEqual(old.fields);
	const report = buildReport({
		clients: state.rows('clients'),
		contacts: [],
		invitations: state.rows('invitations'),
		messages: state.rows('messages'),
		now: device.now,
	});
	expect(report.countByReason).toEqual({ 'already-invited': 3 });
});

test('it can still be called back: the undo window holds for it, too', async () => {
	const { device, relay, tab, correct } = await afterARefusal();
	await correct('maya.okafor@example.com');
	await deliver(tab.ports);
	expect(relay.mails).not.toContain('maya.okafor@example.com');
	expect((await readMessage(device, 'new-1')).dueAt).toBe(device.now + 10_000);
});

test.each([
	['', 'no-address'],
	['maya.okafor at example.com', 'not-an-address'],
] as const)('%o is no address: nothing changes', async (address, kind) => {
	const { device, tab, correct } = await afterARefusal();
	expect(await correct(address)).toMatchObject({ kind: 'left-out', reasons: [{ kind }] });
	expect(await readMessages(device)).toHaveLength(3);
	expect(tab.vault.snapshot.get('clients', 'c-m2')?.emailAddress).toBe('m2@example.com');
});

test.each([
	[{ isDoNotEmail: true }, 'do-not-email'],
	[{ isDeceased: true }, 'deceased'],
	[{ hasJoinedPortal: true }, 'joined'],
] as const)('whom the report leaves out is not emailed: %o', async (about, kind) => {
	const { device, relay, tab, correct } = await afterARefusal();
	await putClient(tab, aClient({ id: 'c-m2', emailAddress: 'm2@example.com', ...about }));

	expect(await correct('maya.okafor@example.com')).toMatchObject({
		kind: 'left-out',
		reasons: [{ kind }],
	});
	await deliverAll(tab);

	expect(relay.requests).toHaveLength(3);
	expect((await readMessage(device, 'm2')).state).toBe('failed');
});

test('an inbox that another client has is asked about first', async () => {
	const { relay, tab, correct } = await afterARefusal();

	expect(await correct('M1@example.com')).toMatchObject({
		kind: 'doubts',
		reasons: [{ kind: 'shares-address', isOtherInvited: true }],
	});
	expect(await correct('M1@example.com', ['shares-address'])).toMatchObject({ kind: 'queued' });
	await deliverAll(tab);

	expect(relay.requests.at(-1)?.address).toBe('M1@example.com');
});

test('clients who share the message move with it, but for one whose address was changed since', async () => {
	const { tab, correct } = await afterARefusal();
	const old = tab.vault.snapshot.get('invitations', 'i-m2');
	if (!old) throw new Error('No invitation');
	await tab.vault.commit(
		() => ({
			put: {
				clients: [
					aClient({ id: 'sam', emailAddress: 'M2@example.com' }),
					aClient({ id: 'kim', emailAddress: 'kim@example.com' }),
				],
				invitations: [
					{ ...old, id: 'i-sam', clientId: 'sam' },
					{ ...old, id: 'i-kim', clientId: 'kim' },
				],
			},
		}),
		{ what: 'test', count: 1 },
		{ needs: ['clients', 'invitations'] },
	);

	expect(await correct('maya.okafor@example.com')).toMatchObject({ kind: 'queued' });

	const { snapshot } = tab.vault;
	expect(snapshot.get('clients', 'sam')?.emailAddress).toBe('maya.okafor@example.com');
	expect(snapshot.get('clients', 'kim')?.emailAddress).toBe('kim@example.com');
	const moved = snapshot.rows('invitations').filter(({ messageId }) => messageId === 'new-1');
	expect(moved.map(({ clientId }) => clientId).sort()).toEqual(['c-m2', 'sam']);
});

test('what may have arrived, or has moved on, is not sent anew in this way', async () => {
	const { device, tab, correct } = await afterARefusal();
	await correct('one@example.com');
	expect(await correct('two@example.com')).toEqual({ kind: 'moved-on' });
	expect(await readMessages(device)).toHaveLength(4);
	const ports = { now: () => device.now, newId: () => 'x' };
	const sent = { messageId: 'm1', address: 'two@example.com', despite: [] };
	expect(await correctAddress(tab.vault, sent, ports)).toEqual({ kind: 'moved-on' });
});

test('a guardian’s corrected address is the guardian’s; the client keeps her own', async () => {
	const { relay, tab, correct } = await afterARefusal();
	const own = aClient({ id: 'c-m2', emailAddress: 'kim@example.com' });
	const guardian = newPortalUser({
		id: 'guardian',
		clientId: 'c-m2',
		contactId: 'card',
		name: 'Sam Ortiz',
		emailAddress: 'm2@example.com',
		addedAt: 1,
	});
	const card = {
		id: 'card',
		clientId: 'c-m2',
		name: 'Sam Ortiz',
		emailAddress: 'm2@example.com',
		phone: '',
		relationship: 'guardian' as const,
		importId: '',
	};
	await tab.vault.commit(
		() => ({ put: { clients: [own], portalUsers: [guardian], contacts: [card] } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients', 'portalUsers', 'contacts'] },
	);

	expect(await correct('sam@example.com')).toMatchObject({ kind: 'queued' });
	await deliverAll(tab);

	expect(relay.mails).toContain('sam@example.com');
	const state = await tab.vault.load('clients', 'portalUsers', 'contacts');
	expect(state.get('clients', 'c-m2')?.emailAddress).toBe('kim@example.com');
	expect(state.get('portalUsers', 'guardian')?.emailAddress).toBe('sam@example.com');
	expect(state.get('contacts', 'card')?.emailAddress).toBe('sam@example.com');
});

test('the address of a guardian is corrected on the guardian’s card, and the client keeps hers', async () => {
	const { device, relay, tab, correct } = await afterARefusal();
	const guardian = {
		id: 'g',
		clientId: 'c-m2',
		name: 'Maya Okafor',
		emailAddress: 'm2@example.com',
		phone: '',
		relationship: 'guardian',
		importId: '',
	} as const;
	const own = { dateOfBirth: '', kind: 'minor', emailAddress: 'child@example.com' } as const;
	await putClient(tab, aClient({ id: 'c-m2', ...own }));
	await tab.vault.commit(
		(state) => {
			const invitation = state.get('invitations', 'i-m2');
			const message = state.get('messages', 'm2');
			if (!invitation || !message) return undefined;
			return {
				put: {
					contacts: [guardian],
					invitations: [{ ...invitation, contactId: 'g' }],
					messages: [{ ...message, toName: guardian.name }],
				},
			};
		},
		{ what: 'test', count: 1 },
		{ needs: ['invitations', 'contacts', 'messages'] },
	);

	expect(await correct('ada@example.com')).toEqual({ kind: 'queued', messageId: 'new-1' });
	await deliverAll(tab);

	const state = await tab.vault.load('clients', 'contacts', 'invitations');
	expect(state.get('contacts', 'g')?.emailAddress).toBe('ada@example.com');
	expect(state.get('clients', 'c-m2')?.emailAddress).toBe('child@example.com');
	const anew = await readMessage(device, 'new-1');
	expect(anew).toMatchObject({ state: 'sent', toAddress: 'ada@example.com' });
	expect(state.get('invitations', anew.invitationId)).toMatchObject({ contactId: 'g' });
	expect(relay.mails).toContain('ada@example.com');
});
