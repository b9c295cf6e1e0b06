/** A cell of a grid, by its row and its place in the row. */
export interface GridPlace {
	row: number;
	cell: number;
}

/**
 * Where a key leads from a cell, as in the ARIA pattern for grids; undefined for any other key.
 * `rows` are the numbers of cells of each row, none of them 0.
 */
export function placeByKey(
	rows: readonly number[],
	{ row, cell }: GridPlace,
	{ key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
): GridPlace | undefined {
	const lastRow = rows.length - 1;
	const inRow = (to: number): GridPlace => {
		const at = Math.min(Math.max(to, 0), lastRow);
		return { row: at, cell: Math.min(cell, (rows[at] ?? 1) - 1) };
	};
	const lastCell = (rows[row] ?? 1) - 1;
	switch (key) {
		case 'ArrowUp':
			return inRow(row - 1);
		case 'ArrowDown':
			return inRow(row + 1);
		case 'PageUp':
			return inRow(row - 10);
		case 'PageDown':
			return inRow(row + 10);
		case 'ArrowLeft':
			return { row, cell: Math.max(cell - 1, 0) };
		case 'ArrowRight':
			return { row, cell: Math.min(cell + 1, lastCell) };
		case 'Home':
			return { row: ctrlKey ? 0 : row, cell: 0 };
		case 'End':
			return ctrlKey ? { row: lastRow, cell: (rows[lastRow] ?? 1) - 1 } : { row, cell: lastCell };
		default:
			return undefined;
	}
}
