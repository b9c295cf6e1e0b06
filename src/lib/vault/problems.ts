export type VaultProblemKind =
	| 'damaged-block'
	| 'newer-format'
	| 'key-lost'
	| 'locked'
	| 'storage-full'
	| 'taken-away'
	| 'not-to-be-had';

const words: Record<VaultProblemKind, string> = {
	'damaged-block':
		'A part of the stored data was changed or swapped from outside and was refused. Nothing was overwritten. Restore your latest backup.',
	'newer-format':
		'Your data was written by a newer version of Portico. Nothing was changed. Reload to get the new version.',
	'key-lost':
		'The key to your data is gone from this browser. Nothing was changed. Restore your latest backup.',
	locked: 'Portico is locked. Nothing was changed. Unlock it and try again.',
	'storage-full':
		'This device has no room left to save. Nothing was changed. Free some space and try again.',
	'taken-away':
		"Portico's storage was removed from this browser while it was open. Nothing more is saved or sent here. Reload to see what is left.",
	'not-to-be-had':
		'This browser did not open its storage. Nothing was changed. Free some space if this device is full, close other Portico tabs, and reload.',
};

/** Why the vault refused, in words for a person. Holds nothing personal. */
export class VaultProblem extends Error {
	override name = 'VaultProblem';

	constructor(
		readonly kind: VaultProblemKind,
		options?: { cause?: unknown },
	) {
		super(words[kind], options);
	}
}

const closedNames = new Set(['OpenFailedError', 'MissingAPIError', 'DatabaseClosedError']);

/** A database error as a problem that a person understands; anything else comes back as it is. */
export function vaultProblemFrom(error: unknown): unknown {
	let isClosed = false;
	for (let at = error; at instanceof Error; at = innerOf(at)) {
		if (at instanceof VaultProblem) return at;
		if (at.name === 'QuotaExceededError' || isDiskFull(at))
			return new VaultProblem('storage-full', { cause: error });
		if (at.name === 'VersionError') return new VaultProblem('newer-format', { cause: error });
		// Why it was closed, if that is known, stands inside.
		isClosed ||= closedNames.has(at.name);
	}
	return isClosed ? new VaultProblem('not-to-be-had', { cause: error }) : error;
}

/** A disk that is full for everybody is not named as such: Chromium and WebKit say it in words alone. */
function isDiskFull({ message }: Error): boolean {
	return /NO_SPACE|full disk|disk is full|Failed to write blobs/.test(message);
}

/** Dexie wraps a browser's error as `inner`, and those of a bulk as `failures`. */
function innerOf(error: Error): unknown {
	if ('failures' in error && Array.isArray(error.failures)) return error.failures[0];
	return 'inner' in error ? error.inner : error.cause;
}
