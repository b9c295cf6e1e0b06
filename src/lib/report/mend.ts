import { noted } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { isEmailAddress, looksMistyped } from '$lib/domain/email-address.ts';
import { type HouseholdChoice, withChoice } from '$lib/domain/household.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';
import { withoutBounce } from './without-bounce.ts';

/** Whose address is mended: the client's own, or that of the card of a guardian. */
export interface AddressOwner {
	clientId: string;
	contactId?: string;
}

export interface MendPorts {
	now: number;
	newId: () => string;
}

/** What is wrong with an address that somebody is to be written to at; '' when nothing is. */
export function typedAddressError(text: string): string {
	const address = text.trim();
	if (address === '') return 'Enter an email address.';
	if (isEmailAddress(address)) return '';
	const suggestion = looksMistyped(address);
	return suggestion
		? `This is not an email address. Did you mean ${suggestion}?`
		: 'This is not an email address. Enter one as in maya@example.com.';
}

/**
 * Puts another address in place of the one that stood in the way, as one commit that can be undone;
 * returns its entry id, '' where there was nobody left to mend. Throws VaultProblem.
 */
export async function mendAddress(
	vault: Vault,
	{ clientId, contactId }: AddressOwner,
	address: string,
	ports: MendPorts,
): Promise<string> {
	const emailAddress = address.trim();
	const stamp = { id: ports.newId(), at: ports.now };
	const receipt = await vault.commit(
		(state) => {
			if (contactId !== undefined) {
				const contact = state.get('contacts', contactId);
				const { clients, portalUsers } = withoutBounce(state, contactId, ports.now);
				const clientChanges = [noted('contact-saved', [{ id: clientId }], stamp)];
				return (
					contact && {
						put: {
							contacts: [{ ...contact, emailAddress }],
							portalUsers: portalUsers.map((user) => ({ ...user, emailAddress })),
							clients,
							clientChanges,
						},
					}
				);
			}
			const client = state.get('clients', clientId);
			if (!client) return undefined;
			// A bounce spoke of the address of that time.
			const mended: Client = { ...client, emailAddress, hasBounced: false };
			if (client.hasBounced) mended.bounceMendedAt = ports.now;
			const clientChanges = [noted('edited', [client], stamp, ['emailAddress'])];
			return { put: { clients: [mended], clientChanges } };
		},
		{ what: 'address mended', count: 1, canUndo: true },
		{ needs: ['clients', 'contacts', 'portalUsers', 'clientChanges'] },
	);
	return receipt?.entryId ?? '';
}

/** Adds the guardian of a minor, as one commit that can be undone; '' where the client is gone. Throws VaultProblem. */
export async function addGuardian(
	vault: Vault,
	clientId: string,
	{ name, emailAddress }: Pick<Contact, 'name' | 'emailAddress'>,
	{ now, newId }: MendPorts,
): Promise<string> {
	const stamp = { id: newId(), at: now };
	const contact: Contact = {
		id: newId(),
		clientId,
		name: name.trim().replace(/\s+/g, ' '),
		emailAddress: emailAddress.trim(),
		phone: '',
		relationship: 'guardian',
		importId: '',
	};
	const receipt = await vault.commit(
		(state) => {
			const client = state.get('clients', clientId);
			const clientChanges = client && [noted('contact-saved', [client], stamp)];
			return clientChanges && { put: { contacts: [contact], clientChanges } };
		},
		{ what: 'contact saved', count: 1, canUndo: true },
		{ needs: ['clients', 'contacts', 'clientChanges'] },
	);
	return receipt?.entryId ?? '';
}

/** Keeps what a household gets, as one commit that can be undone. Throws VaultProblem. */
export async function chooseForHousehold(
	vault: Vault,
	homes: readonly string[],
	choice: HouseholdChoice,
): Promise<string> {
	const receipt = await vault.commit(
		(state) => ({
			put: {
				settings: [withChoice(settingsFrom(state.rows('settings'), 'households'), homes, choice)],
			},
		}),
		{ what: 'choice for a household', count: 1, canUndo: true },
		{ needs: ['settings'] },
	);
	return receipt?.entryId ?? '';
}

/** Puts back what one of these steps changed; false where it was changed again since. Throws VaultProblem. */
export async function takeBack(vault: Vault, entryId: string): Promise<boolean> {
	const { undone } = await vault.undo(
		entryId,
		{ what: 'change in the report taken back', count: 1 },
		{
			keeps: (_now, name) => name === 'clientChanges',
			needs: ['clientChanges'],
		},
	);
	return undone > 0;
}
