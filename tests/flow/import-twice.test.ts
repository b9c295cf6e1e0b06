import { importFile } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import { noChoices } from '$lib/imports/plan-file.ts';
import type { MatchPolicy } from '$lib/imports/match-policy.ts';
import type { Vault } from '$lib/vault/types.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { fromSeed } from '../support/seed.ts';

const header =
	'Client ID,Client,Email,Phone,DOB,Professional,Status,Contact name,Do Not Email,Work Phone';

async function taken(vault: Vault, file: File, policy: MatchPolicy = 'update') {
	const inspected = await inspectFile(file);
	if (inspected.kind === 'refused') throw new Error(inspected.problem.message);
	const { mapping } = inspected.inspection;
	const result = await importFile(vault, file, mapping, { choices: { ...noChoices, policy } });
	if (result.kind !== 'imported') throw new Error(JSON.stringify(result));
	return result;
}

const rowsIn = async (vault: Vault) => {
	const state = await vault.load('clients', 'contacts');
	return { clients: state.rows('clients'), contacts: state.rows('contacts') };
};

/** Few names and few of everything else: most rows are namesakes who share some of it. */
const person = fc.record({
	id: fc.constantFrom('', '', '', '7', '8'),
	name: fc.constantFrom('Maya Okafor', 'Maya Okafor', 'Maya  OKAFOR', 'Noah Reyes', ''),
	email: fc.constantFrom('', 'a@example.com', 'A@example.com', 'b@example.com'),
	phone: fc.constantFrom('', '(503) 555-0101', '503 555 0102'),
	dob: fc.constantFrom('', '1990-01-31', '1985-12-24'),
	professional: fc.constantFrom('', 'Dr. Lee', 'Dr. Park'),
	status: fc.constantFrom('', 'Active', 'Inactive'),
	contact: fc.constantFrom('', 'Ada Okafor'),
	wish: fc.constantFrom('', '', 'Yes'),
	work: fc.constantFrom('', '', '503 555 0103'),
});
const table = fc
	.array(person, { maxLength: 9 })
	.map((people) => [header, ...people.map((one) => Object.values(one).join(','))].join('\n'));
const policy = fc.constantFrom<MatchPolicy>('update', 'fill-blanks');

describe('importing twice equals once', () => {
	it('whatever is here already and however alike the clients of the file are', async () => {
		await fc.assert(
			fc.asyncProperty(fc.option(table, { nil: '' }), table, policy, async (old, text, policy) => {
				const vault = await openTestVault();
				if (old !== '') await taken(vault, textFile(old));
				const file = textFile(text);
				const first = await taken(vault, file, policy);
				const before = await rowsIn(vault);
				const again = await taken(vault, file, policy);
				expect(again.counts).toMatchObject({
					rows: first.counts.rows,
					created: 0,
					updated: 0,
					rejected: first.counts.rejected,
				});
				expect(await rowsIn(vault)).toEqual(before);
				vault.close();
			}),
			fromSeed(200),
		);
	}, 900_000);
});
