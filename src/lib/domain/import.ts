/** Every row of a file ends in exactly one of these. */
export interface ImportCounts {
	rows: number;
	created: number;
	updated: number;
	unchanged: number;
	skipped: number;
	rejected: number;
}

/**
 * What became of an import's clients when it was undone. The clients that it made are `removed +
 * invited + edited + changedLater + gone`, those that it changed `back + backInPart + stay`.
 */
export interface UndoneCounts {
	removed: number;
	/** Stay because they were invited since. */
	invited: number;
	/** Stay because somebody edited them since. */
	edited: number;
	/** Stay until the later import that changed them is undone too. */
	changedLater: number;
	/** Were removed before. */
	gone: number;
	back: number;
	/** Some of what was changed in them goes back; the rest was changed again since. */
	backInPart: number;
	stay: number;
	/** Clients of earlier imports, undone before, that waited for this one. */
	alsoRemoved: number;
}

/** Every row of a file that updates the portal status ends in exactly one of these. */
export interface PortalCounts {
	rows: number;
	updated: number;
	/** A change that the person left out. */
	leftOut: number;
	unchanged: number;
	/** May be several clients, or one by the name alone. */
	unclear: number;
	/** Nobody here. */
	unknown: number;
	/** The same client again. */
	repeated: number;
	/** Blank rows, sums, rows that cannot be read. */
	unread: number;
}

/** What the file was used for: to take clients in, or only to mark who has joined the portal. */
export type ImportKind = 'clients' | 'portal-status';

/** One file taken in. */
export interface Import {
	id: string;
	/** `clients` when left out. */
	kind?: ImportKind;
	fileName: string;
	importedAt: number;
	counts: ImportCounts;
	/** The commit that took it in: what 'Undo import' undoes. */
	entryId: string;
	undoneAt: number;
	isSample: boolean;
	/** Identifies the file by its bytes; imports of older versions have none. */
	fileHash?: string;
	/** The product that the file looked like, '' for none; imports of older versions have none. */
	product?: string;
	/** What the file was: `text`, `workbook` or `cards`. */
	format?: string;
	/** Set where the file only updated the portal status. */
	portal?: PortalCounts;
	/** Set once it is undone. */
	undone?: UndoneCounts;
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
