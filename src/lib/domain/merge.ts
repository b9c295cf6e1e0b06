import type { Client } from './client.ts';
import { normaliseEmailAddress } from './email-address.ts';

/** Two profiles of one person made one, with all that it takes to part them again. */
export interface Merge {
	id: string;
	at: number;
	/** The kept profile before it, the other profile, and what was made of them. */
	kept: Client;
	other: Client;
	merged: Client;
	/** Contacts and portal users of the other profile, which came along. */
	movedIds: readonly string[];
}

/** The fields of which a person chooses one value or the other. */
export const mergeFields = [
	'firstName',
	'lastName',
	'preferredName',
	'emailAddress',
	'phone',
	'dateOfBirth',
	'kind',
	'status',
	'professional',
	'language',
	'externalId',
] as const;
export type MergeField = (typeof mergeFields)[number];

/** Which fields are taken from the other profile; all others are the kept one's. */
export type MergeChoices = ReadonlySet<MergeField>;

/** The kept profile's value where it has one, else the other's. */
export function usualChoices(kept: Client, other: Client): MergeChoices {
	return new Set(mergeFields.filter((field) => !kept[field] && other[field]));
}

/**
 * One profile of two. What was not chosen of addresses and phones is kept beside; lists are joined; what
 * protects a person (do not email, deceased) holds if it stands on either.
 */
export function mergedClient(kept: Client, other: Client, choices: MergeChoices): Client {
	const merged: Client = { ...kept };
	for (const field of choices)
		if (other[field] === undefined) delete (merged as Partial<Client>)[field];
		else Object.assign(merged, { [field]: other[field] });
	merged.isDoNotEmail = kept.isDoNotEmail || other.isDoNotEmail;
	merged.isDeceased = kept.isDeceased || other.isDeceased;
	merged.hasJoinedPortal = kept.hasJoinedPortal || other.hasJoinedPortal;
	const joinedSource = kept.joinedSource ?? other.joinedSource;
	if (joinedSource) merged.joinedSource = joinedSource;
	// A bounce speaks of the address that it came from.
	const isOf = (one: Client) =>
		one.hasBounced &&
		normaliseEmailAddress(one.emailAddress) === normaliseEmailAddress(merged.emailAddress);
	merged.hasBounced = isOf(kept) || isOf(other);
	merged.addedAt = Math.min(kept.addedAt, other.addedAt);
	const addresses = others(kept, other, merged, 'emailAddress', 'otherEmailAddresses');
	const phones = others(kept, other, merged, 'phone', 'otherPhones');
	setList(merged, 'otherEmailAddresses', addresses);
	setList(merged, 'otherPhones', phones);
	setList(merged, 'tags', joined(kept.tags, other.tags));
	setList(merged, 'formerIds', [...(kept.formerIds ?? []), other.id, ...(other.formerIds ?? [])]);
	const notes = [kept.notes, other.notes].filter(Boolean).join('\n\n');
	if (notes) merged.notes = notes;
	return merged;
}

/**
 * The two profiles again. A field that was changed since the merge stays with the kept profile as it is
 * now; all others go back to what they were.
 */
export function unmerged(merge: Merge, now: Client): { kept: Client; other: Client } {
	const kept: Record<string, unknown> = { ...merge.kept };
	const current = now as unknown as Record<string, unknown>;
	const merged = merge.merged as unknown as Record<string, unknown>;
	for (const field of new Set([...Object.keys(current), ...Object.keys(merged)])) {
		if (field === 'formerIds' || isEqual(current[field], merged[field])) continue;
		if (current[field] === undefined) delete kept[field];
		else kept[field] = current[field];
	}
	const formerIds = (now.formerIds ?? []).filter(
		(id) => id !== merge.other.id && !(merge.other.formerIds ?? []).includes(id),
	);
	const result = kept as unknown as Client;
	setList(result, 'formerIds', formerIds);
	return { kept: result, other: merge.other };
}

/** The id under which each merged profile's invitations count now: former id → present id. */
export function presentIds(clients: readonly Client[]): ReadonlyMap<string, string> {
	const ids = new Map<string, string>();
	for (const { id, formerIds } of clients)
		if (formerIds) for (const former of formerIds) ids.set(former, id);
	return ids;
}

type ListField = 'otherEmailAddresses' | 'otherPhones' | 'tags' | 'formerIds';

function setList(client: Client, field: ListField, list: readonly string[]): void {
	if (list.length > 0) client[field] = list;
	else delete client[field];
}

function others(
	kept: Client,
	other: Client,
	merged: Client,
	first: 'emailAddress' | 'phone',
	more: 'otherEmailAddresses' | 'otherPhones',
): string[] {
	const all = joined([kept[first], ...(kept[more] ?? [])], [other[first], ...(other[more] ?? [])]);
	return all.filter((value) => value !== '' && value !== merged[first]);
}

function joined(a: readonly string[] = [], b: readonly string[] = []): string[] {
	return [...new Set([...a, ...b])];
}

function isEqual(a: unknown, b: unknown): boolean {
	return a === b || JSON.stringify(a) === JSON.stringify(b);
}
