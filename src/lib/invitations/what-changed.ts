import { isEqual } from '$lib/domain/equal.ts';
import type { InvitationHistory } from '$lib/domain/invitation-history.ts';
import type { ReportKind } from '$lib/domain/report-kind.ts';
import type { Professional } from '$lib/domain/professional.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import type { InvitationSettings, PracticeSettings } from '$lib/domain/settings/practice.ts';
import type { PortalDoorSettings } from '$lib/domain/settings/portal-door.ts';
import type { RelaySettings } from '$lib/domain/settings/relay.ts';
import type { Wording } from '$lib/domain/wording.ts';
import type { Notes } from './editor/notes.ts';
import { counted, people } from './in-words.ts';

/** What the last dialog asks about: all that decides who gets what, from whom and when. */
export interface Question {
	/** Of which report; left out, of who was never invited. */
	kind?: ReportKind;
	/** What was sent before to those of the other reports. */
	histories?: ReadonlyMap<string, InvitationHistory>;
	rows: readonly ReportRow[];
	template: Wording;
	/** What is written to single clients, by their ids. */
	notes?: Notes;
	practice: PracticeSettings;
	relay: RelaySettings;
	invitation: InvitationSettings;
	/** Where the links go. */
	door?: PortalDoorSettings;
	/** Whose own addresses answers go to, and whose credentials are named. */
	professionals?: readonly Professional[];
}

/** In words, one a line, what differs between the question that was asked and the one to be asked now. */
export function whatChanged(asked: Question, now: Question): string[] {
	const words = changedRows(asked.rows, now.rows);
	if (!isEqual(pick(asked.template), pick(now.template))) words.push('The message was changed.');
	if (!isEqual(asked.notes ?? {}, now.notes ?? {})) words.push('A note was changed.');
	if (!isEqual(asked.practice, now.practice)) words.push('The practice details were changed.');
	if (!isEqual(asked.relay, now.relay)) words.push('The email relay was changed.');
	if (!isEqual(asked.professionals ?? [], now.professionals ?? []))
		words.push('What is known about the professionals was changed.');
	if (!isEqual(asked.door, now.door)) words.push('Where the links go was changed.');
	if (asked.invitation.undoWindowMs !== now.invitation.undoWindowMs)
		words.push('The time to undo a sending was changed.');
	if (asked.invitation.expiryDays !== now.invitation.expiryDays)
		words.push('The days until an invitation expires were changed.');
	return words;
}

/** What is written, without who has read it. */
function pick(wording: Wording) {
	return [wording, ...(wording.others ?? [])].map(({ subject, body, language }) => ({
		subject,
		body,
		language,
	}));
}

function changedRows(asked: readonly ReportRow[], now: readonly ReportRow[]): string[] {
	if (asked === now) return [];
	const before = new Map(asked.map((row) => [row.client.id, row]));
	let added = 0;
	let changed = 0;
	for (const row of now) {
		const old = before.get(row.client.id);
		if (!old) added++;
		else if (!isSameRow(old, row)) changed++;
	}
	const gone = asked.length - (now.length - added);
	const words: string[] = [];
	if (added > 0) words.push(`${people(added)} ${added === 1 ? 'was' : 'were'} added.`);
	if (gone > 0) words.push(`${people(gone)} ${gone === 1 ? 'is' : 'are'} no longer among them.`);
	if (changed > 0)
		words.push(`What is known about ${counted(changed, 'person', 'people')} was changed.`);
	return words;
}

function isSameRow(a: ReportRow, b: ReportRow): boolean {
	if (a === b) return true;
	return (
		a.class === b.class &&
		a.inbox === b.inbox &&
		a.isOneEach === b.isOneEach &&
		isEqual(a.reasons, b.reasons) &&
		isEqual(a.addressee, b.addressee) &&
		isEqual(a.client, b.client)
	);
}
