import type { Client } from '$lib/domain/client.ts';
import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { isEqual } from '$lib/domain/equal.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import type { SettingsRow } from '$lib/domain/settings.ts';
import { passingFinder } from '$lib/vault/passing-rows.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { collectionNames } from '../format/contents.ts';
import type { BackupPorts } from '../format/ports.ts';
import type { OpenedBackup } from '../read-backup.ts';
import { isKept } from '../write-backup.ts';
import { Comings } from './comings.ts';
import type { Conflict } from './conflict.ts';
import { type Differences, idsOnlyHere, noDifferences } from './differences.ts';
import { type Ahead, Facts, type Side } from './facts.ts';
import { mergedRow } from './merged-row.ts';
import { chainedOn, entryAsItComes } from './restored-journal.ts';
import { MessageRestore } from './restored-messages.ts';
import { mergedSettings, replacedSettings } from './restored-settings.ts';

export type RestoreMode = 'replace' | 'merge';

export interface RestoreAsked {
	mode: RestoreMode;
	/** Which side counts where nobody knows which is newer. */
	choose: (conflict: Conflict) => Side;
	/** Takes rows that are not here yet. */
	add: <N extends CollectionName>(name: N, rows: readonly Collections[N][]) => Promise<void>;
	/** Epoch milliseconds. */
	now: number;
	crypto: BackupPorts['crypto'];
	signal?: AbortSignal;
	onProgress?: (done: number, all: number) => void;
}

type Rows = Collections[CollectionName][];

/** What a restore changes beside the rows that it adds. */
export interface RestorePlan {
	/** The state on which it was made. */
	on: Snapshot;
	ahead: Ahead;
	differences: Differences;
	conflicts: Conflict[];
	/** How many rows come along that are not here. */
	added: number;
	/** Rows to put in place of those that are here, settings and messages aside: others change those meanwhile. */
	put: Map<CollectionName, Rows>;
	remove: Map<CollectionName, string[]>;
	settingsThere: readonly SettingsRow[];
	/** Entries that are not here. Never staged: a journal without a head looks like a head that was taken away. */
	journal: JournalEntry[];
	facts: Facts;
	messages: MessageRestore;
}

/** Reads a backup along and says what restoring it would change. Throws BackupProblem. */
export async function planRestore(
	backup: OpenedBackup,
	on: Snapshot,
	asked: RestoreAsked,
): Promise<RestorePlan> {
	const facts = new Facts(on);
	const settingsThere: SettingsRow[] = [];
	const plan: RestorePlan = {
		...{ on, ahead: 'neither', conflicts: [], added: 0, put: new Map(), remove: new Map() },
		...{ settingsThere, journal: [], facts, messages: new MessageRestore(asked) },
		differences: noDifferences(),
	};
	const comings = new Comings(on, facts, asked.mode);
	const all = Object.values(backup.manifest.counts).reduce((sum, count) => sum + count, 0);
	const finders = new Map<CollectionName, (id: string) => unknown>();
	const seen = new Map<CollectionName, Set<string>>();
	let done = 0;
	for await (const chunk of backup.readRows(asked.signal)) {
		const { collection: name } = chunk;
		const rows = chunk.rows.filter(({ id }) => isKept(name, id));
		const find = finders.get(name) ?? passingFinder<{ id: string }>(on.table(name));
		finders.set(name, find);
		const ids = seen.get(name) ?? new Set<string>();
		seen.set(name, ids);
		if (name === 'journal') facts.takeJournal(rows as JournalEntry[]);
		if (name === 'clientChanges') facts.takeNotes(rows as Collections['clientChanges'][]);
		if (name === 'settings') settingsThere.push(...(rows as SettingsRow[]));
		const added: Rows = [];
		for (const row of rows) {
			ids.add(row.id);
			const here = find(row.id) as typeof row | undefined;
			const there = name === 'journal' ? entryAsItComes(row, here) : row;
			const difference = plan.differences[name];
			if (!here) difference.onlyThere += 1;
			else if (isEqual(here, there)) difference.same += 1;
			else difference.changed += 1;
			if (name === 'settings') continue;
			if (name === 'messages') plan.messages.take(here, there, facts);
			if (!here) {
				if (comings.mayCome(name, there))
					added.push(plan.messages.asAdded(name, there as Rows[number]));
			} else if (name !== 'messages' && !isEqual(here, there)) {
				const { row: result, conflicts } = resultOf<CollectionName>(
					name,
					here,
					there,
					facts,
					asked,
				);
				plan.conflicts.push(...conflicts);
				if (result !== here) push(plan.put, name, result);
			}
		}
		if (name === 'clients') comings.noteFormers(rows as Client[]);
		plan.added += added.length;
		if (name === 'journal') plan.journal.push(...(added as JournalEntry[]));
		else if (added.length > 0) await asked.add(name, added as never);
		done += chunk.rows.length;
		asked.onProgress?.(done, all);
	}
	plan.journal = await chainedOn(on, plan.journal, asked.crypto);
	plan.ahead = facts.ahead;
	for (const name of collectionNames) {
		const ids = seen.get(name) ?? new Set<string>();
		const onlyHere = await idsOnlyHere(on, name, ids);
		plan.differences[name].onlyHere = onlyHere.length;
		if (asked.mode === 'replace' && !isHistory(name) && onlyHere.length > 0)
			plan.remove.set(name, onlyHere);
	}
	if (asked.mode === 'merge') {
		const gone = comings.goneHere(plan.put.get('clients') as Client[] | undefined);
		if (gone.length > 0) plan.remove.set('clients', gone);
	}
	plan.conflicts.push(...settingsAfter(plan, on, asked).conflicts);
	return plan;
}

/** The settings as they would be on a state. */
export function settingsAfter(
	{ settingsThere, facts }: Pick<RestorePlan, 'settingsThere' | 'facts'>,
	now: Snapshot,
	{ mode, choose }: Pick<RestoreAsked, 'mode' | 'choose'>,
) {
	const both = { here: now.rows('settings'), there: settingsThere };
	return mode === 'replace' ? replacedSettings(both) : mergedSettings(both, facts, choose);
}

/** What happened has happened: the journal of both sides is kept. The settings and messages are judged apart. */
const isHistory = (name: CollectionName) =>
	name === 'journal' || name === 'settings' || name === 'messages';

function resultOf<N extends CollectionName>(
	name: N,
	here: Collections[N],
	there: Collections[N],
	facts: Facts,
	{ mode, choose }: RestoreAsked,
) {
	if (isHistory(name)) return { row: here, conflicts: [] };
	if (mode === 'replace') return { row: there, conflicts: [] };
	return mergedRow(name, here, there, facts, choose);
}

function push(lists: Map<CollectionName, Rows>, name: CollectionName, row: Rows[number]): void {
	const list = lists.get(name);
	if (list) list.push(row);
	else lists.set(name, [row]);
}
