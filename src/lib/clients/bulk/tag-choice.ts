import type { BulkGroup } from '$lib/domain/bulk-edit.ts';
import type { Client } from '$lib/domain/client.ts';
import { fold } from '$lib/domain/fold.ts';
import type { Table } from '$lib/domain/table.ts';

export interface TagInUse {
	tag: string;
	count: number;
}

/** The tags of all clients, the most used first. */
export function tagsInUse(clients: Table<Client>): TagInUse[] {
	const counts = new Map<string, number>();
	for (const part of clients.parts) {
		const lists = part.column('tags');
		for (let at = 0; at < part.length; at++) {
			const tags = lists.at(at);
			if (tags) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
		}
	}
	return byCount(counts);
}

/** The tags of these groups of clients, the most used first. */
export function tagsOfGroups(groups: readonly BulkGroup[]): TagInUse[] {
	const counts = new Map<string, number>();
	for (const { fields, count } of groups)
		for (const tag of fields.tags ?? []) counts.set(tag, (counts.get(tag) ?? 0) + count);
	return byCount(counts);
}

function byCount(counts: ReadonlyMap<string, number>): TagInUse[] {
	return Array.from(counts, ([tag, count]) => ({ tag, count })).sort(
		(a, b) => b.count - a.count || (fold(a.tag) < fold(b.tag) ? -1 : 1),
	);
}

/** What was typed, tidied, as the practice spells it already; '' for nothing. */
export function knownTag(text: string, known: readonly TagInUse[]): string {
	const tag = text.replace(/[\s,;]+/gu, ' ').trim();
	const key = fold(tag);
	return known.find((one) => one.tag === tag || fold(one.tag) === key)?.tag ?? tag;
}

/** What was chosen and what is being typed. */
export function allTags(
	tags: readonly string[],
	typed: string,
	known: readonly TagInUse[],
): readonly string[] {
	const last = knownTag(typed, known);
	return last === '' || tags.includes(last) ? tags : [...tags, last];
}
