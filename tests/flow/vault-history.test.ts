import type { JournalEntry } from '$lib/domain/journal.ts';
import { checkHistory } from '$lib/vault/journal-chain.ts';
import type { Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient } from '../support/some-client.ts';

let vault: Vault;
beforeEach(async () => {
	vault = await openTestVault();
});

async function add(id: string): Promise<string> {
	const receipt = await vault.commit(
		() => ({ put: { clients: [someClient(id)] } }),
		{ what: 'client added', count: 1, canUndo: true },
		{ needs: ['clients'] },
	);
	return receipt?.entryId ?? '';
}

const journal = async () => (await vault.load('journal')).rows('journal');

test('every commit and every undo is chained to the one before; an undone one still follows', async () => {
	const first = await add('a');
	await add('b');
	await vault.undo(first, { what: 'taken back', count: 1 });
	const entries = await journal();
	expect(entries.map(({ canUndo }) => canUndo)).toEqual([false, true, false]);
	const mark = entries.at(-1)?.mark;
	expect(await checkHistory(crypto, entries)).toEqual({
		kind: 'whole',
		entries: 3,
		unchained: 0,
		mark,
	});
	expect(new Set(entries.map((entry) => entry.mark)).size).toBe(3);
	vault.close();
});

test('whatever is changed, left out, put in or moved shows', async () => {
	for (let i = 0; i < 12; i++) await add(`c${i}`);
	const entries = await journal();
	const changes: Record<string, (rows: JournalEntry[], at: number, other: number) => void> = {
		count: (rows, at) => (rows[at] = { ...rowAt(rows, at), count: 2 }),
		what: (rows, at) => (rows[at] = { ...rowAt(rows, at), what: 'nothing' }),
		time: (rows, at) => (rows[at] = { ...rowAt(rows, at), at: 1 }),
		revision: (rows, at) => (rows[at] = { ...rowAt(rows, at), revision: 99 }),
		mark: (rows, at, other) =>
			(rows[at] = { ...rowAt(rows, at), mark: `${rowAt(rows, other).mark}x` }),
		'left out': (rows, at) => rows.splice(at, 1),
		'put in': (rows, at) => rows.splice(at, 0, { ...rowAt(rows, at), id: 'new' }),
		moved: (rows, at, other) => ([rows[at], rows[other]] = [rowAt(rows, other), rowAt(rows, at)]),
	};
	const places = fc.tuple(fc.nat(10), fc.nat(10)).filter(([a, b]) => a !== b);
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...Object.keys(changes)),
			places,
			async (name, [at, other]) => {
				const changed = [...entries];
				changes[name]?.(changed, at, other);
				expect((await checkHistory(crypto, changed)).kind).toBe('broken');
			},
		),
		fromSeed(300),
	);
	vault.close();
});

test('entries of versions without marks are vouched for by the first that has one', async () => {
	const old = (id: string, revision: number): JournalEntry => ({
		id,
		at: revision,
		what: 'client added',
		count: 1,
		revision,
		canUndo: false,
	});
	await vault.commit(
		() => ({ put: { journal: [old('o1', 1), old('o2', 2)] } }),
		{ what: 'restored', count: 2 },
		{ needs: ['journal'] },
	);
	await add('a');
	const entries = await journal();
	expect(await checkHistory(crypto, entries)).toMatchObject({ kind: 'whole', unchained: 2 });
	const changed = entries.map((entry) => (entry.id === 'o1' ? { ...entry, count: 9 } : entry));
	expect(await checkHistory(crypto, changed)).toMatchObject({ kind: 'broken', position: 2 });
	vault.close();
});

function rowAt(rows: readonly JournalEntry[], at: number): JournalEntry {
	const row = rows[at];
	if (!row) throw new RangeError(`No row ${at}`);
	return row;
}
