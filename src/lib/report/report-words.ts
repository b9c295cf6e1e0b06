import type { ReportKind } from '$lib/domain/report-kind.ts';
import type { Report, ReportClass } from '$lib/domain/report.ts';

const figure = (count: number) => count.toLocaleString('en');

/** The sentence under the title; '' where there are no clients at all. `isScoped`: not of everyone. */
export function leadInWords(
	counts: Readonly<Record<ReportClass, number>>,
	isScoped = false,
	kind: ReportKind = 'first',
): string {
	const listed = counts.ready + counts.held;
	if (listed + counts['left-out'] === 0) return '';
	if (kind === 'waiting') return remindersInWords(listed);
	if (kind === 'returned') return returnedInWords(listed);
	if (isScoped && listed === 0) return 'None of these clients is left to be invited.';
	if (isScoped)
		return `${figure(listed)} of these clients ${listed === 1 ? 'has' : 'have'} an address and ${listed === 1 ? 'has' : 'have'} never been invited.`;
	if (listed === 0) return 'Everybody who can be invited has been.';
	return `${figure(listed)} ${listed === 1 ? 'client has' : 'clients have'} an address and ${listed === 1 ? 'has' : 'have'} never been invited.`;
}

function remindersInWords(listed: number): string {
	if (listed === 0) return 'Nobody is due for a reminder.';
	return `${figure(listed)} ${listed === 1 ? 'client was invited, has not joined and is' : 'clients were invited, have not joined and are'} due for a reminder.`;
}

function returnedInWords(listed: number): string {
	if (listed === 0) return 'No mail came back, and none was refused.';
	return `Mail did not reach ${figure(listed)} ${listed === 1 ? 'client' : 'clients'}, or went to an address that is no longer theirs. Mend what is wrong, and invite them anew.`;
}

/** "Showing 42 clients whom you chose in Clients", and what is to be known of them, a sentence each. */
export function scopeInWords(
	{ counts, countByReason }: Pick<Report, 'counts' | 'countByReason'>,
	chosen: number,
): { title: string; notes: string[] } {
	const total = counts.ready + counts.held + counts['left-out'];
	const invited = (countByReason.waiting ?? 0) + (countByReason['already-invited'] ?? 0);
	const leftOut = counts['left-out'] - invited;
	const gone = chosen - total;
	const some = (count: number) =>
		count === total ? (total === 1 ? 'This one' : 'All of them') : `${figure(count)} of them`;
	const isOne = (count: number) => count === 1;
	const notes: string[] = [];
	if (invited > 0)
		notes.push(`${some(invited)} ${isOne(invited) ? 'has' : 'have'} an invitation already.`);
	if (leftOut > 0) notes.push(`${some(leftOut)} ${isOne(leftOut) ? 'is' : 'are'} left out.`);
	if (gone > 0)
		notes.push(
			`${figure(gone)} whom you chose ${isOne(gone) ? 'is' : 'are'} no longer among your clients.`,
		);
	return {
		title: `Showing ${figure(total)} ${isOne(total) ? 'client' : 'clients'} whom you chose in Clients`,
		notes,
	};
}

export interface BulkChoice {
	isChecked: boolean;
	changed: number;
	/** Of those checked, who had been held back, and who had been left out. */
	held: number;
	leftOut: number;
}

/** "31 checked. 2 of them had been held back, 1 had been left out." */
export function bulkInWords({ isChecked, changed, held, leftOut }: BulkChoice): string {
	const words = `${figure(changed)} ${isChecked ? 'checked' : 'unchecked'}.`;
	const parts = [
		[held, 'held back'],
		[leftOut, 'left out'],
	] as const;
	const notes = parts
		.filter(([count]) => count > 0)
		.map(([count, what]) => {
			if (changed === 1) return `This one had been ${what}`;
			return count === changed
				? `All had been ${what}`
				: `${figure(count)} of them had been ${what}`;
		});
	return notes.length > 0 ? `${words} ${notes.join(', ')}.` : words;
}
