import type { JournalEntry } from '$lib/domain/journal.ts';

/** What a person did, by what its commit is called; other commits are the app's own housekeeping. */
const sentences: Record<string, (count: string, isOne: boolean) => string> = {
	import: (count, isOne) => `${count} ${isOne ? 'client was' : 'clients were'} imported`,
	'undo import': () => 'An import was undone',
	'portal status updated': (count, isOne) =>
		`The portal status of ${count} ${isOne ? 'client' : 'clients'} was updated from a file`,
	'portal status put back': () => 'An update of the portal status was undone',
	'client added': () => 'A client was added',
	'client taken back': () => 'The adding of a client was undone',
	'client edited': () => 'A client was edited',
	'clients edited': (count, isOne) => `${count} ${isOne ? 'client was' : 'clients were'} edited`,
	'clients deleted': (count, isOne) => `${count} ${isOne ? 'client was' : 'clients were'} deleted`,
	'clients converted to contacts': (count, isOne) =>
		`${count} ${isOne ? 'client was' : 'clients were'} turned into ${isOne ? 'a contact' : 'contacts'}`,
	'contact converted back': () => 'A contact became a client again',
	'clients merged': () => 'Two profiles were merged',
	'merged clients parted': () => 'Two merged profiles were parted',
	'change of clients taken back': () => 'A change of clients was undone',
	'edit of a client taken back': () => 'An edit of a client was undone',
	'contact saved': () => 'A contact was saved',
	'contact removed': () => 'A contact was removed',
	'portal user added': () => 'A portal user was added',
	'portal user marked': () => 'The state of a portal user was set by hand',
	'portal user changed': () => 'What a portal user may see was changed',
	'portal user put back': () => 'A change of a portal user was undone',
	'portal user taken back': () => 'The adding of a portal user was undone',
	'mark taken back': () => 'A mark of a portal user was undone',
	'professional added': () => 'A professional was added',
	'professional edited': () => 'A professional was edited',
	'professional deactivated': () => 'A professional was deactivated',
	'professional reactivated': () => 'A professional was reactivated',
	'change of a professional taken back': () => 'A change of a professional was undone',
	'answer applied': () => 'An answer to an invitation was applied',
	'answer taken back': () => 'An answer to an invitation was taken back',
	'links of invitations changed': () => 'Where the links of invitations go was changed',
	'invitation sent again': () => 'An invitation was sent again',
	'sample practice removed': () => 'The sample practice was removed',
	'sample practice put back': () => 'The sample practice was put back',
	'practice details saved': () => 'The practice details were changed',
	'email relay saved': () => 'The email relay was changed',
	'relay found': () => 'The email relay of this computer was set up',
	'settings put back': () => 'A change of the settings was undone',
	'invitations queued': (count, isOne) =>
		`${count} ${isOne ? 'invitation was' : 'invitations were'} put into the outbox`,
	'invitations called back': (count, isOne) =>
		`${count} ${isOne ? 'invitation was' : 'invitations were'} called back`,
	'invitation message changed': () => 'The invitation message was changed',
	'invitation message put back': () => 'A change of the invitation message was undone',
	'invitation message reset': () => 'The invitation message is the first one again',
	'invitation settings changed': () => 'The settings of invitations were changed',
	'backup restored': () => 'A backup was restored',
	'backup merged': () => 'A backup was merged',
	'restore undone': () => 'A restore was undone',
	'held messages released': (count, isOne) =>
		`${count} held ${isOne ? 'message was' : 'messages were'} released`,
	'messages cancelled': (count, isOne) =>
		`${count} ${isOne ? 'message was' : 'messages were'} cancelled`,
	'messages queued again': (count, isOne) =>
		`${count} ${isOne ? 'message was' : 'messages were'} queued again`,
	'messages marked as arrived': (count, isOne) =>
		`${count} ${isOne ? 'message was' : 'messages were'} marked as arrived`,
};

/** A journal entry in plain words; '' for what the app does by itself. */
export function journalWords({ what, count }: Pick<JournalEntry, 'what' | 'count'>): string {
	if (!Object.hasOwn(sentences, what)) return '';
	return sentences[what]?.(count.toLocaleString('en'), count === 1) ?? '';
}

/** The newest entries that a person cares about, newest first. */
export function newestEvents(
	journal: readonly JournalEntry[],
	most: number,
): { id: string; at: number; words: string }[] {
	const events = [];
	for (let index = journal.length - 1; index >= 0 && events.length < most; index -= 1) {
		const entry = journal[index] as JournalEntry;
		const words = journalWords(entry);
		// An import that changed nobody is no event.
		if (words && entry.count > 0) events.push({ id: entry.id, at: entry.at, words });
	}
	return events;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** "just now", "12 minutes ago", "at 09:05", or undefined for another day, which is best said as a date. */
export function timeInWords(at: number, now: number): string | undefined {
	const passedMs = now - at;
	if (passedMs < minuteMs) return 'just now';
	const minutes = Math.floor(passedMs / minuteMs);
	if (minutes < 60) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
	const then = new Date(at);
	if (passedMs > dayMs || then.getDate() !== new Date(now).getDate()) return undefined;
	const two = (number: number) => String(number).padStart(2, '0');
	return `today at ${two(then.getHours())}:${two(then.getMinutes())}`;
}
