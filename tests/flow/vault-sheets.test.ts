import type { Invitation } from '$lib/domain/invitation.ts';
import { RowIds } from '$lib/domain/row-ids.ts';
import { Sheet } from '$lib/domain/sheet.ts';
import { applyChanges } from '$lib/vault/apply.ts';
import { Block } from '$lib/vault/block.ts';
import { Shelf } from '$lib/vault/shelf.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { undoDataFor } from '$lib/vault/undo-record.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { fromSeed } from '../support/seed.ts';
import { openOn, readAfresh } from '../support/vaults.ts';

const needs = ['invitations'] as const;

function sheetOf(count: number, batch: string): Sheet<Invitation> {
	const ids = new RowIds(`${batch}-`);
	const counts = Array.from({ length: count }, () => ids.count());
	return new Sheet<Invitation, 'round' | 'invitedAt' | 'expiresAt'>(
		count,
		{ round: 1, invitedAt: 5, expiresAt: 9 },
		{
			id: ids.column(counts),
			clientId: counts.map((at) => `client-${at}`),
			emailAddress: counts.map((at) => `${batch}-${at}@example.com`),
			code: counts.map((at) => `code${at}`),
			messageId: ids.column(counts),
		},
	);
}

test('sheets and rows added in any order are all there, in that order, for whoever opens', async () => {
	const steps = fc.array(
		fc.record({ count: fc.constantFrom(1, 3, 511, 512, 513, 700, 1100), isSheet: fc.boolean() }),
		{ minLength: 1, maxLength: 5 },
	);
	await fc.assert(
		fc.asyncProperty(steps, async (all) => {
			const device = new Device();
			const { vault } = await openOn(device);
			const expected: Invitation[] = [];
			for (const [at, { count, isSheet }] of all.entries()) {
				const sheet = sheetOf(count, `b${at}`);
				expected.push(...sheet.rows);
				await vault.commit(
					() => (isSheet ? { add: { invitations: sheet } } : { put: { invitations: sheet.rows } }),
					{ what: 'test', count },
					{ needs },
				);
				expect(vault.snapshot.rows('invitations')).toEqual(expected);
			}
			const edited = { ...(expected.at(-1) as Invitation), round: 7 };
			await vault.commit(
				() => ({ put: { invitations: [edited] } }),
				{ what: 'test', count: 1 },
				{ needs },
			);
			expect(vault.snapshot.get('invitations', edited.id)?.round).toBe(7);
			vault.close();
			expect(await readAfresh(device, 'invitations')).toEqual([...expected.slice(0, -1), edited]);
		}),
		fromSeed(12),
	);
});

test('what was added by a sheet is undone', async () => {
	const device = new Device();
	const { vault } = await openOn(device);
	const entry = { id: 'sheet', what: 'test', count: 600, canUndo: true };
	await vault.commit(() => ({ add: { invitations: sheetOf(600, 'b') } }), entry, { needs });
	expect(await vault.undo('sheet', { what: 'undo', count: 600 })).toEqual({ undone: 600, kept: 0 });
	expect(vault.snapshot.rows('invitations')).toEqual([]);
	vault.close();
});

test('a row that is there already is not added once more', async () => {
	const device = new Device();
	const { vault } = await openOn(device);
	const add = () =>
		vault.commit(
			() => ({ add: { invitations: sheetOf(2, 'b') } }),
			{ what: 'test', count: 2 },
			{ needs },
		);
	await add();
	await expect(add()).rejects.toThrow();
	vault.close();
	expect(await readAfresh(device, 'invitations')).toHaveLength(2);
});

test('a sheet goes behind a last block that holds more than a block holds today', () => {
	const before = new Block('1', '1', '', sheetOf(600, 'old'));
	const { changed } = applyChanges({
		shelf: new Shelf(new Map([['1', before]])),
		puts: [],
		adds: sheetOf(100, 'new'),
		removes: [],
		version: '2',
		nextBlock: 2,
		rowsPerBlock: 512,
	});
	expect(changed.flatMap(({ rows }) => rows)).toEqual(sheetOf(100, 'new').rows);
});

test('a very large sheet can be undone', () => {
	const add = { invitations: sheetOf(200_000, 'b') };
	const { collections } = undoDataFor({} as Snapshot, { add }, '');
	expect(collections.invitations?.created).toHaveLength(200_000);
});
