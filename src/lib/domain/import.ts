/** Every row of a file ends in exactly one of these. */
export interface ImportCounts {
	rows: number;
	created: number;
	updated: number;
	unchanged: number;
	skipped: number;
	rejected: number;
}

/** One file taken in. */
export interface Import {
	id: string;
	fileName: string;
	importedAt: number;
	counts: ImportCounts;
	/** The commit that took it in: what 'Undo import' undoes. */
	entryId: string;
	undoneAt: number;
	isSample: boolean;
	/** Identifies the file by its bytes; imports of older versions have none. */
	fileHash?: string;
}

export type ProblemSeverity = 'error' | 'warning';

/** What is wrong with one cell or row. An error rejects the row, a warning does not. */
export interface RowProblem {
	/** Line in the file on which the row starts, the first being 1. */
	line: number;
	/** Name of the file's column; '' when the whole row is meant. */
	column: string;
	value: string;
	reason: string;
	severity: ProblemSeverity;
}
