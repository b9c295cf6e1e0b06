import type { BackupRecord } from './settings/safety.ts';

const dayMs = 86_400_000;
const oldDays = 7;
/** So many changes are worth a backup even after a day. */
const manyChanges = 200;

/** Where a practice stands with its backups. */
export interface BackupStanding {
	/** Days since the last one, whole; undefined where there is none. */
	days: number | undefined;
	/** Commits since the last one. */
	changes: number;
	/** A person should be told, on the start screen too. */
	isDue: boolean;
}

/** `revision`: the vault's; `clients`: how many are worth keeping; `now` in epoch milliseconds. */
export function backupStanding(
	{ madeAt, revision: backedUp }: Pick<BackupRecord, 'madeAt' | 'revision'>,
	{ revision, clients, now }: { revision: number; clients: number; now: number },
): BackupStanding {
	if (madeAt === 0) return { days: undefined, changes: revision, isDue: clients > 0 };
	// A clock that was set back makes no backup younger than today.
	const days = Math.max(0, Math.floor((now - madeAt) / dayMs));
	const changes = Math.max(0, revision - backedUp);
	const isOld = days >= oldDays && changes > 0;
	const isMuch = days >= 1 && changes >= manyChanges;
	return { days, changes, isDue: clients > 0 && (isOld || isMuch) };
}

/** "The last backup is 9 days old; 34 changes since.", or that there is none. */
export function standingInWords({ days, changes }: BackupStanding): string {
	if (days === undefined) return 'There is no backup yet.';
	const age =
		days === 0
			? 'is of today'
			: days === 1
				? 'is one day old'
				: `is ${days.toLocaleString('en')} days old`;
	const since =
		changes === 0
			? 'nothing changed since'
			: changes === 1
				? 'one change since'
				: `${changes.toLocaleString('en')} changes since`;
	return `The last backup ${age}; ${since}.`;
}
