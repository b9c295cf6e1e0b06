import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { foldName } from '$lib/domain/person-name.ts';
import { withTags } from '$lib/domain/tags.ts';
import { marks } from './marks.ts';
import { mergeFurther } from './merge-further.ts';
import type { ContactDraft } from './read-contacts.ts';
import type { ClientRow } from './read-row.ts';

const texts = [
	'externalId',
	'firstName',
	'lastName',
	'preferredName',
	'phone',
	'dateOfBirth',
	'professional',
] as const;

/** What the row states and is not so of a known client; undefined when it says nothing new. */
function updateOf(known: Client, row: ClientRow): Partial<Client> | undefined {
	const changes: Partial<Client> = {};
	const { client } = row;
	for (const field of texts)
		if (client[field] !== '' && client[field] !== known[field]) changes[field] = client[field];
	if (client.emailAddress !== '' && !isSameAddress(client.emailAddress, known.emailAddress))
		changes.emailAddress = client.emailAddress;
	if (
		client.otherEmailAddresses ||
		client.otherPhones ||
		known.otherEmailAddresses ||
		known.otherPhones
	)
		mergeFurther(changes, known, client, false);
	if (client.language && client.language !== known.language) changes.language = client.language;
	if (client.tags) addTags(changes, known, client.tags);
	takeMarks(changes, known, client);
	if (row.statesStatus && client.status !== known.status) changes.status = client.status;
	if (row.statesKind && client.kind !== known.kind) changes.kind = client.kind;
	for (const _ in changes) return changes;
	return undefined;
}

/** What the row states and nobody knew of a known client; undefined when that is nothing. */
function fillingOf(known: Client, row: ClientRow): Partial<Client> | undefined {
	const changes: Partial<Client> = {};
	const { client } = row;
	for (const field of [...texts, 'emailAddress'] as const)
		if (known[field] === '' && client[field] !== '') changes[field] = client[field];
	if (
		client.otherEmailAddresses ||
		client.otherPhones ||
		known.otherEmailAddresses ||
		known.otherPhones
	)
		mergeFurther(changes, known, client, true);
	if (client.language && !known.language) changes.language = client.language;
	if (client.tags && !known.tags?.length) addTags(changes, known, client.tags);
	takeMarks(changes, known, client);
	for (const _ in changes) return changes;
	return undefined;
}

function addTags(changes: Partial<Client>, known: Client, said: readonly string[]): void {
	const before = known.tags ?? [];
	const tags = withTags(before, said);
	if (tags.length > before.length) changes.tags = tags;
}

const mergeBy = (changesOf: typeof updateOf) => (known: Client, row: ClientRow) => {
	const changes = changesOf(known, row);
	return changes ? { ...known, ...changes } : known;
};

/** The known client with what the row states; `known` itself when the row says nothing new. */
export const mergeClient = mergeBy(updateOf);

/** The known client with what the row states and nobody knew; what is known stays. */
export const fillClient = mergeBy(fillingOf);

/** Puts into `changes` what `said` says against mailing a client of whom that is not known. */
function takeMarks(changes: Partial<Client>, known: Client, said: Client): void {
	for (const mark of marks)
		if (said[mark] && !known[mark]) {
			changes[mark] = true;
			if (mark === 'hasJoinedPortal' && said.joinedSource) changes.joinedSource = said.joinedSource;
		}
}

/** Who may not be emailed, has joined or has died stays so when the row is added as another client. */
export function inheritMarks(client: Client, known: Client): void {
	takeMarks(client, client, known);
}

/** An address that may not be written to stays so, whoever else it may belong to. */
export function inheritAddressMarks(client: Client, known: Client): void {
	if (known.isDoNotEmail) client.isDoNotEmail = true;
	if (known.hasBounced) client.hasBounced = true;
}

/** The contact among `known` that the draft speaks of, by name or address. */
export function findContact(known: readonly Contact[], draft: ContactDraft): Contact | undefined {
	const name = foldName(draft.name);
	return known.find((contact) =>
		name !== '' && contact.name !== ''
			? foldName(contact.name) === name
			: (draft.emailAddress !== '' && isSameAddress(contact.emailAddress, draft.emailAddress)) ||
				(draft.phone !== '' && contact.phone === draft.phone),
	);
}

/** The known contact with what the draft states; `known` itself when it says nothing new. */
export function mergeContact(known: Contact, draft: ContactDraft): Contact {
	const name = draft.name || known.name;
	const phone = draft.phone || known.phone;
	const emailAddress =
		draft.emailAddress === '' || isSameAddress(draft.emailAddress, known.emailAddress)
			? known.emailAddress
			: draft.emailAddress;
	const isSame =
		name === known.name && phone === known.phone && emailAddress === known.emailAddress;
	return isSame ? known : { ...known, name, phone, emailAddress };
}

/** The known contact with what the draft states and nobody knew. */
export function fillContact(known: Contact, draft: ContactDraft): Contact {
	return mergeContact(known, {
		...draft,
		name: known.name || draft.name,
		phone: known.phone || draft.phone,
		emailAddress: known.emailAddress || draft.emailAddress,
	});
}

const isSameAddress = (a: string, b: string) =>
	a === b || normaliseEmailAddress(a) === normaliseEmailAddress(b);

/** How what is known and a row become one, by policy. */
export const mergeWays = {
	update: { client: mergeClient, changes: updateOf, contact: mergeContact },
	'fill-blanks': { client: fillClient, changes: fillingOf, contact: fillContact },
};
