import { importFile, type Imported } from '$lib/imports/import-file.ts';
import { matchPolicies, type MatchPolicy } from '$lib/imports/match-policy.ts';
import { noChoices, type ImportChoices } from '$lib/imports/plan-file.ts';
import { reviewFile, type Review } from '$lib/imports/review-file.ts';
import { undoImport } from '$lib/imports/undo-import.ts';
import type { Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { fromSeed } from '../support/seed.ts';
import { clientsIn, contactsIn, editAll, mappingOf, sumOf } from '../support/taking-in.ts';

async function taken(vault: Vault, file: File, choices: Partial<ImportChoices> = {}) {
	const mapping = await mappingOf(file);
	const result = await importFile(vault, file, mapping, { choices: { ...noChoices, ...choices } });
	if (result.kind !== 'imported') throw new Error(JSON.stringify(result));
	return result satisfies Imported;
}

async function reviewed(vault: Vault, file: File, choices: Partial<ImportChoices> = {}) {
	const mapping = await mappingOf(file);
	const result = await reviewFile(vault, file, mapping, { choices: { ...noChoices, ...choices } });
	if (result.kind !== 'reviewed') throw new Error(JSON.stringify(result));
	return result satisfies Review;
}

const before =
	'Client,Email,DOB,Professional\nMaya Okafor,maya@example.com,1989-08-25,\nNoah Reyes,noah@example.com,1990-01-31,Dr. Lee\n';
const after =
	'Client,Email,DOB,Professional\nMaya Okafor,maya@home.example,1989-08-25,Dr. Park\nNoah Reyes,noah@example.com,1990-01-31,\nAmara Silva,amara@example.com,,\n';

describe('when a client is here already', () => {
	const counted = async (policy: MatchPolicy) => {
		const vault = await openTestVault();
		await taken(vault, textFile(before));
		const { counts } = await taken(vault, textFile(after), { policy });
		return { counts, clients: await clientsIn(vault) };
	};

	it("'Update' takes what the file says", async () => {
		const { counts, clients } = await counted('update');
		expect(counts).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
		expect(clients[0]).toMatchObject({
			emailAddress: 'maya@home.example',
			professional: 'Dr. Park',
		});
	});

	it("'Fill blanks only' leaves what is known", async () => {
		const { counts, clients } = await counted('fill-blanks');
		expect(counts).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
		expect(clients[0]).toMatchObject({
			emailAddress: 'maya@example.com',
			professional: 'Dr. Park',
		});
	});

	it("'Skip' leaves the client as she is", async () => {
		const { counts, clients } = await counted('skip');
		expect(counts).toMatchObject({ created: 1, updated: 0, skipped: 2 });
		expect(clients[0]).toMatchObject({ emailAddress: 'maya@example.com', professional: '' });
	});

	it("'Create anyway' adds another client, to whom the marks of the first are carried", async () => {
		const vault = await openTestVault();
		await taken(vault, textFile(before));
		await editAll(vault, (client) => ({ ...client, isDoNotEmail: true }));
		const { counts } = await taken(vault, textFile(after), { policy: 'create' });
		expect(counts).toMatchObject({ created: 3, updated: 0 });
		const clients = await clientsIn(vault);
		expect(clients.map(({ isDoNotEmail }) => isDoNotEmail)).toEqual([
			true,
			true,
			true,
			true,
			false,
		]);
	});

	it('a choice for one row goes before the choice for all', async () => {
		const vault = await openTestVault();
		await taken(vault, textFile(before));
		const { counts } = await taken(vault, textFile(after), {
			policy: 'skip',
			rowPolicies: [{ line: 2, policy: 'update' }],
		});
		expect(counts).toMatchObject({ created: 1, updated: 1, skipped: 1 });
	});
});

describe('the review', () => {
	it('shows exactly which fields would change, and why it is the same client', async () => {
		const vault = await openTestVault();
		await taken(vault, textFile(before));
		const { matched, counts, created } = await reviewed(vault, textFile(after));
		expect(counts).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
		expect(created).toMatchObject([{ name: 'Amara Silva', line: 4 }]);
		expect(matched).toMatchObject([
			{
				line: 2,
				reason: 'Same name and date of birth',
				changes: [
					{ field: 'Email address', before: 'maya@example.com', after: 'maya@home.example' },
					{ field: 'Professional', before: '', after: 'Dr. Park' },
				],
			},
		]);
		expect((await clientsIn(vault)).length).toBe(2);
	});

	it('counts what the import then counts, and changes nothing', async () => {
		const vault = await openTestVault();
		const old = makePracticeFile({ rows: 600, shape: 'jane', seed: 5 });
		await taken(vault, textFile(old));
		const clients = await clientsIn(vault);
		const now = textFile(makePracticeFile({ rows: 900, shape: 'simplepractice', seed: 5 }));
		for (const policy of matchPolicies) {
			const review = await reviewed(vault, now, { policy });
			expect(sumOf(review.counts)).toBe(900);
			expect(await clientsIn(vault)).toBe(clients);
			expect(review.created.length).toBeLessThanOrEqual(200);
		}
		const { counts } = await reviewed(vault, now);
		expect((await taken(vault, now)).counts).toEqual(counts);
	});

	it('is ended by its signal', async () => {
		const vault = await openTestVault();
		const file = textFile(makePracticeFile({ rows: 20_000, seed: 3 }));
		const stop = new AbortController();
		const result = await reviewFile(vault, file, await mappingOf(file), {
			signal: stop.signal,
			onProgress: () => stop.abort(),
		});
		expect(result).toEqual({ kind: 'cancelled' });
	});

	it('likely the same is asked about, and never merged unasked', async () => {
		const vault = await openTestVault();
		await taken(vault, textFile('Client,Email,DOB\nJonathan Reyes,jon@example.com,1990-01-31\n'));
		await editAll(vault, (client) => ({ ...client, isDoNotEmail: true }));
		const file = textFile('Client,Email,DOB\nJon Reyes,jon@example.com,1990-01-31\n');
		const review = await reviewed(vault, file);
		expect(review.counts).toMatchObject({ created: 1 });
		expect(review.likely).toMatchObject([{ line: 2, isLikely: true }]);
		expect(review.likely[0]?.reason).toMatch(/date of birth/);
		const merged = await taken(vault, file, { rowPolicies: [{ line: 2, policy: 'update' }] });
		expect(merged.counts).toMatchObject({ created: 0, updated: 1 });
		expect(await clientsIn(vault)).toMatchObject([{ firstName: 'Jon', isDoNotEmail: true }]);
	});

	it('someone born on another day, and the rest of a family, are nobody who is here', async () => {
		const vault = await openTestVault();
		await taken(vault, textFile('Client,Email,DOB\nMia Reyes,reyes@example.com,2015-01-31\n'));
		const file =
			'Client,Email,DOB\nMia Reyes,reyes@example.com,1980-01-31\nTom Reyes,reyes@example.com,\n';
		expect(await reviewed(vault, textFile(file))).toMatchObject({
			counts: { created: 2 },
			likelyCount: 0,
		});
	});
});

describe('for random files and policies', () => {
	const person = fc.record({
		name: fc.constantFrom('Maya Okafor', 'Noah Reyes', 'Amara Silva', 'Mia Reyes', 'Jan Park', ''),
		email: fc.constantFrom('a@example.com', 'b@example.com', 'not an address', ''),
		dob: fc.constantFrom('1990-01-31', '1985-12-24', ''),
		status: fc.constantFrom('Active', 'Inactive', 'Archived', ''),
		wish: fc.constantFrom('Yes', 'No', ''),
		contact: fc.constantFrom('Ada Okafor', ''),
	});
	type Person = typeof person extends fc.Arbitrary<infer One> ? One : never;
	const fileOf = (people: readonly Person[]) =>
		textFile(
			`Client,Email,DOB,Status,Do Not Email,Contact name\n${people.map((one) => Object.values(one).join(',')).join('\n')}\n`,
		);
	const file = fc.array(person, { maxLength: 8 }).map(fileOf);
	const policy = fc.constantFrom(...matchPolicies);
	const rowPolicies = fc.array(fc.record({ line: fc.integer({ min: 2, max: 9 }), policy }));

	it('every row is counted once, no mark is undone, and undo gives back what was', async () => {
		await fc.assert(
			fc.asyncProperty(file, file, policy, rowPolicies, async (first, second, policy, rows) => {
				const vault = await openTestVault();
				await taken(vault, first);
				const [clients, contacts] = [await clientsIn(vault), await contactsIn(vault)];
				const review = await reviewed(vault, second, { policy, rowPolicies: rows });
				const result = await taken(vault, second, { policy, rowPolicies: rows });
				expect(sumOf(result.counts)).toBe(result.counts.rows);
				expect(review.counts).toEqual(result.counts);
				const now = new Map((await clientsIn(vault)).map((client) => [client.id, client]));
				for (const client of clients)
					if (client.isDoNotEmail) expect(now.get(client.id)?.isDoNotEmail).toBe(true);
				await undoImport(vault, result.importId);
				expect(await clientsIn(vault)).toEqual(clients);
				expect(await contactsIn(vault)).toEqual(contacts);
				vault.close();
			}),
			fromSeed(60),
		);
	});

	it.each(['update', 'fill-blanks'] as const)("'%s' twice equals once", async (policy) => {
		await fc.assert(
			fc.asyncProperty(file, async (file) => {
				const vault = await openTestVault();
				await taken(vault, file, { policy });
				const [clients, contacts] = [await clientsIn(vault), await contactsIn(vault)];
				const again = await taken(vault, file, { policy });
				expect(again.counts).toMatchObject({ created: 0, updated: 0 });
				expect(await clientsIn(vault)).toEqual(clients);
				expect(await contactsIn(vault)).toEqual(contacts);
				vault.close();
			}),
			fromSeed(40),
		);
	});
});
