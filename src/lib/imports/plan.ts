import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { ImportCounts, RowProblem } from '$lib/domain/import.ts';
import { makeMatcher } from './match-clients.ts';
import { findContact, mergeClient, mergeContact } from './merge-client.ts';
import type { ContactDraft } from './read-contacts.ts';
import type { ClientRow, ReadRow } from './read-row.ts';

/** Rows to write. */
export interface PlannedRows {
	clients: Client[];
	contacts: Contact[];
}

export interface Planner {
	/** Decides what becomes of the next row. */
	take(row: ReadRow, line: number): void;
	readonly counts: Readonly<ImportCounts>;
	/** New rows since the last call; the planner forgets them. */
	drain(): PlannedRows;
	/** Known rows with what the file changes in them. */
	readonly changed: Readonly<PlannedRows>;
}

export interface PlanContext {
	importId: string;
	newId: () => string;
	/** Takes what there is to say of each row, in order. */
	report: (problem: RowProblem) => void;
}

/**
 * Compares rows with the clients there are: each is created, updated, unchanged, skipped (blank, a
 * summary, the same client again) or rejected, and exactly one of them. A blank cell never blanks a
 * field, and an import never takes back a wish not to be emailed, a bounce, a portal login or a death.
 */
export function makePlanner(
	existing: { clients: readonly Client[]; contacts: readonly Contact[] },
	{ importId, newId, report }: PlanContext,
): Planner {
	const matcher = makeMatcher(existing.clients);
	const counts = { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 0 };
	const changed: PlannedRows = { clients: [], contacts: [] };
	let fresh: PlannedRows = { clients: [], contacts: [] };
	let contactsByClient: Map<string, Contact[]> | undefined;

	function contactsOf(clientId: string): readonly Contact[] {
		if (!contactsByClient) {
			contactsByClient = new Map();
			for (const contact of existing.contacts) {
				const siblings = contactsByClient.get(contact.clientId);
				if (siblings) siblings.push(contact);
				else contactsByClient.set(contact.clientId, [contact]);
			}
		}
		return contactsByClient.get(clientId) ?? [];
	}

	const newContact = (draft: ContactDraft, clientId: string): Contact => ({
		id: newId(),
		clientId,
		name: draft.name,
		emailAddress: draft.emailAddress,
		phone: draft.phone,
		relationship: draft.relationship,
		importId,
	});

	function create({ client, contacts }: ClientRow): void {
		client.id = newId();
		fresh.clients.push(client);
		for (const draft of contacts) fresh.contacts.push(newContact(draft, client.id));
		counts.created += 1;
	}

	function update(known: Client, row: ClientRow): void {
		const merged = mergeClient(known, row);
		let isChanged = merged !== known;
		if (isChanged) changed.clients.push(merged);
		for (const draft of row.contacts) {
			const contact = findContact(contactsOf(known.id), draft);
			const next = contact && mergeContact(contact, draft);
			if (next && next === contact) continue;
			if (next) changed.contacts.push(next);
			else fresh.contacts.push(newContact(draft, known.id));
			isChanged = true;
		}
		counts[isChanged ? 'updated' : 'unchanged'] += 1;
	}

	function takeClient(row: ClientRow, line: number): void {
		const place = matcher.place(row.client, line);
		if (place === 'new') create(row);
		else if ('known' in place) update(existing.clients[place.known] as Client, row);
		else {
			counts.skipped += 1;
			const reason = `This is the same client as in line ${place.earlierLine}.`;
			report({ line, column: '', value: '', reason, severity: 'warning' });
		}
	}

	return {
		take(row, line) {
			counts.rows += 1;
			if (row.outcome === 'blank') {
				counts.skipped += 1;
				return;
			}
			for (const problem of row.problems) report(problem);
			if (row.outcome === 'client') takeClient(row, line);
			else counts[row.outcome === 'summary' ? 'skipped' : 'rejected'] += 1;
		},
		counts,
		changed,
		drain() {
			const drained = fresh;
			fresh = { clients: [], contacts: [] };
			return drained;
		},
	};
}
