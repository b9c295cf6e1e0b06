import { phoneDigits } from './address-text.ts';
import type { Client } from './client.ts';
import { normaliseEmailAddress } from './email-address.ts';
import { isEqual } from './equal.ts';

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
	/** What the person chose; absent when nothing was taken from the other profile. */
	choices?: readonly MergeField[];
	dropped?: readonly FurtherField[];
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

/** The fields of which the value that was not chosen is kept as a further one. */
export type FurtherField = 'emailAddress' | 'phone';

/** The kept profile's value where it has one, else the other's. */
export function usualChoices(kept: Client, other: Client): MergeChoices {
	return new Set(mergeFields.filter((field) => !kept[field] && other[field]));
}

/**
 * One profile of two. What was not chosen of addresses and phones is kept beside, unless `dropped`; lists
 * are joined; what protects a person (do not email, deceased) holds if it stands on either.
 */
export function mergedClient(
	kept: Client,
	other: Client,
	choices: MergeChoices,
	dropped: ReadonlySet<FurtherField> = new Set(),
): Client {
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
	for (const field of ['emailAddress', 'phone'] as const)
		setList(merged, more[field], furtherOf(kept, other, merged, field, dropped.has(field)));
	setList(merged, 'tags', [...new Set([...(kept.tags ?? []), ...(other.tags ?? [])])]);
	setList(merged, 'formerIds', [...(kept.formerIds ?? []), other.id, ...(other.formerIds ?? [])]);
	const notes = [...new Set([kept.notes, other.notes])].filter(Boolean).join('\n\n');
	if (notes) merged.notes = notes;
	return merged;
}

/**
 * The two profiles again. A field that was changed since the merge stays with the kept profile as it is
 * now; all others go back to what they were. `laters`: merges into the same profile that stand, in the
 * order in which they were made; they come back as if this one had never been.
 */
export function unmerged(
	merge: Merge,
	now: Client,
	laters: readonly Merge[] = [],
): { kept: Client; other: Client; laters: Merge[] } {
	const stateAfter = (at: number) => laters[at]?.kept ?? now;
	let kept = carried(merge.merged, stateAfter(0), merge.kept);
	const anew = laters.map((later, at) => {
		const choices = new Set(later.choices);
		const merged = mergedClient(kept, later.other, choices, new Set(later.dropped));
		const next = { ...later, kept, merged };
		kept = carried(later.merged, stateAfter(at + 1), merged);
		return next;
	});
	const gone = new Set([merge.other.id, ...(merge.other.formerIds ?? [])]);
	const formerIds = (now.formerIds ?? []).filter((id) => !gone.has(id));
	setList(kept, 'formerIds', formerIds);
	return { kept, other: merge.other, laters: anew };
}

/** Fields of the kept profile that somebody changed since it was merged; they stay with it. */
export function changedSince(merge: Merge, now: Client): (keyof Client)[] {
	return allFields(merge.merged, now).filter(
		(field) => field !== 'formerIds' && !isEqual(merge.merged[field], now[field]),
	);
}

/** The merges into this profile that stand, in the order in which they were made. */
export function mergesInto(client: Client, merges: readonly Merge[]): Merge[] {
	const order = new Map(client.formerIds?.map((id, at) => [id, at]));
	return merges
		.filter(({ kept, other }) => kept.id === client.id && order.has(other.id))
		.sort((a, b) => (order.get(a.other.id) ?? 0) - (order.get(b.other.id) ?? 0));
}

/** What was edited from one state of a profile to the next, done to a third. Who it was made of is no edit. */
function carried(from: Client, to: Client, onto: Client): Client {
	const result: Partial<Client> = { ...onto };
	for (const field of allFields(from, to)) {
		if (field === 'formerIds' || isEqual(from[field], to[field])) continue;
		if (to[field] === undefined) delete result[field];
		else Object.assign(result, { [field]: to[field] });
	}
	return result as Client;
}

function allFields(a: Client, b: Client): (keyof Client)[] {
	return [...new Set([...Object.keys(a), ...Object.keys(b)])] as (keyof Client)[];
}

const more = { emailAddress: 'otherEmailAddresses', phone: 'otherPhones' } as const;
const sameForm = { emailAddress: normaliseEmailAddress, phone: phoneDigits };

function setList(
	client: Client,
	field: 'otherEmailAddresses' | 'otherPhones' | 'tags' | 'formerIds',
	list: readonly string[],
): void {
	if (list.length > 0) client[field] = list;
	else delete client[field];
}

/** All values but the chosen one, each inbox and each number once. */
function furtherOf(
	kept: Client,
	other: Client,
	merged: Client,
	field: FurtherField,
	isDropped: boolean,
): string[] {
	const form = (value: string) => sameForm[field](value) || value;
	const first = isDropped ? [] : [kept[field], other[field]];
	const left = isDropped ? [kept[field], other[field]] : [];
	const all = [...first, ...(kept[more[field]] ?? []), ...(other[more[field]] ?? [])];
	const seen = new Set(['', ...left.map(form), form(merged[field])]);
	return all.filter((value) => {
		const isNew = !seen.has(form(value));
		seen.add(form(value));
		return isNew;
	});
}
