import { foldToFind } from '$lib/domain/fold.ts';
import { sortOrder } from '$lib/domain/sort-order.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { fromSeed } from '../support/seed.ts';

/** Names that begin alike, that are longer than a key, and with letters that have no rank in one. */
const piece = fc.constantFrom(
	...[
		'a',
		'z',
		'zz',
		'Ann',
		'é',
		'ø',
		'ß',
		"O'",
		'-',
		'.',
		'&',
		' ',
		'!',
		'{',
		'\t',
		'7',
		'李',
		'𝒜',
	],
	...['Maximilian Alexander', 'zzzzzzzzzzzzzzzzzzzzzzz'],
);
const name = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
const names = fc.record({ firstName: name, lastName: name, preferredName: name });

test('clients are sorted by name as their folded texts are, from any order that equal ones keep', () => {
	fc.assert(
		fc.property(
			fc.array(names, { maxLength: 60 }),
			fc.boolean(),
			fc.boolean(),
			(all, isDescending, hasTies) => {
				const clients = all.map((fields, at) => aClient({ id: `c${at}`, ...fields }));
				const keys = clients.map(
					({ firstName, lastName, preferredName }) =>
						`${foldToFind(firstName)} ${foldToFind(lastName)}`.trim() || foldToFind(preferredName),
				);
				const before = clients.map((_, at) => at);
				if (hasTies) before.reverse();
				const sign = isDescending ? -1 : 1;
				const expected = before.toSorted((a, b) => {
					const [left = '', right = ''] = [keys[a], keys[b]];
					if (left === right) return 0;
					if (left === '' || right === '') return left === '' ? 1 : -1;
					return left < right ? -sign : sign;
				});
				const facts = hasTies ? { ties: Uint32Array.from(before) } : {};
				const order = sortOrder(clients, { by: 'name', isDescending }, facts);
				expect([...order]).toEqual(expected);
			},
		),
		fromSeed(300),
	);
});
