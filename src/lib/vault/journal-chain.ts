import { base64urlOf } from '$lib/domain/base64url.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import type { VaultPorts } from './database.ts';
import type { Changes, Snapshot } from './types.ts';

type Digest = { subtle: Pick<VaultPorts['crypto']['subtle'], 'digest'> };

/** Whether the history is as it was written; where not, the first entry that does not follow from those before it. */
export type HistoryCheck =
	| { kind: 'whole'; entries: number; unchained: number; mark: string }
	| { kind: 'broken'; entry: JournalEntry; position: number };

/**
 * The mark of an entry: SHA-256 over the mark before it and what the entry says for ever (that it was
 * undone since is not part of it). The first one vouches for entries of versions that made no marks.
 */
export async function markOf(
	crypto: Digest,
	before: JournalBefore,
	entry: JournalEntry,
): Promise<string> {
	const previous = before.last?.mark ?? (await markOfUnchained(crypto, before.all()));
	return sha256(crypto, `${previous}\n${lasting(entry)}`);
}

/** The entries that a new one follows; all of them are asked for only where the last has no mark. */
export interface JournalBefore {
	last: JournalEntry | undefined;
	all: () => readonly JournalEntry[];
}

/** The journal before a commit's own entry: what the commit puts there itself, as a restore does, included. */
export function journalBefore(now: Snapshot, { put, remove }: Changes): JournalBefore {
	const gone = new Set(remove?.journal);
	const fresh = (put?.journal ?? []).filter(({ id }) => gone.has(id) || !now.get('journal', id));
	const all = () => [...now.rows('journal').filter(({ id }) => !gone.has(id)), ...fresh];
	if (gone.size > 0) return { last: all().at(-1), all };
	const stored = now.table('journal');
	const lastStored = stored.length > 0 ? stored.row(stored.length - 1) : undefined;
	return { last: fresh.at(-1) ?? lastStored, all };
}

/** Goes through the whole journal, oldest first. */
export async function checkHistory(
	crypto: Digest,
	entries: readonly JournalEntry[],
): Promise<HistoryCheck> {
	const start = entries.findIndex(({ mark }) => mark !== undefined);
	const unchained = start < 0 ? entries.length : start;
	let mark = await markOfUnchained(crypto, entries.slice(0, unchained));
	for (const [position, entry] of entries.entries()) {
		if (position < unchained) continue;
		mark = await sha256(crypto, `${mark}\n${lasting(entry)}`);
		if (entry.mark !== mark) return { kind: 'broken', entry, position };
	}
	return { kind: 'whole', entries: entries.length, unchained, mark };
}

function markOfUnchained(crypto: Digest, entries: readonly JournalEntry[]): Promise<string> {
	return sha256(crypto, entries.map(lasting).join('\n'));
}

function lasting({ id, at, what, count, revision }: JournalEntry): string {
	return JSON.stringify([id, at, what, count, revision]);
}

async function sha256({ subtle }: Digest, text: string): Promise<string> {
	return base64urlOf(
		new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text))),
	);
}
