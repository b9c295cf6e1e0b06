import { fullName } from './client.ts';
import {
	hasLookAlikeLetters,
	isEmailAddress,
	looksMistyped,
	normaliseEmailAddress,
} from './email-address.ts';
import type { Addressee } from './guardians.ts';
import { inboxOf } from './inbox.ts';
import type { ClientAnswer, Standing, Standings } from './invitation-standing.ts';
import type { JudgedClients } from './judged-clients.ts';
import type { MarksAt, UserMarks } from './marked-users.ts';
import type { Facts } from './report-facts.ts';
import type { Reason, ReasonKind, Unguarded } from './report-reasons.ts';
import { isOwnInbox } from './usual-address.ts';

const noReasons: readonly Reason[] = Object.freeze([]);

/** What parts clients in a report about those who were written to before. */
export interface ReportRules {
	/** Why she is not among them. `marks`: of the guardian who is written to. */
	leaveOut: (client: Facts, inbox: string, marks: UserMarks | undefined) => readonly Reason[];
	/** What stands against writing to her once more. */
	hold: (client: Facts, inbox: string, marks: UserMarks | undefined) => readonly Reason[];
	/** That mail came back leaves her out, as it does of the first report; else it holds her. */
	isBounceFinal: boolean;
	/** Inboxes at which others than those of this report were invited: inbox → client. */
	clientByInbox: ReadonlyMap<string, string>;
}

export function unguardedBy(guardian: Addressee | undefined): Unguarded['kind'] | undefined {
	if (!guardian) return 'minor-without-guardian';
	return guardian.emailAddress === '' ? 'guardian-without-address' : undefined;
}

/**
 * Judges one client, who is written to by way of a guardian where there is one. Returns the inbox that
 * others there are to know of: of a client who is listed, or who refused mail.
 */
export type Judge = (
	index: number,
	client: Facts,
	guardian: Addressee | undefined,
	unguarded: Unguarded['kind'] | undefined,
) => string | undefined;

export interface Judging {
	rules: ReportRules | undefined;
	marksAt: MarksAt | undefined;
	/** A `usualAddressTest`. */
	isUsualAddress: (emailAddress: string) => boolean;
}

export function judgeOf(
	judged: JudgedClients,
	standings: Standings,
	now: number,
	{ rules, marksAt, isUsualAddress }: Judging,
): Judge {
	return (index, client, guardian, unguarded) => {
		// A guardian without an address may be reached at the one that the client's own profile has.
		const address = guardian?.emailAddress || client.emailAddress;
		const isKnown = !rules && standings.byClient.size > 0;
		const standing = isKnown ? standings.byClient.get(client.id) : undefined;
		const answer = standings.answers.size > 0 ? standings.answers.get(client.id) : undefined;
		const isUsual = isUsualAddress(address);
		const isAddress = isUsual || isEmailAddress(address.trim());
		const isPlain = isUsual && isOwnInbox(address);
		const inbox = isPlain ? address : isAddress ? inboxOf(address) : '';
		const isBounceFinal = rules?.isBounceFinal ?? true;
		const marks = guardian && marksAt?.(client.id, inbox);
		const hasRefused = client.isDoNotEmail || hasGuardianRefused(marks, answer, inbox);
		const leaving = { standing, answer, marks, hasRefused, isAddress, isBounceFinal, now };
		const ruledOut = rules?.leaveOut(client, inbox, marks) ?? noReasons;
		const leftOut = withRules(reasonsToLeaveOut(client, leaving), ruledOut);
		const about = { address, inbox, isUsual, guardian, unguarded, answer };
		const doubts = reasonsToHold(client, standing, about);
		const isOfRules = rules && ruledOut.length === 0;
		const held = isOfRules ? [...rules.hold(client, inbox, marks), ...doubts] : doubts;
		if (!isUsual || guardian || inbox !== address) judged.keepInbox(index, inbox);
		if (guardian) judged.keepAddressee(index, reachedAt(guardian, address.trim()));
		if (leftOut.length > 0) {
			judged.put(index, 'left-out', [...leftOut, ...held]);
			// Who refused mail refused it for the inbox: whoever else is there is looked at.
			return hasRefused && inbox !== '' ? inbox : undefined;
		}
		if (held.length > 0) judged.put(index, 'held', held);
		return inbox;
	};
}

function reachedAt(guardian: Addressee, emailAddress: string): Addressee {
	return guardian.emailAddress === emailAddress ? guardian : { ...guardian, emailAddress };
}

/** What is for good stands first, then what the report's own rules say, then what a person may mend. */
function withRules(reasons: readonly Reason[], own: readonly Reason[]) {
	if (own.length === 0) return reasons;
	const at = reasons.findIndex(({ kind }) => isMended.has(kind));
	return at < 0 ? [...reasons, ...own] : reasons.toSpliced(at, 0, ...own);
}

const isMended: ReadonlySet<ReasonKind> = new Set([
	'inactive',
	'no-address',
	'not-an-address',
	'bounced',
]);

interface LeavingOut {
	standing: Standing | undefined;
	answer: ClientAnswer | undefined;
	/** Of the guardian who is written to. */
	marks: UserMarks | undefined;
	/** She, or that guardian, asked not to be emailed. */
	hasRefused: boolean;
	isAddress: boolean;
	isBounceFinal: boolean;
	now: number;
}

function reasonsToLeaveOut(
	client: Facts,
	{ standing, answer, marks, hasRefused, isAddress, isBounceFinal, now }: LeavingOut,
): readonly Reason[] {
	const { status } = client;
	const hasBounced = client.hasBounced && isBounceFinal;
	const isGone = status === 'inactive' || status === 'archived';
	const isMailed = standing?.kind === 'waiting' || standing?.kind === 'invited';
	const revokedAt = client.portalRevokedAt;
	const isBarred =
		client.isDeceased || hasRefused || client.hasJoinedPortal || revokedAt !== undefined || marks;
	const hasDeclined = answer?.kind === 'declined';
	// Most clients of a practice have nothing against them: 100,000 empty arrays would be for nothing.
	if (isAddress && !isGone && !isMailed && !isBarred && !hasDeclined && !hasBounced)
		return noReasons;
	const reasons: Reason[] = [];
	if (client.isDeceased) reasons.push({ kind: 'deceased' });
	if (hasRefused) reasons.push({ kind: 'do-not-email' });
	if (client.hasJoinedPortal) reasons.push(joinedReason(client));
	else if (marks && marks.joinedAt > 0) reasons.push({ kind: 'joined', isGuardian: true });
	if (revokedAt !== undefined) reasons.push({ kind: 'revoked', at: revokedAt });
	else if (marks && marks.revokedAt > 0)
		reasons.push({ kind: 'revoked', at: marks.revokedAt, isGuardian: true });
	if (hasDeclined) reasons.push({ kind: 'declined', at: answer.at });
	if (standing?.kind === 'waiting') reasons.push({ kind: 'waiting', since: standing.since });
	if (standing?.kind === 'invited') reasons.push(invitedReason(standing, now));
	if (isGone) reasons.push({ kind: 'inactive', status });
	if (!isAddress) reasons.push(addressReason(client.emailAddress));
	if (hasBounced) reasons.push({ kind: 'bounced' });
	if (isBounceFinal && marks && marks.bouncedAt > 0)
		reasons.push({ kind: 'bounced', isGuardian: true });
	return reasons;
}

/** She answered so for herself: what she may see for the client ended with it, until a person gives it again. */
function hasGuardianRefused(
	marks: UserMarks | undefined,
	answer: ClientAnswer | undefined,
	inbox: string,
): boolean {
	return (
		marks !== undefined &&
		marks.revokedAt > 0 &&
		answer?.kind === 'do-not-email' &&
		answer.inbox === inbox
	);
}

function joinedReason({ joinedSource }: Facts): Reason {
	const reason: Reason = { kind: 'joined', toldAt: joinedSource?.toldAt };
	return joinedSource?.kind === 'receipt' ? { ...reason, isAnswer: true } : reason;
}

function invitedReason(
	{ at, expiresAt, isReminded }: Extract<Standing, { kind: 'invited' }>,
	now: number,
): Reason {
	const reason: Reason = { kind: 'already-invited', at };
	if (isReminded) reason.isReminded = true;
	if (expiresAt <= now) reason.isExpired = true;
	return reason;
}

function addressReason(text: string): Reason {
	if (text.trim() === '') return { kind: 'no-address' };
	return { kind: 'not-an-address', suggestion: looksMistyped(text) };
}

function reasonsToHold(
	client: Facts,
	standing: Standing | undefined,
	{
		address,
		inbox,
		isUsual,
		guardian,
		unguarded,
		answer,
	}: {
		address: string;
		inbox: string;
		isUsual: boolean;
		guardian: Addressee | undefined;
		unguarded: Unguarded['kind'] | undefined;
		answer: ClientAnswer | undefined;
	},
): readonly Reason[] {
	const written = isUsual || inbox === '' ? '' : normaliseEmailAddress(address);
	const suggestion = written === '' ? '' : looksMistyped(written);
	const hasLookAlikes = written !== '' && hasLookAlikeLetters(written);
	const isNameless = guardian
		? guardian.name === ''
		: !client.firstName && !client.preferredName && fullName(client) === '';
	// A refusal spoke of the address of that time: a corrected one is a new start.
	const refusal = standing?.kind === 'refused' && standing.inbox === inbox ? standing : undefined;
	const maybe = standing?.kind === 'maybe' && standing.inbox === inbox ? standing : undefined;
	const notHers = answer?.kind === 'not-mine' && answer.inbox === inbox ? answer : undefined;
	const isDoubted = unguarded || isNameless || hasLookAlikes || suggestion !== '' || notHers;
	if (!isDoubted && !refusal && !maybe) return noReasons;
	const reasons: Reason[] = [];
	if (refusal) reasons.push({ kind: 'refused', at: refusal.at, why: refusal.why });
	if (maybe) reasons.push({ kind: 'may-have-arrived', at: maybe.at });
	if (notHers) reasons.push({ kind: 'not-hers', at: notHers.at });
	if (unguarded) reasons.push({ kind: unguarded });
	if (suggestion) reasons.push({ kind: 'looks-mistyped', suggestion });
	if (hasLookAlikes) reasons.push({ kind: 'look-alike-letters' });
	if (isNameless) reasons.push({ kind: 'no-name' });
	return reasons;
}
