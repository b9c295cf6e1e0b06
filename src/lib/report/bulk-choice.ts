import type { ReportRow } from '$lib/domain/report.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { bulkInWords } from './report-words.ts';
import type { Selection } from './selection.svelte.ts';

/** Checks or unchecks many rows at once, says so and offers its undo. */
export class BulkChooser {
	readonly #selection: Selection;
	/** An older 'Undo' would undo what came after it too. */
	#hideLast = () => {};

	constructor(selection: Selection) {
		this.#selection = selection;
	}

	choose(rows: readonly ReportRow[], isChecked: boolean): void {
		const selection = this.#selection;
		const before = rows.map((row) => selection.has(row));
		const changed = selection.choose(rows, isChecked);
		if (changed === 0) return;
		const isNew = (row: ReportRow, index: number) => before[index] === false && selection.has(row);
		const count = (kind: ReportRow['class']) =>
			isChecked ? rows.filter((row, index) => row.class === kind && isNew(row, index)).length : 0;
		this.#hideLast();
		this.#hideLast = showToast({
			text: bulkInWords({
				isChecked,
				changed,
				held: count('held'),
				leftOut: count('left-out'),
			}),
			action: { label: 'Undo', run: () => this.#putBack(rows, before) },
		});
	}

	#putBack(rows: readonly ReportRow[], before: readonly boolean[]): void {
		for (const wasChecked of [true, false])
			this.#selection.choose(
				rows.filter((_, index) => before[index] === wasChecked),
				wasChecked,
			);
	}
}
