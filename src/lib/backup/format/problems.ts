export type BackupProblemKind =
	'not-a-backup' | 'newer' | 'wrong-passphrase' | 'damaged' | 'cut-short' | 'cannot-unpack';

const words: Record<BackupProblemKind, string> = {
	'not-a-backup': 'This file is not a backup of Portico. Nothing was changed.',
	newer:
		'This backup was made by a newer version of Portico. Nothing was changed. Reload to get the new version, then try again.',
	'wrong-passphrase':
		'This passphrase does not open this backup. Nothing was changed. Mind capital letters and blanks, and try again.',
	damaged:
		'A part of this backup was changed or damaged since it was made. Nothing was changed here. Take another copy of the file, or an earlier backup.',
	'cut-short':
		'This backup is not whole: its end is missing. Nothing was changed here. Take another copy of the file, or an earlier backup.',
	'cannot-unpack':
		'This browser is too old to unpack this backup. Nothing was changed. Open it in a current browser.',
};

/** Why a backup was refused, in words for a person. Holds nothing personal. */
export class BackupProblem extends Error {
	override name = 'BackupProblem';

	constructor(
		readonly kind: BackupProblemKind,
		options?: { cause?: unknown },
	) {
		super(words[kind], options);
	}
}
