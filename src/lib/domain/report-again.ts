import { presentIds } from './former-ids.ts';
import { inboxOf } from './inbox.ts';
import {
	invitationHistories,
	type InvitationHistories,
	type InvitationHistory,
} from './invitation-history.ts';
import type { UserMarks } from './marked-users.ts';
import type { Facts } from './report-facts.ts';
import type { ReportRules } from './report-judge.ts';
import type { Reason } from './report-reasons.ts';
import { buildReport, type Report, type ReportInput } from './report.ts';
import { verdictAt } from './resend.ts';
import { asTable } from './table.ts';

/** A report about those who were written to before, with what was sent to them. */
export interface ReportAgain extends Report {
	histories: ReadonlyMap<string, InvitationHistory>;
}

const dayMs = 24 * 60 * 60_000;
/** An invitation that ends within this time is reason enough for a reminder. */
export const expiringMs = 7 * dayMs;

const none: readonly Reason[] = Object.freeze([]);

type Input = Omit<ReportInput, 'rules'>;

/** Who was invited more than `afterDays` ago, or whose invitation ends soon or has ended, and has not joined. */
export function buildReminderReport(input: Input, afterDays: number): ReportAgain {
	const histories = historiesOf(input);
	const { byClient } = histories;
	const { now } = input;
	const rules: ReportRules = {
		isBounceFinal: true,
		clientByInbox: new Map(),
		leaveOut(client, inbox) {
			const history = byClient.get(client.id);
			if (!history) return [{ kind: 'never-invited' }];
			if (history.waitingSince > 0) return [{ kind: 'waiting', since: history.waitingSince }];
			if (history.letters === 0) return [{ kind: 'never-invited' }];
			if (isMendedSince(client, history)) return [{ kind: 'bounce-mended' }];
			const elsewhere = addressElsewhere(history, inbox);
			if (elsewhere) return [{ ...elsewhere, kind: 'address-changed' }];
			const isDue = now - history.firstAt >= afterDays * dayMs || endsSoon(history, now);
			return isDue ? none : [{ kind: 'not-due', at: history.firstAt }];
		},
		hold(client, inbox) {
			const history = byClient.get(client.id);
			if (!history) return none;
			const reasons = pauseReasons(histories, inbox, now);
			const { letters, lastAt, expiresAt } = history;
			const isFresh = letters > 1 && now - lastAt < afterDays * dayMs && expiresAt > now;
			if (reasons.length === 0 && isFresh) reasons.push({ kind: 'reminded', at: lastAt });
			return withRefusal(reasons, history, inbox);
		},
	};
	return { ...buildReport({ ...input, rules }), histories: byClient };
}

/** Whose mail came back or was refused, or who has another address by now than the one that was written to. */
export function buildReturnedReport(input: Input): ReportAgain {
	const histories = historiesOf(input);
	const { byClient } = histories;
	const { now } = input;
	const isReturned = (client: Facts, inbox: string, marks: UserMarks | undefined) => {
		const history = byClient.get(client.id);
		return (
			client.hasBounced ||
			hasBounced(marks) ||
			(history !== undefined &&
				(history.refused !== undefined ||
					isMendedSince(client, history) ||
					addressElsewhere(history, inbox) !== undefined))
		);
	};
	const rules: ReportRules = {
		isBounceFinal: false,
		clientByInbox: reachedInboxes(input, histories),
		leaveOut(client, inbox, marks) {
			const history = byClient.get(client.id);
			if (history && history.waitingSince > 0)
				return [{ kind: 'waiting', since: history.waitingSince }];
			if (isReturned(client, inbox, marks)) return none;
			if (!history || history.letters === 0) return [{ kind: 'never-invited' }];
			return [{ kind: 'not-returned', at: history.firstAt }];
		},
		hold(client, inbox, marks) {
			if (hasBounced(marks)) return [{ kind: 'bounced', isGuardian: true }];
			if (client.hasBounced) return [{ kind: 'bounced' }];
			const history = byClient.get(client.id);
			if (!history) return none;
			const reasons = pauseReasons(histories, inbox, now);
			const elsewhere = isMendedSince(client, history)
				? undefined
				: addressElsewhere(history, inbox);
			if (elsewhere) reasons.push(elsewhere);
			return withRefusal(reasons, history, inbox);
		},
	};
	return { ...buildReport({ ...input, rules }), histories: byClient };
}

function historiesOf({ invitations, messages, clients }: Input): InvitationHistories {
	return invitationHistories(invitations, messages, presentIds(asTable(clients)));
}

/** Whether an invitation ends within a week, or has ended. `now`: epoch milliseconds. */
export function endsSoon(
	{ expiresAt }: Pick<InvitationHistory, 'expiresAt'>,
	now: number,
): boolean {
	return expiresAt <= now + expiringMs;
}

function hasBounced(marks: UserMarks | undefined): boolean {
	return marks !== undefined && marks.bouncedAt > 0;
}

function isMendedSince(
	{ bounceMendedAt }: Pick<Facts, 'bounceMendedAt'>,
	{ lastAt }: InvitationHistory,
): boolean {
	return bounceMendedAt !== undefined && bounceMendedAt > lastAt;
}

/** Mail cannot go to '', so that this is no other address. */
function addressElsewhere(
	{ inboxes }: InvitationHistory,
	inbox: string,
): Extract<Reason, { kind: 'invited-elsewhere' }> | undefined {
	const address = inboxes.at(-1);
	if (address === undefined || inbox === '' || inboxes.includes(inbox)) return undefined;
	return { kind: 'invited-elsewhere', address };
}

/** What the pause after a mail to her inbox asks for, to whomever it was. */
function pauseReasons(histories: InvitationHistories, inbox: string, now: number): Reason[] {
	const last = histories.lastByInbox.get(inbox) ?? 0;
	switch (verdictAt(histories, inbox, now).kind) {
		case 'waiting':
			return [{ kind: 'inbox-waiting' }];
		case 'too-soon':
			return [{ kind: 'just-written', at: last }];
		case 'once-a-day':
			return [{ kind: 'written-today', at: last }];
		case 'now':
			return [];
	}
}

/** A refusal spoke of the address of that time: a corrected one is a new start. */
function withRefusal(
	reasons: readonly Reason[],
	{ refused }: InvitationHistory,
	inbox: string,
): readonly Reason[] {
	if (refused?.inbox !== inbox || !refused) return reasons;
	return [{ kind: 'refused', at: refused.at, why: refused.why }, ...reasons];
}

/** Inboxes at which somebody was reached whose mail neither came back nor was refused. */
function reachedInboxes(
	{ clients, invitations }: Input,
	{ byClient }: InvitationHistories,
): ReadonlyMap<string, string> {
	const returned = new Set<string>();
	for (const part of asTable(clients).parts) {
		const ids = part.column('id');
		const bounces = part.column('hasBounced');
		const mendings = part.column('bounceMendedAt');
		for (let index = 0; index < part.length; index++)
			if (bounces.at(index) || mendings.at(index) !== undefined) returned.add(ids.at(index));
	}
	const present = presentIds(asTable(clients));
	const inboxes = new Map<string, string>();
	for (const { clientId, emailAddress } of invitations) {
		const id = present.get(clientId) ?? clientId;
		const history = byClient.get(id);
		if (returned.has(id) || !history || history.refused) continue;
		const inbox = inboxOf(emailAddress);
		if (history.inboxes.includes(inbox) && !inboxes.has(inbox)) inboxes.set(inbox, id);
	}
	return inboxes;
}
