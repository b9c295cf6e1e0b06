import { noted } from '$lib/domain/client-change.ts';
import { clientFromContact, contactFromClient } from '$lib/domain/convert.ts';
import type { Relationship } from '$lib/domain/contact.ts';
import type { Vault } from '$lib/vault/types.ts';
import { calledBack, type Changed, clientsOf, stampNow } from './change-clients.ts';

export interface Conversion {
	/** Whose contacts they become. */
	toClientId: string;
	relationship: Relationship;
	/** Whether invitations that have not left are called back, or go on their way. */
	isCallingBack: boolean;
}

/**
 * 'Convert to contact card of another client': the profiles rest in the cards, with their own contacts
 * waiting for them; invitations and messages stay. One commit that can be undone. Throws VaultProblem.
 */
export async function convertToContacts(
	vault: Vault,
	clientIds: readonly string[],
	conversion: Conversion,
	{ newId, now }: { newId: () => string; now: number },
): Promise<Changed> {
	const stamp = stampNow();
	const cardIds = new Map(clientIds.map((id) => [id, newId()]));
	const entry = { what: 'clients converted to contacts', count: 0, canUndo: true };
	const receipt = await vault.commit(
		(state) => {
			const { toClientId: clientId, relationship } = conversion;
			const clients = clientsOf(state, clientIds).filter((client) => client.id !== clientId);
			entry.count = clients.length;
			if (clients.length === 0 || !state.get('clients', clientId)) return undefined;
			return {
				put: {
					contacts: clients.map((client) => {
						const id = cardIds.get(client.id) ?? '';
						return contactFromClient(client, { id, clientId, relationship });
					}),
					messages: conversion.isCallingBack ? calledBack(state, clients, now) : [],
					clientChanges: [noted('converted', [...clients, { id: clientId }], stamp)],
				},
				remove: { clients: clients.map(({ id }) => id) },
			};
		},
		entry,
		{
			needs: ['clients', 'contacts', 'invitations', 'messages', 'clientChanges'],
			isStrict: true,
		},
	);
	return { count: receipt ? entry.count : 0, entryId: receipt?.entryId ?? '' };
}

/**
 * 'Convert back': the profile that rests in the card is a client again. Where an undo brought her back
 * already, she stays as she is and the card as it is, without a profile. Throws VaultProblem.
 */
export async function convertBack(vault: Vault, contactId: string): Promise<Changed> {
	const stamp = stampNow();
	const receipt = await vault.commit(
		(state) => {
			const contact = state.get('contacts', contactId);
			const client = contact && clientFromContact(contact);
			if (!client) return undefined;
			if (state.get('clients', client.id)) {
				const { profile: _there, ...card } = contact;
				return { put: { contacts: [card] } };
			}
			const clientChanges = [noted('converted-back', [client, { id: contact.clientId }], stamp)];
			return { put: { clients: [client], clientChanges }, remove: { contacts: [contactId] } };
		},
		{ what: 'contact converted back', count: 1, canUndo: true },
		{ needs: ['clients', 'contacts', 'clientChanges'] },
	);
	return { count: receipt ? 1 : 0, entryId: receipt?.entryId ?? '' };
}
