import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { PlannedRows } from './decision.ts';
import { newMarks, type Marks } from './marks.ts';
import { findContact } from './merge-client.ts';
import type { ContactDraft } from './read-contacts.ts';

/** Unmarked, as nearly all are. */
const unmarked: Marks = {
	isDoNotEmail: false,
	hasBounced: false,
	isDeceased: false,
	hasJoinedPortal: false,
};

/** The rows that a file adds, until they are drained. */
export class PlannedFresh {
	#rows: PlannedRows = { clients: [], contacts: [] };
	/** Clients by the line that made them, where rows are held until the end. */
	readonly #byLine: Map<number, Client> | undefined;
	/** The marks of those who have any: the clients themselves may be written already. */
	readonly #marks = new Map<number, Marks>();
	readonly #given: ReadonlyMap<number, Partial<Marks>> | undefined;
	readonly lateMarks = new Map<number, Partial<Marks>>();
	#isHolding: boolean;

	/** `isHolding`: rows are kept until `release`, so that later rows can change them. */
	constructor(isHolding: boolean, given: ReadonlyMap<number, Partial<Marks>> | undefined) {
		this.#isHolding = isHolding;
		this.#byLine = isHolding ? new Map() : undefined;
		this.#given = given;
	}

	add(client: Client, line: number): void {
		const own = newMarks(unmarked, client);
		if (own) this.#marks.set(line, { ...unmarked, ...own });
		const given = this.#given?.get(line);
		if (given) Object.assign(client, given);
		this.#byLine?.set(line, client);
		this.#rows.clients.push(client);
	}

	addContact(contact: Contact): void {
		this.#rows.contacts.push(contact);
	}

	/** The new client of a line as she is by now, where rows are held. */
	at(line: number): Client | undefined {
		const client = this.#byLine?.get(line);
		return client && { ...client };
	}

	/** Puts what a later row makes of a held client in her place. */
	replace(client: Client, contacts: readonly Contact[], line: number): void {
		const held = this.#byLine?.get(line);
		if (held) Object.assign(held, client);
		for (const contact of contacts) this.#rows.contacts.push(contact);
	}

	/** The contacts that a held client has not yet. */
	newContacts(clientId: string, drafts: readonly ContactDraft[]): readonly ContactDraft[] {
		if (drafts.length === 0) return drafts;
		const known = this.#rows.contacts.filter((contact) => contact.clientId === clientId);
		return drafts.filter((draft) => !findContact(known, draft));
	}

	/** Notes what a later row says of the new client of a line; undefined when it was known. */
	mark(line: number, said: Marks): Partial<Marks> | undefined {
		const found = newMarks(this.#marks.get(line) ?? unmarked, said);
		if (!found) return undefined;
		this.#marks.set(line, { ...(this.#marks.get(line) ?? unmarked), ...found });
		const late = { ...this.lateMarks.get(line), ...found };
		this.lateMarks.set(line, late);
		return found;
	}

	drain(): PlannedRows {
		if (this.#isHolding) return { clients: [], contacts: [] };
		const drained = this.#rows;
		this.#rows = { clients: [], contacts: [] };
		return drained;
	}

	release(): void {
		this.#isHolding = false;
	}
}
