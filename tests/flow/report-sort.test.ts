import { foldToFind } from '$lib/domain/fold.ts';
import { sortOrder } from '$lib/domain/sort-order.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { fromSeed } from '../support/seed.ts';

/** Alike at their start, and beyond ASCII: what a sort by first letters may get wrong. */
const name = fc.oneof(
	fc.constantFrom('', 'Ann', 'Anna', 'Annabella', 'Annabelle', 'Annabellø', 'Annabellé', 'Øann'),
	fc.string({ unit: fc.constantFrom('a', 'B', 'é', 'ø', ' ', '\u007f', '語'), maxLength: 9 }),
);

test('the order is that of a plain sort of the folded names, the empty ones last', () => {
	fc.assert(
		fc.property(fc.array(name, { maxLength: 60 }), fc.boolean(), (names, isDescending) => {
			const clients = names.map((professional, at) => aClient({ id: String(at), professional }));
			const keys = names.map(foldToFind);
			const expected = keys
				.map((_, at) => at)
				.sort((a, b) => {
					const [left, right] = [keys[a] ?? '', keys[b] ?? ''];
					if (left === right) return a - b;
					if (left === '' || right === '') return left === '' ? 1 : -1;
					return left < right !== isDescending ? -1 : 1;
				});
			expect([...sortOrder(clients, { by: 'professional', isDescending })]).toEqual(expected);
		}),
		fromSeed(500),
	);
});
