import type { ReportClass } from '$lib/domain/report.ts';

const figure = (count: number) => count.toLocaleString('en');

/** The sentence under the title; '' where there are no clients at all. */
export function leadInWords(counts: Readonly<Record<ReportClass, number>>): string {
	const listed = counts.ready + counts.held;
	if (listed + counts['left-out'] === 0) return '';
	if (listed === 0) return 'Everybody who can be invited has been.';
	return `${figure(listed)} ${listed === 1 ? 'client has' : 'clients have'} an address and ${listed === 1 ? 'has' : 'have'} never been invited.`;
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
