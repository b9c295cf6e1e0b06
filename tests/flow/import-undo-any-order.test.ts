import { isDeepStrictEqual } from 'node:util';
import { undoImport } from '$lib/imports/undo-import.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { fromSeed } from '../support/seed.ts';
import { takeIn } from '../support/taking-in.ts';

type Row = Record<string, unknown>;
type Rows = Map<string, Row>;

const people = ['Maya Okafor', 'Noah Reyes', 'Amara Silva', 'Liam Weiss'];
const header = 'Client,Email,Phone,Preferred Name,Contact name,Contact phone';

const line = fc
	.record({
		who: fc.constantFrom(...people),
		phone: fc.constantFrom('', '503 555 0101', '503 555 0102', '503 555 0103'),
		preferred: fc.constantFrom('', 'M', 'N'),
		contact: fc.constantFrom('', 'Ada', 'Bo'),
		contactPhone: fc.constantFrom('', '503 555 0111', '503 555 0112'),
	})
	.map(({ who, phone, preferred, contact, contactPhone }) =>
		[
			who,
			`${who.split(' ')[0]?.toLowerCase()}@example.com`,
			phone,
			preferred,
			contact,
			contact && contactPhone,
		].join(','),
	);
const file = fc.uniqueArray(line, {
	minLength: 1,
	maxLength: 4,
	selector: (text) => text.split(',')[0],
});
const deed = fc.oneof(
	{ weight: 3, arbitrary: file.map((lines) => ({ kind: 'import' as const, lines })) },
	{ weight: 2, arbitrary: fc.nat(9).map((which) => ({ kind: 'undo' as const, which })) },
);

const groupsIn = (state: Snapshot): Rows =>
	new Map(
		[...state.rows('clients'), ...state.rows('contacts')].map((row) => [
			row.id,
			row as unknown as Row,
		]),
	);
const ownerOf = (row: Row) => String(row.clientId ?? row.id);

/** What one import did to one row, as the states before and after it show. */
interface Touch {
	importId: string;
	owner: string;
	before: Row | undefined;
	after: Row;
}

/** Each row as it would be had the undone imports never been: what nobody else touched is as before. */
function expectAsIfNever(
	now: Rows,
	base: Rows,
	touches: ReadonlyMap<string, Touch[]>,
	undone: Set<string>,
) {
	const heldOwners = new Set<string>();
	for (const list of touches.values())
		for (const { importId, owner } of list) if (!undone.has(importId)) heldOwners.add(owner);
	for (const [id, list] of touches) {
		const first = list[0] as Touch;
		const standing = list.filter(({ importId }) => !undone.has(importId));
		const there = now.get(id);
		if (!heldOwners.has(first.owner)) {
			expect(there, 'a row that only undone imports touched').toEqual(base.get(id));
			continue;
		}
		const madeClient = touches.get(first.owner)?.find(({ before }) => before === undefined);
		const cameWithClient = madeClient?.importId === first.importId;
		if (standing.length === 0 && !first.before && !cameWithClient) {
			expect(there, 'a contact that only undone imports made').toBeUndefined();
			continue;
		}
		const expected = { ...(first.before ?? first.after) };
		for (const { before, after } of standing)
			for (const field of Object.keys(after))
				if (!before || before[field] !== after[field]) expected[field] = after[field];
		expect(there, 'a row that a standing import touched').toEqual(expected);
	}
}

it('imports undone in any order leave what would be there had they never been', async () => {
	await fc.assert(
		fc.asyncProperty(
			file,
			fc.array(deed, { minLength: 2, maxLength: 9 }),
			fc.boolean(),
			async (first, deeds, undoesAll) => {
				const vault = await openTestVault();
				const look = async () => groupsIn(await vault.load('clients', 'contacts'));
				await takeIn(vault, textFile([header, ...first].join('\n')));
				const base = await look();
				const made: string[] = [];
				const undone = new Set<string>();
				const touches = new Map<string, Touch[]>();
				const undo = async (id: string | undefined) => {
					if (id === undefined || undone.has(id)) return;
					await undoImport(vault, id);
					undone.add(id);
					expectAsIfNever(await look(), base, touches, undone);
				};
				for (const doing of deeds) {
					if (doing.kind === 'undo') {
						await undo(made[doing.which % Math.max(1, made.length)]);
						continue;
					}
					const before = await look();
					const { importId } = await takeIn(vault, textFile([header, ...doing.lines].join('\n')));
					made.push(importId);
					for (const [id, after] of await look()) {
						const old = before.get(id);
						if (isDeepStrictEqual(old, after)) continue;
						const touch = { importId, owner: ownerOf(after), before: old, after };
						touches.set(id, [...(touches.get(id) ?? []), touch]);
					}
				}
				if (undoesAll) for (const id of made) await undo(id);
				await expectCountsAddUp(vault);
				vault.close();
			},
		),
		fromSeed(60),
	);
}, 900_000);

async function expectCountsAddUp(vault: Vault) {
	for (const { undone, counts } of (await vault.load('imports')).rows('imports')) {
		if (!undone) continue;
		const { removed, invited, edited, changedLater, gone } = undone;
		expect(removed + changedLater, 'new clients').toBe(counts.created);
		expect([invited, edited, gone]).toEqual([0, 0, 0]);
		expect(undone.back + undone.backInPart + undone.stay, 'updated clients').toBe(counts.updated);
	}
}
