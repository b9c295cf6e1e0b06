import type { Client, ClientStatus } from './client.ts';
import type { Table } from './table.ts';

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

/** The fields that an edit of many looks at. */
export type BulkFields = Pick<
	Client,
	'professional' | 'status' | 'tags' | 'language' | 'isDoNotEmail'
>;

/** Clients who are alike in all that an edit of many looks at. */
export interface BulkGroup {
	fields: BulkFields;
	count: number;
}

/** The client as the edit makes her; the very same object when nothing would change. */
export function bulkEdited<Row extends BulkFields>(client: Row, edit: BulkEdit): Row {
	const next = { ...client };
	if (edit.professional !== undefined) next.professional = edit.professional.trim();
	if (edit.status !== undefined) next.status = edit.status;
	if (edit.isDoNotEmail !== undefined) next.isDoNotEmail = edit.isDoNotEmail;
	if (edit.language === '') delete next.language;
	else if (edit.language !== undefined) next.language = edit.language;
	const tags = editedTags(client.tags ?? [], edit);
	if (tags.length === 0) delete next.tags;
	else if (!isSameList(tags, client.tags ?? [])) next.tags = tags;
	return isSame(client, next) ? client : next;
}

/** The fields of a client that an edit is about. */
export function fieldsOf(edit: BulkEdit): (keyof BulkFields)[] {
	const { addTags, removeTags, ...fields } = edit;
	const named = Object.keys(fields) as (keyof typeof fields)[];
	return addTags || removeTags ? [...named, 'tags'] : named;
}

/**
 * The clients of these ids in groups that an edit changes alike: very many clients are few groups, so
 * that a preview is made again with each letter typed. Reads columns, makes no row.
 */
export function groupForBulk(clients: Table<Client>, ids: ReadonlySet<string>): BulkGroup[] {
	const groups = new Map<string, BulkGroup>();
	for (const part of clients.parts) {
		const idAt = part.column('id');
		const professionals = part.column('professional');
		const statuses = part.column('status');
		const tagLists = part.column('tags');
		const languages = part.column('language');
		const doNotEmails = part.column('isDoNotEmail');
		for (let index = 0; index < part.length; index++) {
			if (!ids.has(idAt.at(index))) continue;
			const professional = professionals.at(index);
			const status = statuses.at(index);
			const tags = tagLists.at(index);
			const language = languages.at(index);
			const isDoNotEmail = doNotEmails.at(index);
			const key = JSON.stringify([professional, status, tags ?? [], language, isDoNotEmail]);
			const group = groups.get(key);
			if (group) group.count += 1;
			else {
				const fields: BulkFields = { professional, status, isDoNotEmail };
				if (tags) fields.tags = tags;
				if (language) fields.language = language;
				groups.set(key, { fields, count: 1 });
			}
		}
	}
	return [...groups.values()];
}

function editedTags(tags: readonly string[], { addTags = [], removeTags = [] }: BulkEdit) {
	// A tag that is named both ways is added.
	const kept = tags.filter((tag) => !removeTags.includes(tag) || addTags.includes(tag));
	const added = addTags.filter((tag, at) => tag.trim() !== '' && addTags.indexOf(tag) === at);
	return [...kept, ...added.filter((tag) => !kept.includes(tag))];
}

function isSame(a: BulkFields, b: BulkFields): boolean {
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
