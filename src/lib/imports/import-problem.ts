import { VaultProblem } from '$lib/vault/problems.ts';

/** Why a file as a whole cannot be taken in, or what must be settled first. Errors are data. */
export type ImportProblemKind =
	| 'empty'
	| 'binary'
	| 'not-a-table'
	| 'too-large'
	| 'too-many-columns'
	| 'row-too-long'
	| 'broken-quotes'
	| 'unreadable'
	| 'file-gone'
	| 'no-name-or-address'
	| 'no-rows'
	| 'no-address-column'
	| 'date-order'
	| 'damaged-text'
	| 'choice-undone'
	| 'imported-before'
	| 'storage-full'
	| 'vault'
	| 'busy'
	| 'failed';

/** What happened, what was kept, what to do: `message` is for the person and holds no personal data. */
export interface ImportProblem {
	kind: ImportProblemKind;
	message: string;
}

/** Carries a problem up from the depth of a reading; it is turned into data at the verbs' edge. */
export class ImportTrouble extends Error {
	readonly problem: ImportProblem;

	constructor(kind: ImportProblemKind, message: string) {
		super(message);
		this.name = 'ImportTrouble';
		this.problem = { kind, message };
	}
}

/** Says in words what went wrong, whatever was thrown. Nothing was changed in any of these cases. */
export function problemFrom(error: unknown): ImportProblem {
	if (error instanceof ImportTrouble) return error.problem;
	if (error instanceof VaultProblem)
		return {
			kind: error.kind === 'storage-full' ? 'storage-full' : 'vault',
			message: error.message,
		};
	const name = error instanceof Error || error instanceof DOMException ? error.name : '';
	switch (name) {
		case 'NotFoundError':
		case 'NotReadableError':
		case 'SecurityError':
			return {
				kind: 'file-gone',
				message:
					'The file could not be read to its end: it was moved, changed or removed meanwhile. Nothing was changed. Choose the file again.',
			};
		default:
			return {
				kind: 'failed',
				message: `The import stopped because of an unexpected error (${name || 'unknown'}). Nothing was changed. Try again, or with another browser.`,
			};
	}
}
