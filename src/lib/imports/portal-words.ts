import type { PortalCounts } from '$lib/domain/import.ts';
import { countOf } from './counts-in-words.ts';
import { markNames, portalMarks, type PortalMark } from './portal-marks.ts';

/** What a mark is called, as a tab of the list and in a row. */
export const markWords: Record<PortalMark, string> = {
	joined: 'Joined',
	bounced: 'Mail bounced',
	doNotEmail: 'Do not email',
	archived: 'Archived',
	deceased: 'Deceased',
};

const becomes: Record<PortalMark, string> = {
	joined: 'has joined the portal',
	bounced: 'mail came back',
	doNotEmail: 'do not email',
	archived: 'archived',
	deceased: 'deceased',
};

/** What would change in one client: "has joined the portal, archived". */
export function marksInWords(marks: number): string {
	return markNames
		.filter((name) => marks & portalMarks[name])
		.map((name) => becomes[name])
		.join(', ');
}

/** How many clients get each mark, those with none left out. */
export function countMarks(marks: Uint8Array): { name: PortalMark; count: number }[] {
	return markNames
		.map((name) => {
			let count = 0;
			for (const bits of marks) if (bits & portalMarks[name]) count += 1;
			return { name, count };
		})
		.filter(({ count }) => count > 0);
}

export const updatedInWords = (count: number): string =>
	count === 0
		? 'Nobody was updated'
		: `${countOf(count, 'client')} ${count === 1 ? 'was' : 'were'} updated`;

/** What an update did, as a sentence: "12 clients were updated, 150 rows say nothing new." */
export function portalCountsInWords(counts: PortalCounts): string {
	const { updated, leftOut, unchanged, unclear, unknown } = counts;
	const parts = [updatedInWords(updated)];
	const add = (count: number, one: string, many: string) => {
		if (count > 0) parts.push(`${count.toLocaleString('en')} ${count === 1 ? one : many}`);
	};
	add(leftOut, 'was left as it was', 'were left as they were');
	add(unchanged, 'row says nothing new', 'rows say nothing new');
	add(unclear, 'row is unclear', 'rows are unclear');
	add(unknown, 'row matches nobody here', 'rows match nobody here');
	return `${parts.join(', ')}.`;
}

/** The words of a waiting message's notice. */
export function waitingInWords(count: number): string {
	return count === 1
		? '1 message to a client who has joined still waits in the Outbox. It was not called back: look at it there.'
		: `${countOf(count, 'message')} to clients who have joined still wait in the Outbox. They were not called back: look at them there.`;
}
