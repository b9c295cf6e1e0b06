import { importFile } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import { noChoices, type ImportChoices } from '$lib/imports/plan-file.ts';
import { reviewFile } from '$lib/imports/review-file.ts';
import type { Vault } from '$lib/vault/types.ts';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';

async function mappingOf(file: File) {
	const look = await inspectFile(file, { defaults: { splitsCouples: true } });
	if (look.kind === 'refused') throw new Error(look.problem.message);
	return look.inspection.mapping;
}

async function review(vault: Vault, text: string, choices: Partial<ImportChoices> = {}) {
	const file = textFile(text);
	const reviewed = await reviewFile(vault, file, await mappingOf(file), {
		choices: { ...noChoices, ...choices },
	});
	if (reviewed.kind !== 'reviewed') throw new Error(JSON.stringify(reviewed));
	return reviewed;
}

async function take(vault: Vault, text: string, choices: Partial<ImportChoices> = {}) {
	const file = textFile(text);
	const result = await importFile(vault, file, await mappingOf(file), {
		choices: { ...noChoices, ...choices },
	});
	if (result.kind !== 'imported') throw new Error(JSON.stringify(result));
	return (await vault.load('clients')).rows('clients');
}

describe('a row that names two people', () => {
	const known = 'Client,Email,Professional\nTom & Ida Berg,bergs@example.com,\n';
	const later = 'Client,Email,Professional\nTom & Ida Berg,bergs@example.com,Dr. Park\n';

	it('is two decisions, each of its own', async () => {
		const vault = await openTestVault();
		await take(vault, known);
		const first = await review(vault, later);
		expect(first.matched.map(({ name, isPartner }) => [name, isPartner])).toEqual([
			['Tom Berg', false],
			['Ida Berg', true],
		]);
		const rowPolicies = [{ line: 2, isPartner: true, policy: 'skip' as const }];
		const second = await review(vault, later, { rowPolicies });
		expect(second.matched.map(({ policy }) => policy)).toEqual(['update', 'skip']);
		const clients = await take(vault, later, { rowPolicies });
		expect(clients.map(({ firstName, professional }) => [firstName, professional])).toEqual([
			['Tom', 'Dr. Park'],
			['Ida', ''],
		]);
	});
});

describe('a client who may be the same', () => {
	it('as one who is here is shown beside her', async () => {
		const vault = await openTestVault();
		await take(vault, 'Client,Email\nLena Hart,lena@example.com\n');
		const { likely } = await review(vault, 'Client,Email\nLena Hart,hart@example.com\n');
		expect(likely).toMatchObject([
			{ name: 'Lena Hart', here: { name: 'Lena Hart', emailAddress: 'lena@example.com' } },
		]);
		expect(likely[0]?.earlierLine).toBeUndefined();
	});

	it('as one of an earlier line is shown with that line', async () => {
		const vault = await openTestVault();
		const text = 'Client,Email\nLena Hart,lena@example.com\nLena Hart,hart@example.com\n';
		const { likely, likelyCount } = await review(vault, text);
		expect(likelyCount).toBe(1);
		expect(likely).toMatchObject([{ line: 3, name: 'Lena Hart', earlierLine: 2 }]);
	});
});
