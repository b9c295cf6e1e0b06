import type { FileMapping } from './mapping.ts';
import { makeRowReader, type ReadRow, type ReadingContext } from './read-row.ts';
import { makeRowSplitter, type RowSplitter } from './split-rows.ts';

/** Takes every row of the table behind its header, with its cells as written. */
export type TakeReadRow = (row: ReadRow, line: number, cells: readonly string[]) => void;

/** Reads pieces of a file's text into rows of clients, passing over what stands above them. */
export function makeTableReader(
	mapping: FileMapping,
	context: ReadingContext,
	take: TakeReadRow,
): RowSplitter {
	const read = makeRowReader(mapping, context);
	const width = mapping.header.length;
	let index = 0;
	let isBehindBroken = false;

	return makeRowSplitter(
		mapping,
		(cells, line, isDoubtful) => {
			index += 1;
			if (index <= mapping.dataStart) return;
			// What follows a broken line may be the rest of its cell: no client is made of that.
			if (isBehindBroken && cells.length !== width) {
				const isBlank = cells.every((cell) => cell.trim() === '');
				return take(
					isBlank
						? { outcome: 'blank' }
						: rejected(line, 'This line belongs to a broken row above it.'),
					line,
					cells,
				);
			}
			isBehindBroken = false;
			const row = read(cells, line);
			take(isDoubtful ? doubted(row, line) : row, line, cells);
		},
		(text, line) => {
			index += 1;
			if (index <= mapping.dataStart) return;
			isBehindBroken = true;
			take(
				rejected(
					line,
					'The quotation marks in this row do not match: text follows a closing quotation mark, or one was never closed.',
				),
				line,
				[text],
			);
		},
	);
}

function rejected(line: number, reason: string): ReadRow {
	return {
		outcome: 'rejected',
		problems: [{ line, column: '', value: '', reason, severity: 'error' }],
	};
}

function doubted(row: ReadRow, line: number): ReadRow {
	if (row.outcome === 'blank') return row;
	const reason =
		'A quotation mark inside a quoted cell of this row was not doubled; look at its cells.';
	const doubt = { line, column: '', value: '', reason, severity: 'warning' } as const;
	return { ...row, problems: [...row.problems, doubt] };
}
