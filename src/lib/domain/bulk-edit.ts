import type { Client, ClientStatus } from './client.ts';

/** What can be set on many clients at once; a field that is left out stays as it is. */
export interface BulkEdit {
	/** '' for nobody. */
	professional?: string;
	status?: ClientStatus;
	addTags?: readonly string[];
	removeTags?: readonly string[];
	/** BCP 47; '' for the practice's own. */
	language?: string;
	isDoNotEmail?: boolean;
}

export type BulkField = 'professional' | 'status' | 'tags' | 'language' | 'isDoNotEmail';

/** One field of one value in words of data: how many clients go from `from` to `to`. */
export interface FieldChange {
	field: BulkField;
	from: string;
	to: string;
	count: number;
}

/** The client as the edit makes her; the very same object when nothing would change. */
export function bulkEdited(client: Client, edit: BulkEdit): Client {
	const next = { ...client };
	if (edit.professional !== undefined) next.professional = edit.professional.trim();
	if (edit.status !== undefined) next.status = edit.status;
	if (edit.isDoNotEmail !== undefined) next.isDoNotEmail = edit.isDoNotEmail;
	if (edit.language !== undefined) setOrDrop(next, 'language', edit.language);
	const tags = editedTags(client.tags ?? [], edit);
	if (tags.length === 0) delete next.tags;
	else if (!isSameList(tags, client.tags ?? [])) next.tags = tags;
	return isSame(client, next) ? client : next;
}

/** What an edit would change, gathered by field and values, most clients first. Exactly what `bulkEdited` does. */
export function previewBulkEdit(clients: readonly Client[], edit: BulkEdit): FieldChange[] {
	const changes = new Map<string, FieldChange>();
	for (const client of clients) {
		const next = bulkEdited(client, edit);
		if (next === client) continue;
		for (const field of fields) {
			const [from, to] = [wordsOf(client, field), wordsOf(next, field)];
			if (from === to) continue;
			const key = JSON.stringify([field, from, to]);
			const known = changes.get(key);
			if (known) known.count += 1;
			else changes.set(key, { field, from, to, count: 1 });
		}
	}
	return [...changes.values()].sort((a, b) => b.count - a.count);
}

const fields: readonly BulkField[] = ['professional', 'status', 'tags', 'language', 'isDoNotEmail'];

function wordsOf(client: Client, field: BulkField): string {
	switch (field) {
		case 'tags':
			return (client.tags ?? []).join(', ');
		case 'language':
			return client.language ?? '';
		case 'isDoNotEmail':
			return client.isDoNotEmail ? 'yes' : 'no';
		default:
			return client[field];
	}
}

function editedTags(tags: readonly string[], { addTags = [], removeTags = [] }: BulkEdit) {
	// A tag that is named both ways is added.
	const kept = tags.filter((tag) => !removeTags.includes(tag) || addTags.includes(tag));
	return [...kept, ...addTags.filter((tag) => !kept.includes(tag) && tag.trim() !== '')];
}

function setOrDrop(client: Client, field: 'language', value: string): void {
	if (value === '') delete client[field];
	else client[field] = value;
}

function isSame(a: Client, b: Client): boolean {
	return (
		a.professional === b.professional &&
		a.status === b.status &&
		a.isDoNotEmail === b.isDoNotEmail &&
		(a.language ?? '') === (b.language ?? '') &&
		isSameList(a.tags ?? [], b.tags ?? [])
	);
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((item, index) => item === b[index]);
}
