import { clientFromContact, contactFromClient } from '$lib/domain/convert.ts';
import type { Relationship } from '$lib/domain/contact.ts';
import type { Vault } from '$lib/vault/types.ts';
import { calledBack, type Changed, clientsOf, noted } from './change-clients.ts';

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
	let count = 0;
	const entry = { what: 'clients converted to contacts', count: 0, canUndo: true };
	const receipt = await vault.commit(
		(state) => {
			const { toClientId: clientId, relationship } = conversion;
			const clients = clientsOf(state, clientIds).filter((client) => client.id !== clientId);
			count = entry.count = clients.length;
			if (count === 0 || !state.get('clients', clientId)) return undefined;
			const ids = new Set(clients.map((client) => client.id));
			return {
				put: {
					contacts: clients.map((client) =>
						contactFromClient(client, { id: newId(), clientId, relationship }),
					),
					messages: conversion.isCallingBack ? calledBack(state, ids, now) : [],
					clientChanges: [noted('converted', [...clients, { id: clientId }])],
				},
				remove: { clients: [...ids] },
			};
		},
		entry,
		{ needs: ['clients', 'contacts', 'messages', 'clientChanges'], isStrict: true },
	);
	return { count: receipt ? count : 0, entryId: receipt?.entryId ?? '' };
}

/** 'Convert back': the profile that rests in the card is a client again. Throws VaultProblem. */
export async function convertBack(vault: Vault, contactId: string): Promise<Changed> {
	const receipt = await vault.commit(
		(state) => {
			const contact = state.get('contacts', contactId);
			const client = contact && clientFromContact(contact);
			if (!client) return undefined;
			const clientChanges = [noted('converted-back', [client, { id: contact.clientId }])];
			return { put: { clients: [client], clientChanges }, remove: { contacts: [contactId] } };
		},
		{ what: 'contact converted back', count: 1, canUndo: true },
		{ needs: ['clients', 'contacts', 'clientChanges'] },
	);
	return { count: receipt ? 1 : 0, entryId: receipt?.entryId ?? '' };
}
