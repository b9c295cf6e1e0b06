import { fullName, type Client, type ClientStatus } from '$lib/domain/client.ts';
import { isEmailAddress, looksMistyped, normaliseEmailAddress } from '$lib/domain/email-address.ts';
import type { CommitReceipt, Vault } from '$lib/vault/types.ts';
import { noted } from './change-clients.ts';

/** What a person types of a new client. */
export interface NewClient {
	firstName: string;
	lastName: string;
	preferredName: string;
	emailAddress: string;
	phone: string;
	/** ISO 8601, or '' when not known. */
	dateOfBirth: string;
	status: ClientStatus;
}

export const blankClient: NewClient = {
	firstName: '',
	lastName: '',
	preferredName: '',
	emailAddress: '',
	phone: '',
	dateOfBirth: '',
	status: 'active',
};

export interface NewClientErrors {
	firstName: string;
	emailAddress: string;
	dateOfBirth: string;
}

/** What is wrong and how to mend it; a name is enough. `today` as ISO 8601. */
export function checkNewClient(client: NewClient, today: string): NewClientErrors {
	const { firstName, lastName, preferredName, dateOfBirth } = client;
	return {
		firstName: `${firstName}${lastName}${preferredName}`.trim() === '' ? 'Enter a name.' : '',
		emailAddress: addressError(client.emailAddress),
		dateOfBirth: dateOfBirth > today ? 'This day is yet to come.' : '',
	};
}

/** Why mail cannot go there, and what to do; '' where it can, or where nothing is typed. */
export function addressError(text: string): string {
	const address = text.trim();
	if (address === '' || isEmailAddress(address)) return '';
	const suggestion = looksMistyped(address);
	return suggestion
		? `This is not an email address. Did you mean ${suggestion}?`
		: 'Enter an email address, as in maya@example.com, or leave it empty.';
}

/** What deserves a second look and stops nobody: a likely slip, an address that another client has. */
export function remarkOnAddress(emailAddress: string, clients: readonly Client[]): string {
	const address = emailAddress.trim();
	if (!isEmailAddress(address)) return '';
	const suggestion = looksMistyped(address);
	if (suggestion) return `Did you mean ${suggestion}?`;
	const inbox = normaliseEmailAddress(address);
	const others = clients.filter((client) => normaliseEmailAddress(client.emailAddress) === inbox);
	const [first] = others;
	if (!first) return '';
	const more = others.length > 1 ? ` and ${others.length - 1} more` : '';
	return `${fullName(first) || 'Another client'}${more} has this address too.`;
}

/** Adds one client as one commit that can be undone. Throws VaultProblem. */
export async function addClient(
	vault: Vault,
	{ firstName, lastName, preferredName, emailAddress, phone, dateOfBirth, status }: NewClient,
	{ id, now }: { id: string; now: number },
): Promise<CommitReceipt | undefined> {
	const client: Client = {
		id,
		externalId: '',
		firstName: tidy(firstName),
		lastName: tidy(lastName),
		preferredName: tidy(preferredName),
		emailAddress: emailAddress.trim(),
		phone: tidy(phone),
		dateOfBirth,
		kind: 'adult',
		status,
		professional: '',
		isDoNotEmail: false,
		hasBounced: false,
		isDeceased: false,
		hasJoinedPortal: false,
		addedAt: now,
		importId: '',
	};
	return vault.commit(
		() => ({ put: { clients: [client], clientChanges: [noted('added', [client])] } }),
		{ what: 'client added', count: 1, canUndo: true },
		{ needs: ['clients', 'clientChanges'] },
	);
}

/** Without blanks around, and one where there were several. */
export const tidy = (text: string) => text.replace(/\s+/gu, ' ').trim();
