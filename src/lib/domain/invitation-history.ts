import { inboxOf } from './inbox.ts';
import { standingAnswer, type Invitation } from './invitation.ts';
import type { Message } from './message.ts';
import { carriersOf } from './portal-user.ts';

/** What was sent to a client so far, and what became of it. Times in epoch milliseconds, 0: never. */
export interface InvitationHistory {
	/** The first and the last time that a letter left for her. */
	firstAt: number;
	lastAt: number;
	/** How many left; each after the first reminded her. */
	letters: number;
	/** When the last of her invitations ends. */
	expiresAt: number;
	/** Since when a letter is on its way, or waits for a person. */
	waitingSince: number;
	/** The inboxes that letters left for, the last one last. */
	inboxes: readonly string[];
	/** Her newest letter, where a relay refused it. */
	refused?: { at: number; inbox: string; why: string };
}

export interface InvitationHistories {
	byClient: ReadonlyMap<string, InvitationHistory>;
	/** The last time that a letter left, or may have left, for an inbox, whoever it was for. */
	lastByInbox: ReadonlyMap<string, number>;
	/** Inboxes that a letter is about to leave for, whoever it is for. */
	leaving: ReadonlySet<string>;
}

/**
 * The history of every client who was ever written to, by present id. What came to somebody else, as she
 * answered, does not count as hers unless it still waits.
 */
export function invitationHistories(
	invitations: readonly Invitation[],
	messages: readonly Message[],
	presentIds: ReadonlyMap<string, string>,
): InvitationHistories {
	const carriers = carriersOf(invitations, messages);
	const byClient = new Map<string, InvitationHistory>();
	/** By client, her invitations that were looked at: two of them may share a letter. */
	const earlier = new Map<string, string[]>();
	for (const invitation of invitations) {
		const clientId = presentIds.get(invitation.clientId) ?? invitation.clientId;
		const isHers = standingAnswer(invitation)?.kind !== 'not-mine';
		const known = byClient.get(clientId);
		const history = known ?? nothing();
		const others = earlier.get(clientId) ?? [];
		if (!known) {
			byClient.set(clientId, history);
			earlier.set(clientId, [invitation.id]);
		}
		const letters = carriers.get(invitation.id) ?? [];
		const inbox = inboxOf(invitation.emailAddress);
		// Without any message left to ask, the invitation itself says that it was made.
		if (letters.length === 0 && isHers) noteSent(history, invitation.invitedAt, inbox, invitation);
		for (const message of letters) {
			if (others.some((id) => carriers.get(id)?.includes(message))) {
				if (message.state === 'sent' && isHers) noteEnd(history, invitation);
				continue;
			}
			note(history, message, inbox, isHers ? invitation : undefined);
		}
		if (known) others.push(invitation.id);
	}
	return { byClient, ...byInbox(messages) };
}

function nothing(): InvitationHistory {
	return { firstAt: 0, lastAt: 0, letters: 0, expiresAt: 0, waitingSince: 0, inboxes: [] };
}

/** `invitation`: undefined where it came to somebody else. */
function note(
	history: InvitationHistory,
	message: Message,
	inbox: string,
	invitation: Invitation | undefined,
): void {
	switch (message.state) {
		case 'queued':
		case 'sending':
		case 'held':
		case 'unconfirmed':
			history.waitingSince = Math.max(history.waitingSince, message.queuedAt);
			return;
		case 'sent':
			if (invitation) noteSent(history, message.settledAt || message.queuedAt, inbox, invitation);
			return;
		case 'failed':
			if (invitation && message.settledAt > history.lastAt && isNewer(message, history))
				history.refused = { at: message.settledAt, inbox, why: message.reason };
			return;
		case 'cancelled':
			return;
	}
}

function isNewer({ settledAt }: Message, { refused }: InvitationHistory): boolean {
	return !refused || settledAt >= refused.at;
}

function noteSent(
	history: InvitationHistory,
	at: number,
	inbox: string,
	invitation: Pick<Invitation, 'expiresAt'>,
): void {
	history.letters += 1;
	history.firstAt = history.firstAt === 0 ? at : Math.min(history.firstAt, at);
	const isLast = at >= history.lastAt;
	history.lastAt = Math.max(history.lastAt, at);
	if (history.inboxes.length === 0) history.inboxes = [inbox];
	else if (history.inboxes.at(-1) !== inbox) {
		const others = history.inboxes.filter((one) => one !== inbox);
		history.inboxes = isLast ? [...others, inbox] : [inbox, ...others];
	}
	// What was refused before a letter arrived is no news.
	if (history.refused && history.refused.at <= at) delete history.refused;
	noteEnd(history, invitation);
}

function noteEnd(history: InvitationHistory, { expiresAt }: Pick<Invitation, 'expiresAt'>): void {
	history.expiresAt = Math.max(history.expiresAt, expiresAt);
}

function byInbox(
	messages: readonly Message[],
): Pick<InvitationHistories, 'lastByInbox' | 'leaving'> {
	const last = new Map<string, number>();
	const leaving = new Set<string>();
	for (const { state, settledAt, queuedAt, maybeSentAt, toAddress } of messages) {
		if (state === 'queued' || state === 'sending') leaving.add(inboxOf(toAddress));
		const at = state === 'sent' ? settledAt || queuedAt : state === 'unconfirmed' ? maybeSentAt : 0;
		if (at === 0) continue;
		const inbox = inboxOf(toAddress);
		last.set(inbox, Math.max(last.get(inbox) ?? 0, at));
	}
	return { lastByInbox: last, leaving };
}

/** Where an invited client stands, by what was sent alone. `now`: epoch milliseconds. */
export type HistoryState = 'never' | 'queued' | 'invited' | 'reminded' | 'expired';

export function historyState(history: InvitationHistory | undefined, now: number): HistoryState {
	if (!history) return 'never';
	if (history.waitingSince > 0) return 'queued';
	if (history.letters === 0) return 'never';
	if (history.expiresAt <= now) return 'expired';
	return history.letters > 1 ? 'reminded' : 'invited';
}
