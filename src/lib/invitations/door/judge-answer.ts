import { fullName, greetingName, type Client } from '$lib/domain/client.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { idsOf } from '$lib/domain/former-ids.ts';
import { standingAnswer, type Invitation, type InvitationAnswer } from '$lib/domain/invitation.ts';
import { repeatedBy, type Message } from '$lib/domain/message.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';
import { isJoining, type AnswerKind, type Receipt } from '$lib/domain/welcome-receipt.ts';
import { presentClient } from '$lib/vault/present-client.ts';
import type { Snapshot } from '$lib/vault/types.ts';

/** Collections that an answer reads or changes. */
export const answered = [
	'clients',
	'portalUsers',
	'invitations',
	'messages',
	'clientChanges',
] as const;

/** Somebody whom an answer concerns. */
export interface ConcernedPerson {
	invitation: Invitation;
	client: Client;
	/** Who got the letter for this client, where that was somebody else. */
	user: PortalUser | undefined;
	/** The letter was to her by name; the others share its inbox. */
	isAddressee: boolean;
	/** The inbox still is hers. */
	isSameInbox: boolean;
}

export interface JudgedAnswer {
	kind: AnswerKind;
	/** When it was given, epoch milliseconds: never before the invitation, never after now. */
	at: number;
	/** What the letter called her. */
	name: string;
	people: readonly ConcernedPerson[];
	invitations: readonly Invitation[];
	/** Letters of this invitation that have not left yet. */
	waiting: readonly Message[];
	/** Another answer that stands for this invitation. */
	before: InvitationAnswer | undefined;
}

export type AnswerVerdict =
	| { kind: 'ready'; answer: JudgedAnswer }
	/** This very receipt was applied before. */
	| { kind: 'applied'; answer: JudgedAnswer; appliedAt: number }
	/** Joining was said after the invitation had ended. */
	| { kind: 'too-late'; answer: JudgedAnswer; endedAt: number }
	/** The invitation, or everybody whom it was for, is not here. */
	| { kind: 'unknown' };

/** What a receipt of ours means for the practice as it is. `now`: epoch milliseconds. */
export function judgeAnswer(state: Snapshot, receipt: Receipt, now: number): AnswerVerdict {
	const { token, claims } = receipt;
	const invitations = state.rows('invitations').filter(({ code }) => code === token.claims.jti);
	const [first] = invitations;
	if (!first) return { kind: 'unknown' };
	const addressedId = addressedIn(state, receipt, invitations) ?? first.id;
	const people = invitations.flatMap((invitation) => {
		const person = personOf(state, invitation);
		return person ? [{ ...person, isAddressee: invitation.id === addressedId }] : [];
	});
	const addressee = invitations.find(({ id }) => id === addressedId) ?? first;
	const answer: JudgedAnswer = {
		kind: claims.answer,
		at: Math.min(Math.max(claims.iat, token.claims.iat) * 1000, now),
		name: token.claims.name,
		people,
		invitations,
		waiting: waitingOf(state, invitations),
		before: standingAnswer(addressee),
	};
	const same = addressee.answers?.find(({ receiptId }) => receiptId === claims.jti);
	if (same) return { kind: 'applied', answer, appliedAt: same.appliedAt };
	if (people.length === 0) return { kind: 'unknown' };
	const endedAt = Math.max(token.claims.exp * 1000, first.expiresAt);
	if (isJoining(claims.answer) && claims.iat * 1000 > endedAt)
		return { kind: 'too-late', answer, endedAt };
	return { kind: 'ready', answer };
}

/** Whose letter held the link that was answered: members of a household may each have had one. */
function addressedIn(
	state: Snapshot,
	{ text }: Receipt,
	invitations: readonly Invitation[],
): string | undefined {
	const [token = ''] = text.split('~');
	const ids = new Set(invitations.map(({ id }) => id));
	const letter = state
		.rows('messages')
		.find(
			({ invitationId, fields }) =>
				ids.has(invitationId) && fields.some((value) => value.endsWith(`/${token}`)),
		);
	const shared = state.get('messages', invitations[0]?.messageId ?? '');
	return (letter ?? shared)?.invitationId;
}

function waitingOf(state: Snapshot, invitations: readonly Invitation[]): Message[] {
	const ids = new Set(invitations.map(({ id }) => id));
	const carriers = new Set(invitations.map(({ messageId }) => messageId));
	return state
		.rows('messages')
		.filter(
			(message) =>
				(message.state === 'queued' || message.state === 'held') &&
				(repeatedBy(message).some((id) => ids.has(id)) || carriers.has(message.id)),
		);
}

function personOf(
	state: Snapshot,
	invitation: Invitation,
): Omit<ConcernedPerson, 'isAddressee'> | undefined {
	const client = presentClient(state, invitation.clientId);
	if (!client) return undefined;
	const inbox = normaliseEmailAddress(invitation.emailAddress);
	const isSameInbox = normaliseEmailAddress(client.emailAddress) === inbox;
	const ids = idsOf(client);
	const user = isSameInbox
		? undefined
		: state
				.rows('portalUsers')
				.find(
					({ id, clientId, emailAddress }) =>
						ids.includes(clientId) &&
						!ids.includes(id) &&
						normaliseEmailAddress(emailAddress) === inbox,
				);
	return { invitation, client, user, isSameInbox };
}

/** "Maya Okafor", for the screen. */
export function nameOf({ client, user }: Pick<ConcernedPerson, 'client' | 'user'>): string {
	return user?.name || fullName(client) || greetingName(client) || 'a client without a name';
}
