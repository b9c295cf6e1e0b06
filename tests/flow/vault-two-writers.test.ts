import type { CollectionName } from '$lib/domain/collections.ts';
import type { Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { readManifest, strayBlocks } from '../support/raw-database.ts';
import { fromSeed } from '../support/seed.ts';
import { asChanges, type ModelChanges, type ModelRow, VaultModel } from '../support/vault-model.ts';
import { eventually, openOn } from '../support/vaults.ts';

const collections = ['clients', 'contacts', 'messages'] as const;
type Name = (typeof collections)[number];

interface Step {
	writer: 0 | 1;
	kind: 'put' | 'edit' | 'remove' | 'mixed' | 'stage' | 'undo';
	name: Name;
	/** The first of `count` rows in a row. */
	from: number;
	count: number;
	/** Which earlier step is undone, or whose staged rows are edited or removed. */
	target: number;
}

const step: fc.Arbitrary<Step> = fc.record({
	writer: fc.constantFrom(0, 1),
	kind: fc.constantFrom('put', 'put', 'edit', 'remove', 'mixed', 'stage', 'undo', 'undo'),
	name: fc.constantFrom(...collections),
	from: fc.constantFrom(0, 0, 1, 200, 255, 256, 700, 1024),
	count: fc.constantFrom(0, 1, 1, 2, 3, 56, 300, 600, 1030),
	target: fc.nat(9),
});
/** Steps of one batch go at once, batches one after another. */
const schedule = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
	minLength: 1,
	maxLength: 8,
});

type Get = (name: CollectionName, id: string) => ModelRow | undefined;

function idsOf({ from, count, target }: Step, staged: ReadonlyMap<number, string>): string[] {
	const prefix = staged.get(target) ?? 'r';
	return Array.from({ length: count }, (_, i) => `${prefix}${from + i}`);
}

/** What one step does to the newest state, be it the vault's or the model's. */
function changesOf(step: Step, at: number, staged: ReadonlyMap<number, string>, get: Get) {
	const { kind, name } = step;
	const ids = idsOf(step, staged);
	const edit = (name: Name) => (id: string) => {
		const row = get(name, id);
		return row ? [{ ...row, [at % 2 ? 'phone' : 'city']: `of ${at}` }] : [];
	};
	const make = (id: string) => ({ id, city: `of ${at}`, phone: '', tags: [at] });
	const changes: ModelChanges = {};
	if (kind === 'put') changes.put = { [name]: ids.map(make) };
	if (kind === 'edit') changes.put = { [name]: ids.flatMap(edit(name)) };
	if (kind === 'remove') changes.remove = { [name]: ids };
	if (kind === 'mixed' || kind === 'stage') {
		const half = ids.length >> 1;
		changes.put = { [name]: ids.slice(0, half).flatMap(edit(name)), contacts: [make(`m${at}`)] };
		changes.remove = { [name]: ids.slice(half) };
		if (name === 'contacts') changes.put = { contacts: [make(`m${at}`)] };
	}
	return changes;
}

const stagedRows = (step: Step, at: number): ModelRow[] =>
	Array.from({ length: step.count }, (_, i) => ({
		id: `s${at}-${i}`,
		city: '',
		phone: '',
		tags: [],
	}));

async function take(vault: Vault, step: Step, at: number, staged: Map<number, string>) {
	const draft = { id: `e${at}`, what: step.kind, count: step.count, canUndo: at % 5 !== 4 };
	const options = { needs: collections, isStrict: at % 3 === 0 };
	if (step.kind === 'undo') {
		await vault.undo(`e${step.target}`, { ...draft, canUndo: false });
		return;
	}
	const known = new Map(staged);
	const build = (now: { get: unknown }) => asChanges(changesOf(step, at, known, now.get as Get));
	if (step.kind === 'stage') {
		const staging = vault.stage();
		await staging.add(step.name, stagedRows(step, at) as never);
		expect(await staging.commit(build, draft, options)).toMatchObject({ entryId: `e${at}` });
	} else expect(await vault.commit(build, draft, options)).toMatchObject({ entryId: `e${at}` });
}

/** How many commits' old versions are still kept for an undo. */
async function pinCount(device: Device): Promise<number> {
	const listings = Object.values((await readManifest(device)).collections).flat();
	return new Set(listings.map(([, , , pin]) => pin).filter(Boolean)).size;
}

async function run(batches: Step[][], hasLocks: boolean) {
	const device = new Device();
	device.hasLocks = hasLocks;
	const writers = [await openOn(device), await openOn(device)];
	const steps = batches.flat();
	const staged = new Map<number, string>();
	const knownAt = new Map<number, ReadonlyMap<number, string>>();
	let at = 0;
	for (const batch of batches) {
		await Promise.all(
			batch.map((step) => {
				const mine = at++;
				knownAt.set(mine, new Map(staged));
				const writer = writers[step.writer];
				return writer && take(writer.vault, step, mine, staged);
			}),
		);
		for (let i = at - batch.length; i < at; i++)
			if (steps[i]?.kind === 'stage') staged.set(i, `s${i}-`);
	}

	const fresh = await openOn(device);
	const journal = (await fresh.vault.load('journal')).rows('journal');
	expect(journal.map((entry) => entry.revision)).toEqual(journal.map((_, i) => i + 1));

	const model = new VaultModel();
	for (const entry of journal) {
		const i = Number(entry.id.slice(1));
		const step = steps[i];
		if (!step) throw new Error(`Nobody committed ${entry.id}`);
		if (step.kind === 'undo') {
			model.undo(`e${step.target}`);
			continue;
		}
		const get: Get = (name, id) => model.get(name, id);
		const changes = changesOf(step, i, knownAt.get(i) ?? new Map(), get);
		if (step.kind === 'stage') {
			const puts = changes.put?.[step.name] ?? [];
			changes.put = { ...changes.put, [step.name]: [...puts, ...stagedRows(step, i)] };
		}
		model.commit(entry.id, changes, i % 5 !== 4);
	}

	for (const { vault } of [...writers, fresh]) {
		const now = await vault.load(...collections, 'journal');
		expect(now.rows('journal')).toEqual(journal);
		for (const name of collections) {
			expect(now.rows(name)).toEqual(model.rows(name));
			for (const row of now.rows(name)) if (now.get(name, row.id) !== row) throw new Error(row.id);
		}
	}
	// A sweep may still be under way when a run is short.
	expect(await eventually(async () => (await strayBlocks(device)).orphans.length === 0)).toBe(true);
	expect((await strayBlocks(device)).missing).toEqual([]);
	const undoable = steps.flatMap((step, i) =>
		step.kind === 'stage' && journal.some((entry) => entry.id === `e${i}` && entry.canUndo)
			? [i]
			: [],
	);
	expect(await pinCount(device)).toBeLessThanOrEqual(undoable.length);
	for (const { vault } of [...writers, fresh]) vault.close();
}

test('two contexts that write at once agree with a plain model, under the writers’ lock', async () => {
	await fc.assert(
		fc.asyncProperty(schedule, (batches) => run(batches, true)),
		fromSeed(25),
	);
});

test('two contexts that write at once agree with a plain model where there are no locks', async () => {
	await fc.assert(
		fc.asyncProperty(schedule, (batches) => run(batches, false)),
		fromSeed(25),
	);
});
