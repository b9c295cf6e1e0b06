import { placesAtInbox } from '$lib/domain/alike-clients.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { clientAsUser, newPortalUser, type PortalUser } from '$lib/domain/portal-user.ts';
import type { Changes, Snapshot } from '$lib/vault/types.ts';
import type { LinkOfInbox } from '../door/user-links.ts';
import {
	type InviteOutcome,
	type PortalLetter,
	type PortalPorts,
	queueUsers,
} from './queue-users.ts';

/** Whom the person enrolls together with a new client. */
export interface EnrolmentChoice {
	/** 'Enroll in Client Portal'. */
	isClientEnrolled: boolean;
	/** Undefined: nobody is written to. */
	letter: PortalLetter | undefined;
	/** Links made ahead; undefined where they go to the portal. */
	linkOf?: LinkOfInbox | undefined;
}

export interface Enrolled {
	put: Changes['put'];
	/** Undefined where no invitation was asked for. */
	outcome: InviteOutcome | { kind: 'declined'; why: 'inbox-not-emailed' } | undefined;
}

/**
 * The rows that let a new client and her contact into the portal, for the commit that adds them. Where
 * they share an inbox, one invitation goes to the contact.
 */
export function enrolled(
	state: Snapshot,
	{ client, contact }: { client: Client; contact: Contact | undefined },
	{ isClientEnrolled, letter, linkOf }: EnrolmentChoice,
	ports: PortalPorts,
): Enrolled {
	const users: PortalUser[] = [];
	if (contact)
		users.push(
			newPortalUser({
				id: ports.newId(),
				clientId: client.id,
				contactId: contact.id,
				name: contact.name,
				emailAddress: contact.emailAddress,
				addedAt: ports.now,
			}),
		);
	const portalUsers = [...users];
	// She herself has no row until something is marked: her name and address are those of Contact Info.
	if (isClientEnrolled) users.push(clientAsUser(client, undefined));
	if (!letter || users.length === 0) return { put: { portalUsers }, outcome: undefined };
	const inboxes = new Set(users.map(({ emailAddress }) => normaliseEmailAddress(emailAddress)));
	const firstAt = [...inboxes].map((inbox) =>
		users.find(({ emailAddress }) => normaliseEmailAddress(emailAddress) === inbox),
	);
	const written = firstAt.filter((user) => user !== undefined);
	if ([...inboxes].some((inbox) => isNotEmailed(state, inbox)))
		return {
			put: { portalUsers },
			outcome: { kind: 'declined', why: 'inbox-not-emailed' },
		};
	const queued = queueUsers(state, client, written, letter, ports, linkOf);
	return { put: { portalUsers, ...queued.put }, outcome: queued.outcome };
}

/** Whether somebody else at this inbox asked not to be emailed, or mail to it came back. */
function isNotEmailed(state: Snapshot, inbox: string): boolean {
	const clients = state.table('clients');
	return placesAtInbox(clients, inbox).some((place) => {
		const { isDoNotEmail, hasBounced } = clients.row(place);
		return isDoNotEmail || hasBounced;
	});
}
