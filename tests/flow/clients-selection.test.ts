import { carriedOver, chosenIds, nobodyOf, withPlaces } from '$lib/clients/list/chosen-clients.ts';
import { ClientSelection } from '$lib/clients/list/client-selection.svelte.ts';
import type { Client } from '$lib/domain/client.ts';
import { asTable } from '$lib/domain/table.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { fromSeed } from '../support/seed.ts';

const some = (ids: string) => asTable<Client>([...ids].map((id) => aClient({ id })));

/** A list of a…h, in this order of places; both may be changed in a test. */
function list(ids = 'abcdefgh', order = [0, 1, 2, 3, 4, 5, 6, 7]) {
	const desk = { clients: some(ids), shown: order };
	const selection = new ClientSelection(
		() => desk.clients,
		() => desk.shown,
	);
	return { desk, selection, who: () => selection.ids.join('') };
}

test('a click selects one, Shift all in between in the order of the list', () => {
	const { selection, who } = list('abcdefgh', [7, 3, 5, 1, 0, 2, 4, 6]);
	selection.toggle(3);
	selection.toggleTo(0);
	expect(who()).toBe('abdf');
	selection.toggleTo(5);
	expect(who()).toBe('d');
});

test('Shift and the arrows select further, and fewer again on the way back', () => {
	const { selection, who } = list();
	selection.toggle(6);
	selection.extend(1, 2);
	selection.extend(2, 3);
	expect(who()).toBe('bcdg');
	selection.extend(3, 2);
	selection.extend(2, 1);
	selection.extend(1, 0);
	expect(who()).toBe('abg');
	selection.extend(4, 5);
	expect(who()).toBe('abefg');
});

test('all that match, then a filter: those who are hidden stay selected and are counted', () => {
	const { desk, selection, who } = list();
	desk.shown = [0, 1, 2];
	selection.chooseShown(true);
	expect(selection.isAll).toBe(true);
	desk.shown = [2, 3];
	expect([selection.size, selection.shownSize, selection.isAll]).toEqual([3, 1, false]);
	selection.chooseShown(false);
	expect(who()).toBe('ab');
	selection.clear();
	expect(selection.size).toBe(0);
});

test('a range whose beginning a filter has hidden is the one alone', () => {
	const { desk, selection, who } = list();
	selection.toggle(0);
	desk.shown = [4, 5, 6];
	selection.toggleTo(6);
	expect(who()).toBe('ag');
});

test('the selection is of people: who is deleted leaves it, who moves stays', async () => {
	const vault = await openTestVault();
	const clients = [...'abcdef'].map((id) => aClient({ id }));
	const commit = (changes: Parameters<typeof vault.commit>[0]) =>
		vault.commit(changes, { what: 'test', count: 1 }, { needs: ['clients'] });
	await commit(() => ({ put: { clients } }));
	const selection = new ClientSelection(
		() => vault.snapshot.table('clients'),
		() => [0, 1, 2, 3, 4, 5].slice(0, vault.snapshot.table('clients').length),
	);
	selection.toggle(1);
	selection.toggle(4);
	await commit(() => ({
		remove: { clients: ['a', 'b'] },
		put: { clients: [aClient({ id: 'x' })] },
	}));
	expect(selection.ids).toEqual(['e']);
	expect(selection.size).toBe(1);
	selection.extend(2, 3);
	expect(selection.ids).toEqual(['e', 'f']);
});

test('a choice carried over to other clients is of the same people', () => {
	const ids = fc.uniqueArray(fc.constantFrom(...'abcdefghij'), { maxLength: 10 });
	fc.assert(
		fc.property(ids, ids, fc.array(fc.nat(9)), (before, after, places) => {
			const first = some(before.join(''));
			const chosen = withPlaces(
				nobodyOf(first),
				places.filter((place) => place < first.length),
				true,
			);
			const wanted = chosenIds(chosen).filter((id) => after.includes(id));
			const carried = carriedOver(chosen, some(after.join('')));
			expect(chosenIds(carried).sort()).toEqual(wanted.sort());
			expect(carried.size).toBe(wanted.length);
		}),
		fromSeed(300),
	);
});
