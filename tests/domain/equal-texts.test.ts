import { EqualTexts, hashOfText } from '$lib/domain/equal-texts.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromSeed } from '../support/seed.ts';

function groupsOf(texts: readonly string[]): number[][] {
	const equal = new EqualTexts(texts.length, (index) => texts[index] ?? '');
	texts.forEach((text, index) => equal.add(index, text));
	return equal.groups();
}

/** The same, by a plain look at every text. */
function plainGroupsOf(texts: readonly string[]): number[][] {
	const byText = new Map<string, number[]>();
	texts.forEach((text, index) => byText.set(text, [...(byText.get(text) ?? []), index]));
	return [...byText.values()].filter(({ length }) => length > 1);
}

/** Two texts of one hash: among 200,000 there are some. */
function collision(): [string, string] {
	const byHash = new Map<number, string>();
	for (let at = 0; at < 1_000_000; at++) {
		const mixed = [0x9e3779b1, 0x85ebca6b].map((by) => (Math.imul(at, by) >>> 0).toString(36));
		const text = `${mixed.join('.')}@example.com`;
		const other = byHash.get(hashOfText(text));
		if (other !== undefined) return [other, text];
		byHash.set(hashOfText(text), text);
	}
	throw new Error('No two texts have one hash');
}

test('texts that come more than once are found, by their first ones', () => {
	const text = fc.constantFrom('', 'a', 'b', 'maya@example.com', 'noah@example.com');
	fc.assert(
		fc.property(fc.array(text), (texts) => {
			expect(groupsOf(texts)).toEqual(plainGroupsOf(texts));
		}),
		fromSeed(300),
	);
});

test('different texts of one hash are not taken for one', () => {
	const [one, other] = collision();
	for (const texts of [
		[one, other],
		[one, other, one],
		[other, one, 'x', other, one, other],
	])
		expect(groupsOf(texts)).toEqual(plainGroupsOf(texts));
});
