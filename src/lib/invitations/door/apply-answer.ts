import { cancel } from '$lib/domain/by-hand.ts';
import { noted, type Stamp } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import type { InvitationAnswer } from '$lib/domain/invitation.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';
import { isJoining, type Receipt } from '$lib/domain/welcome-receipt.ts';
import type { Changes, Snapshot, UndoReceipt, Vault } from '$lib/vault/types.ts';
import {
	answered,
	judgeAnswer,
	type AnswerVerdict,
	type ConcernedPerson,
	type JudgedAnswer,
} from './judge-answer.ts';

export interface AppliedAnswer {
	/** As it was when it was applied, or why it was not. */
	verdict: AnswerVerdict;
	/** Undoes it; '' where nothing was changed. */
	entryId: string;
}

/**
 * 'Apply': what a verified receipt says becomes a fact, in one commit that can be undone. A receipt is
 * applied once, however many tabs ask. Throws VaultProblem.
 */
export async function applyAnswer(
	vault: Vault,
	receipt: Receipt,
	now: number,
): Promise<AppliedAnswer> {
	const stamp: Stamp = { id: crypto.randomUUID(), at: now };
	let verdict: AnswerVerdict = { kind: 'unknown' };
	const done = await vault.commit(
		(state) => {
			verdict = judgeAnswer(state, receipt, now);
			if (verdict.kind !== 'ready') return undefined;
			return { put: changesBy(verdict.answer, receipt.claims.jti, stamp) };
		},
		{ what: 'answer applied', count: 1, canUndo: true },
		{ needs: answered, isStrict: true },
	);
	return { verdict, entryId: done?.entryId ?? '' };
}

/** What was called back with an answer stays called back. */
export function undoAnswer(vault: Vault, entryId: string): Promise<UndoReceipt> {
	// The history goes on.
	const keeps = (_now: Snapshot, name: string) => name === 'messages' || name === 'clientChanges';
	return vault.undo(entryId, { what: 'answer taken back', count: 1 }, { keeps });
}

function changesBy(
	{ kind, at, people, invitations, waiting }: JudgedAnswer,
	receiptId: string,
	stamp: Stamp,
): Changes['put'] {
	const now = stamp.at;
	const answer: InvitationAnswer = { kind, at, receiptId, appliedAt: now };
	const clients: Client[] = [];
	const portalUsers: PortalUser[] = [];
	for (const person of people) {
		const changed = factsOf(person, answer);
		if (changed.client) clients.push(changed.client);
		if (changed.user) portalUsers.push(changed.user);
	}
	return {
		invitations: invitations.map((one) => ({ ...one, answers: [...(one.answers ?? []), answer] })),
		clients,
		portalUsers,
		clientChanges: [
			noted(
				'answered',
				people.map(({ client }) => client),
				stamp,
				kind === 'do-not-email' ? ['isDoNotEmail'] : [],
			),
		],
		messages: isJoining(kind) ? [] : waiting.flatMap((message) => cancel(message, now) ?? []),
	};
}

/** What the report and the client's page look at. That she declined is read off the invitation. */
function factsOf(
	{ client, user, isAddressee, isSameInbox }: ConcernedPerson,
	{ kind, at }: InvitationAnswer,
): { client?: Client; user?: PortalUser } {
	// Somebody else's answer says nothing of the client herself.
	if (user) {
		if (kind === 'joined') return { user: { ...user, joinedAt: at } };
		return kind === 'would-like' ? {} : { user: { ...user, revokedAt: at } };
	}
	if (kind === 'joined' && isAddressee && !client.hasJoinedPortal)
		return {
			client: {
				...client,
				hasJoinedPortal: true,
				joinedSource: { column: '', toldAt: at, kind: 'receipt' },
			},
		};
	// Where her address was changed since, somebody else may have asked.
	if (kind === 'do-not-email' && isSameInbox) return { client: { ...client, isDoNotEmail: true } };
	return {};
}
