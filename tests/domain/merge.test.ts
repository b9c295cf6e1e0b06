import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { presentIds } from '../../src/lib/domain/former-ids.ts';
import { mergedClient, mergeFields, unmerged, usualChoices } from '../../src/lib/domain/merge.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient } from '../support/some-client.ts';

const text = fc.constantFrom('', 'a', 'b', 'c');
const list = fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 });
const facts = fc.record(
	{
		firstName: text,
		lastName: text,
		emailAddress: fc.constantFrom('', 'a@example.com', 'b@example.com'),
		phone: text,
		professional: text,
		notes: fc.constantFrom('n', 'm'),
		tags: list,
		isDoNotEmail: fc.boolean(),
		isDeceased: fc.boolean(),
		hasBounced: fc.boolean(),
	},
	{ requiredKeys: [] },
);
const clientOf = (id: string) => facts.map((more) => ({ ...someClient(id), ...more }));
const choices = fc.uniqueArray(fc.constantFrom(...mergeFields)).map((fields) => new Set(fields));

test('a merge that is taken back leaves both profiles as they were', () => {
	fc.assert(
		fc.property(clientOf('kept'), clientOf('other'), choices, (kept, other, chosen) => {
			const merged = mergedClient(kept, other, chosen);
			expect(unmerged({ id: 'm', at: 1, kept, other, merged, movedIds: [] }, merged)).toEqual({
				kept,
				other,
				laters: [],
			});
		}),
		fromSeed(300),
	);
});

test('what was edited since the merge stays with the kept profile', () => {
	const kept = someClient('kept', { phone: '1' });
	const other = someClient('other', { phone: '2', tags: ['evening'] });
	const merged = mergedClient(kept, other, new Set());
	const now = { ...merged, phone: '3' };
	const parted = unmerged({ id: 'm', at: 1, kept, other, merged, movedIds: [] }, now);
	expect(parted.kept).toEqual({ ...kept, phone: '3' });
	expect(parted.other).toEqual(other);
});

test('merges in a chain come apart in any order, and former ids lead to the profile that is left', () => {
	const a = someClient('a');
	const b = someClient('b');
	const c = someClient('c');
	const first = mergedClient(a, b, new Set());
	const second = mergedClient(first, c, new Set());
	expect(Object.fromEntries(presentIds([second]))).toEqual({ b: 'a', c: 'a' });
	const parted = unmerged(
		{ id: '1', at: 1, kept: a, other: b, merged: first, movedIds: [] },
		second,
	);
	expect(parted.other).toEqual(b);
	expect(parted.kept.formerIds).toEqual(['c']);
});

test('no value is lost in a merge, and what protects a person holds', () => {
	fc.assert(
		fc.property(clientOf('kept'), clientOf('other'), choices, (kept, other, chosen) => {
			const merged = mergedClient(kept, other, chosen);
			const addresses = [merged.emailAddress, ...(merged.otherEmailAddresses ?? [])];
			for (const one of [kept, other]) {
				if (one.emailAddress) expect(addresses).toContain(one.emailAddress);
				for (const tag of one.tags ?? []) expect(merged.tags).toContain(tag);
			}
			expect(merged.isDoNotEmail).toBe(kept.isDoNotEmail || other.isDoNotEmail);
			expect(merged.isDeceased).toBe(kept.isDeceased || other.isDeceased);
		}),
		fromSeed(300),
	);
});

test('by default the kept profile wins, and its blanks are filled', () => {
	const kept = someClient('kept', { phone: '', lastName: 'Kept' });
	const other = someClient('other', { phone: '2', lastName: 'Other' });
	const merged = mergedClient(kept, other, usualChoices(kept, other));
	expect([merged.phone, merged.lastName]).toEqual(['2', 'Kept']);
});

test('the other address and phone are kept beside, each once, unless the person drops them', () => {
	const kept = someClient('kept', { emailAddress: 'a@example.com', phone: '(503) 555-0100' });
	const other = someClient('other', {
		emailAddress: 'b@example.com',
		phone: '503.555.0100',
		otherEmailAddresses: ['A@example.com', 'c@example.com'],
	});
	const merged = mergedClient(kept, other, new Set(['emailAddress']));
	expect(merged.emailAddress).toBe('b@example.com');
	expect(merged.otherEmailAddresses).toEqual(['a@example.com', 'c@example.com']);
	expect(merged.otherPhones).toBeUndefined();
	const dropped = mergedClient(kept, other, new Set(['emailAddress']), new Set(['emailAddress']));
	expect(dropped.otherEmailAddresses).toEqual(['c@example.com']);
});
