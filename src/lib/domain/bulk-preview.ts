import { bulkEdited, type BulkEdit, type BulkFields, type BulkGroup } from './bulk-edit.ts';

/** What an edit of many does to one field, or to one tag. */
export interface FieldPreview {
	field: 'professional' | 'status' | 'language' | 'isDoNotEmail' | 'tag-added' | 'tag-removed';
	/** What it is set to, as data; of a tag the tag. */
	to: string;
	/** How many clients hold which other value now, most clients first; of a tag at most one. */
	from: readonly { value: string; count: number }[];
	/** Clients in whom this changes nothing, because it is so already. */
	already: number;
}

export interface BulkPreview {
	fields: readonly FieldPreview[];
	/** Clients in whom anything changes. */
	changed: number;
	total: number;
}

/** Exactly what `bulkEdited` does to the clients of these groups. */
export function previewBulkEdit(groups: readonly BulkGroup[], edit: BulkEdit): BulkPreview {
	let total = 0;
	let changed = 0;
	for (const { fields, count } of groups) {
		total += count;
		if (bulkEdited(fields, edit) !== fields) changed += count;
	}
	const { professional, status, language, isDoNotEmail, addTags = [], removeTags = [] } = edit;
	const fields: FieldPreview[] = [];
	if (professional !== undefined)
		fields.push(setField(groups, 'professional', professional.trim(), (one) => one.professional));
	if (status !== undefined) fields.push(setField(groups, 'status', status, (one) => one.status));
	const added = new Set(addTags.filter((tag) => tag.trim() !== ''));
	for (const tag of added) fields.push(setTag(groups, tag, true));
	for (const tag of new Set(removeTags))
		if (!added.has(tag)) fields.push(setTag(groups, tag, false));
	if (language !== undefined)
		fields.push(setField(groups, 'language', language, (one) => one.language ?? ''));
	if (isDoNotEmail !== undefined)
		fields.push(setField(groups, 'isDoNotEmail', yesOrNo(isDoNotEmail), doNotEmailOf));
	return { fields, changed, total };
}

function setField(
	groups: readonly BulkGroup[],
	field: FieldPreview['field'],
	to: string,
	valueOf: (fields: BulkFields) => string,
): FieldPreview {
	const counts = new Map<string, number>();
	for (const { fields, count } of groups) {
		const value = valueOf(fields);
		counts.set(value, (counts.get(value) ?? 0) + count);
	}
	const already = counts.get(to) ?? 0;
	counts.delete(to);
	const from = Array.from(counts, ([value, count]) => ({ value, count }));
	return { field, to, from: from.sort((a, b) => b.count - a.count), already };
}

function setTag(groups: readonly BulkGroup[], tag: string, isAdded: boolean): FieldPreview {
	let already = 0;
	let count = 0;
	for (const group of groups)
		if ((group.fields.tags?.includes(tag) ?? false) === isAdded) already += group.count;
		else count += group.count;
	return {
		field: isAdded ? 'tag-added' : 'tag-removed',
		to: tag,
		from: count > 0 ? [{ value: isAdded ? '' : tag, count }] : [],
		already,
	};
}

const yesOrNo = (is: boolean) => (is ? 'yes' : 'no');
const doNotEmailOf = ({ isDoNotEmail }: BulkFields) => yesOrNo(isDoNotEmail);
