import type { ClientChange } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import type { JournalEntry } from '$lib/domain/journal.ts';
import { passingRows } from '$lib/vault/passing-rows.ts';
import type { Snapshot } from '$lib/vault/types.ts';

export type Side = 'here' | 'there';

/** Whose history goes on where the other's ends; `both`: they parted ways. */
export type Ahead = Side | 'neither' | 'both';

type What = ClientChange['what'];
type Fields = readonly (keyof Client)[] | 'all' | 'none';

const marks = ['hasJoinedPortal', 'joinedSource', 'hasBounced', 'portalRevokedAt'] as const;

/** What a note that names no fields says of the client's own. */
const touched: { readonly [W in What]: Fields } = {
	...{ added: 'all', edited: 'all', 'bulk-edited': 'all', converted: 'all' },
	...{ 'converted-back': 'all', merged: 'all', parted: 'all', answered: 'all' },
	...{ 'taken-back': 'all', 'contact-saved': 'none', 'contact-removed': 'none' },
	...{ 'marked-joined': marks, 'marked-bounced': marks, revoked: marks, unmarked: marks },
};

/**
 * What is known of when things changed, here and in a backup. Rows have no stamps; the journal and the
 * notes of clients' changes have. What both sides know happened before they parted, and tells nothing.
 */
export class Facts {
	readonly #entriesHere: ReadonlySet<string>;
	readonly #notesHere: readonly ClientChange[];
	#common = 0;
	#onlyThere = 0;
	readonly #notesThere = new Map<string, ClientChange>();
	#own: { readonly [S in Side]: ReadonlyMap<string, readonly ClientChange[]> } | undefined;

	constructor(now: Snapshot) {
		this.#entriesHere = new Set([...passingRows(now.table('journal'))].map(({ id }) => id));
		this.#notesHere = now.rows('clientChanges');
	}

	takeJournal(entries: readonly JournalEntry[]): void {
		for (const { id } of entries)
			if (this.#entriesHere.has(id)) this.#common += 1;
			else this.#onlyThere += 1;
	}

	takeNotes(notes: readonly ClientChange[]): void {
		for (const note of notes) this.#notesThere.set(note.id, note);
	}

	get ahead(): Ahead {
		const isHere = this.#entriesHere.size > this.#common;
		const isThere = this.#onlyThere > 0;
		if (isHere && isThere) return 'both';
		return isHere ? 'here' : isThere ? 'there' : 'neither';
	}

	/** The side that changed a field of a client last; undefined where nobody knows. */
	newerField(clientId: string, field: keyof Client): Side | undefined {
		return this.#newer(clientId, (note) => {
			if (note.fields.length > 0) return note.fields.includes(field);
			const fields = touched[note.what] ?? 'all';
			return fields === 'all' || (fields !== 'none' && fields.includes(field));
		});
	}

	/** The side that changed anything about a client last: her cards and her access included. */
	newerAbout(clientId: string): Side | undefined {
		return this.#newer(clientId, () => true);
	}

	/** The side on which one of these things was done last to a client, and which it was. */
	lastOf(clientId: string, whats: readonly What[]): { side: Side; what: What } | undefined {
		const side = this.#newer(clientId, ({ what }) => whats.includes(what));
		const done = side && this.#last(side, clientId, ({ what }) => whats.includes(what));
		return done && { side, what: done.what };
	}

	#newer(clientId: string, is: (note: ClientChange) => boolean): Side | undefined {
		const here = this.#last('here', clientId, is)?.at ?? 0;
		const there = this.#last('there', clientId, is)?.at ?? 0;
		if (here === there) return undefined;
		return here > there ? 'here' : 'there';
	}

	#last(side: Side, clientId: string, is: (note: ClientChange) => boolean) {
		let last: ClientChange | undefined;
		for (const note of this.#ownNotes()[side].get(clientId) ?? [])
			if (is(note) && note.at >= (last?.at ?? 0)) last = note;
		return last;
	}

	#ownNotes() {
		if (this.#own) return this.#own;
		const here = new Set(this.#notesHere.map(({ id }) => id));
		const onlyThere = [...this.#notesThere.values()].filter(({ id }) => !here.has(id));
		const onlyHere = this.#notesHere.filter(({ id }) => !this.#notesThere.has(id));
		return (this.#own = { here: byClient(onlyHere), there: byClient(onlyThere) });
	}
}

function byClient(notes: readonly ClientChange[]): ReadonlyMap<string, readonly ClientChange[]> {
	const clients = new Map<string, ClientChange[]>();
	for (const note of notes)
		for (const id of note.clientIds) {
			const known = clients.get(id);
			if (known) known.push(note);
			else clients.set(id, [note]);
		}
	return clients;
}
