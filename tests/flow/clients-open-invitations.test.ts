// What becomes of invitations that have not left when their client is converted or deleted.
import { deleteClients, undoChange } from '$lib/clients/change-clients.ts';
import { convertBack, convertToContacts } from '$lib/clients/convert-clients.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { type Desk, openDesk, queueMessages, readMessage } from '../support/outbox-desk.ts';
import { ScriptedRelay } from '../support/scripted-relay.ts';

async function threeWaiting() {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	return { device, relay, tab };
}

function convert(tab: Desk, isCallingBack: boolean, clientIds = ['c-m2']) {
	return convertToContacts(
		tab.vault,
		clientIds,
		{ toClientId: 'c-m1', relationship: 'guardian', isCallingBack },
		{ newId: () => 'card', now: tab.device.now },
	);
}

/** The clients of the first two messages share an inbox: one message carries both invitations. */
async function shareInbox(vault: Vault): Promise<void> {
	await vault.commit(
		(state) => {
			const second = state.get('invitations', 'i-m2');
			return (
				second && {
					put: { invitations: [{ ...second, messageId: 'm1' }] },
					remove: { messages: ['m2'] },
				}
			);
		},
		{ what: 'test', count: 1 },
		{ needs: ['invitations', 'messages'] },
	);
}

test('the invitation of one who became a contact goes on its way, where the person let it', async () => {
	const { relay, tab } = await threeWaiting();
	await convert(tab, false);
	await deliver(tab.ports);
	expect(relay.mails).toEqual(['m1@example.com', 'm2@example.com', 'm3@example.com']);
});

test('what stands against her is looked at in the card, too', async () => {
	const { device, relay, tab } = await threeWaiting();
	await tab.vault.commit(
		(state) => {
			const client = state.get('clients', 'c-m2');
			return client && { put: { clients: [{ ...client, isDoNotEmail: true }] } };
		},
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	await convert(tab, false);
	await deliver(tab.ports);
	expect(relay.mails).toEqual(['m1@example.com', 'm3@example.com']);
	expect(await readMessage(device, 'm2')).toMatchObject({ state: 'held', heldFor: 'do-not-email' });
});

test('a card that was deleted with its client lets nothing leave', async () => {
	const { device, relay, tab } = await threeWaiting();
	await convert(tab, false);
	await deleteClients(tab.vault, ['c-m1'], device.now);
	await deliver(tab.ports);
	expect(relay.mails).toEqual(['m3@example.com']);
	expect(await readMessage(device, 'm2')).toMatchObject({ state: 'held', heldFor: 'client-gone' });
});

test('a message for two is called back when either of them is deleted', async () => {
	for (const clientId of ['c-m1', 'c-m2']) {
		const { device, relay, tab } = await threeWaiting();
		await shareInbox(tab.vault);
		await deleteClients(tab.vault, [clientId], device.now);
		await deliver(tab.ports);
		expect(relay.mails).toEqual(['m3@example.com']);
		expect(await readMessage(device, 'm1')).toMatchObject({ state: 'cancelled' });
	}
});

test('the undo says how many stay called back, and that nothing else was changed since', async () => {
	const { device, tab } = await threeWaiting();
	const { entryId } = await deleteClients(tab.vault, ['c-m1', 'c-m2'], device.now);
	expect(await undoChange(tab.vault, entryId, 2)).toEqual({ undone: 2, kept: 0, calledBack: 2 });
	expect((await tab.vault.load('clients')).rows('clients')).toHaveLength(3);
});

test('an undo tells what somebody changed since', async () => {
	const { tab } = await threeWaiting();
	const { entryId } = await convert(tab, false);
	await tab.vault.commit(
		(state) => {
			const card = state.get('contacts', 'card');
			return card && { put: { contacts: [{ ...card, phone: '555-0100' }] } };
		},
		{ what: 'test', count: 1 },
		{ needs: ['contacts'] },
	);
	expect(await undoChange(tab.vault, entryId, 1)).toEqual({ undone: 1, kept: 1, calledBack: 0 });
	// She is back, and so is the card that was corrected: converting back now overwrites nothing.
	await convertBack(tab.vault, 'card');
	const state = await tab.vault.load('clients', 'contacts');
	expect(state.get('clients', 'c-m2')).toMatchObject({ phone: '' });
	expect(state.get('contacts', 'card')).toMatchObject({ phone: '555-0100' });
	expect(state.get('contacts', 'card')).not.toHaveProperty('profile');
});
