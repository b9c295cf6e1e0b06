import { noted } from '$lib/domain/client-change.ts';
import { cancel } from '$lib/domain/by-hand.ts';
import { isMinor, type Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { isEmailAddress, looksMistyped } from '$lib/domain/email-address.ts';
import type { CommitReceipt, Vault } from '$lib/vault/types.ts';
import { stampNow } from './change-clients.ts';
import type { Enrolment } from './new/enrolling.ts';
import type { NewClient } from './new/new-client-form.ts';
import type { ContactDraft } from './profile/contacts.ts';

/** Why mail cannot go there, and what to do; '' where it can, or where nothing is typed. */
export function addressError(text: string): string {
	const address = text.trim();
	if (address === '' || isEmailAddress(address)) return '';
	const suggestion = looksMistyped(address);
	return suggestion
		? `This is not an email address. Did you mean ${suggestion}?`
		: 'Enter an email address, as in maya@example.com, or leave it empty.';
}

/** Who else comes with a new client, and what the portal adds. */
export interface Along {
	contact?: ContactDraft & { id: string };
	enrolment?: Enrolment;
}

/**
 * Adds one client, the contact and the portal users that come along, and their invitations, as one commit
 * that can be undone. Throws VaultProblem.
 */
export async function addClient(
	vault: Vault,
	draft: NewClient,
	{ id, now }: { id: string; now: number },
	{ contact: along, enrolment }: Along = {},
): Promise<CommitReceipt | undefined> {
	const { professional, firstName, lastName, preferredName, emailAddress, phone } = draft;
	const { dateOfBirth, status } = draft;
	const client: Client = {
		id,
		externalId: '',
		firstName: tidy(firstName),
		lastName: tidy(lastName),
		preferredName: tidy(preferredName),
		emailAddress: emailAddress.trim(),
		phone: tidy(phone),
		dateOfBirth,
		kind: isMinor({ dateOfBirth, kind: 'adult' }, now) ? 'minor' : 'adult',
		status,
		professional: tidy(professional),
		isDoNotEmail: false,
		hasBounced: false,
		isDeceased: false,
		hasJoinedPortal: false,
		addedAt: now,
		importId: '',
	};
	const contact: Contact | undefined = along && {
		id: along.id,
		clientId: id,
		name: tidy(along.name),
		emailAddress: along.emailAddress.trim(),
		phone: tidy(along.phone),
		relationship: along.relationship,
		importId: '',
	};
	const clientChanges = [noted('added', [client], stampNow())];
	await enrolment?.prepare?.(vault, { client, contact });
	return vault.commit(
		(state) => ({
			put: {
				...enrolment?.put(state, { client, contact }),
				clients: [client],
				contacts: contact ? [contact] : [],
				clientChanges,
			},
		}),
		{ what: 'client added', count: 1, canUndo: true },
		{
			needs: [...new Set([...(enrolment?.needs ?? []), ...ownNeeds])],
			isStrict: enrolment !== undefined,
		},
	);
}

const ownNeeds = ['clients', 'contacts', 'clientChanges'] as const;

/** What the undo of an added client did. */
export interface TakenAway {
	/** She stays where somebody changed her, or added to her, since. */
	isGone: boolean;
	/** Invitations that were called back, and those that had left. */
	calledBack: number;
	left: number;
}

/**
 * Takes back a client who was just added, with all that came along. An invitation that has not left is
 * called back; one that has stays in the Outbox. Throws VaultProblem.
 */
export async function undoAddedClient(
	vault: Vault,
	entryId: string,
	now: number,
): Promise<TakenAway> {
	let result: TakenAway = { isGone: false, calledBack: 0, left: 0 };
	await vault.undo(
		entryId,
		{ what: 'client taken back', count: 1 },
		{
			keeps: (_now, name) => !comesAndGoes.has(name),
			belongings: ['contacts', 'portalUsers'],
			needs: ['clients', 'contacts', 'portalUsers', 'invitations', 'messages'],
			also: (state, { steps: [{ removed }] }) => {
				const ids = new Set(removed.clients ?? []);
				const messages = state
					.rows('messages')
					.filter(({ clientId }) => ids.has(clientId))
					.flatMap((message) => cancel(message, now) ?? []);
				const left = state
					.rows('messages')
					.filter(({ clientId, state }) => ids.has(clientId) && isOut.has(state)).length;
				result = { isGone: ids.size > 0, calledBack: messages.length, left };
				return { put: { messages } };
			},
		},
	);
	return result;
}

/** The secret that keys are derived with, frozen letters and what was sent outlive any client. */
const comesAndGoes: ReadonlySet<string> = new Set(['clients', 'contacts', 'portalUsers']);
const isOut: ReadonlySet<string> = new Set(['sending', 'sent', 'unconfirmed']);

/** Without blanks around, and one where there were several. */
export const tidy = (text: string) => text.replace(/\s+/gu, ' ').trim();
