import { mergeClients, unmergeClients } from '$lib/clients/merge/merge-clients.ts';
import { reconcileFile } from '$lib/imports/reconcile-file.ts';
import type { MatchPolicy } from '$lib/imports/match-policy.ts';
import { reviewFile } from '$lib/imports/review-file.ts';
import type { Client } from '$lib/domain/client.ts';
import { type MergeField, usualChoices } from '$lib/domain/merge.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { clientsIn, mappingOf, takeIn } from '../support/taking-in.ts';

const header = 'Client ID,First name,Last name,Email,Phone,Date of birth,Do not email';
const rowA = 'A-1,Maya,Okafor,maya@example.com,(503) 555-0101,1984-03-09,';
const rowB = 'B-2,Maja,Okafor,maja@example.com,(503) 555-0102,,';
const rowC = 'C-3,Sam,Ortiz,sam@example.com,,,';
const file = (...rows: string[]) => textFile([header, ...rows].join('\n'));

async function named(vault: Vault, firstName: string): Promise<Client> {
	const client = (await clientsIn(vault)).find((one) => one.firstName === firstName);
	if (!client) throw new Error(`${firstName} is not here`);
	return client;
}

/** Two records of one person, taken in and made one; all is the first one's, unless chosen otherwise. */
async function merged(choices: readonly MergeField[] = [], rows = [rowA, rowB, rowC]) {
	const vault = await openTestVault();
	await takeIn(vault, file(...rows));
	const [a, b] = [await named(vault, 'Maya'), await named(vault, 'Maja')];
	await mergeClients(vault, { keptId: a.id, otherId: b.id }, new Set(choices), { id: 'm', now: 1 });
	return vault;
}

test.each([
	['the number of the first', []],
	['the number of the other', ['externalId']],
	['all of the other', ['externalId', 'firstName', 'emailAddress', 'phone']],
] as [string, MergeField[]][])(
	'the old file adds nobody to merged clients and changes nothing: %s',
	async (_words, choices) => {
		const vault = await merged(choices);
		const before = await clientsIn(vault);
		for (const rows of [[rowA, rowB, rowC], [rowB, rowA], [rowB], [rowA]]) {
			const { counts } = await takeIn(vault, file(...rows));
			expect(counts).toMatchObject({ rows: rows.length, created: 0, updated: 0 });
			expect(counts.unchanged + counts.skipped).toBe(rows.length);
			expect(await clientsIn(vault)).toEqual(before);
		}
		vault.close();
	},
);

test('what the kept record says anew is taken in, wherever the other stands in the file', async () => {
	const anew = rowA.replace('555-0101', '555-0199');
	for (const rows of [
		[rowB, anew],
		[anew, rowB],
	]) {
		const vault = await merged();
		const { counts } = await takeIn(vault, file(...rows));
		expect(counts).toMatchObject({ created: 0, updated: 1 });
		expect(await named(vault, 'Maya')).toMatchObject({
			externalId: 'A-1',
			phone: '(503) 555-0199',
			emailAddress: 'maya@example.com',
		});
		vault.close();
	}
});

test('the merged-away record fills blanks, never goes over what was chosen, and its wish counts', async () => {
	const vault = await merged([], [rowA.replace('1984-03-09', ''), rowB]);
	const later = 'B-2,Maja,Okafor,other@example.com,(503) 555-0103,1984-03-09,yes';
	const { counts, problems } = await takeIn(vault, file(later));
	expect(counts).toMatchObject({ created: 0, updated: 1 });
	expect(await named(vault, 'Maya')).toMatchObject({
		externalId: 'A-1',
		emailAddress: 'maya@example.com',
		phone: '(503) 555-0101',
		dateOfBirth: '1984-03-09',
		isDoNotEmail: true,
	});
	expect(problems.map(({ reason }) => reason).join()).toContain('was merged');
	vault.close();
});

test('a person may decide otherwise for its row, and the number stays the chosen one', async () => {
	const vault = await merged();
	const later = 'B-2,Maja,Okafor,other@example.com,,,';
	const taking = (policy: MatchPolicy) =>
		takeIn(vault, file(later), {
			choices: { policy: 'update', rowPolicies: [{ line: 2, policy }], fixes: [] },
		});
	expect((await taking('skip')).counts).toMatchObject({ skipped: 1 });
	const review = await reviewFile(vault, file(later), await mappingOf(file(later)));
	expect(review.kind === 'reviewed' && review.matched).toMatchObject([
		{ policy: 'fill-blanks', reason: 'Same client number', here: { name: 'Maya Okafor' } },
	]);
	expect((await taking('update')).counts).toMatchObject({ updated: 1, created: 0 });
	expect(await named(vault, 'Maja')).toMatchObject({
		externalId: 'A-1',
		emailAddress: 'other@example.com',
	});
	expect((await taking('create')).counts).toMatchObject({ created: 1 });
	vault.close();
});

test('somebody else of that number is not taken for the merged-away one', async () => {
	const vault = await merged();
	const { counts } = await takeIn(vault, file('B-2,Lee,Haddad,lee@example.com,,,'));
	expect(counts).toMatchObject({ created: 1 });
	vault.close();
});

test('once they are parted again, each is known by her own number', async () => {
	const vault = await merged();
	await unmergeClients(vault, 'm');
	const { counts } = await takeIn(vault, file(rowA, rowB.replace('555-0102', '555-0108'), rowC));
	expect(counts).toMatchObject({ created: 0, updated: 1, unchanged: 2 });
	expect((await named(vault, 'Maja')).phone).toBe('(503) 555-0108');
	vault.close();
});

test('a profile that was merged twice over is still known', async () => {
	const vault = await merged();
	const [maya, sam] = [await named(vault, 'Maya'), await named(vault, 'Sam')];
	await mergeClients(vault, { keptId: sam.id, otherId: maya.id }, usualChoices(sam, maya), {
		id: 'n',
		now: 2,
	});
	const { counts } = await takeIn(vault, file(rowA, rowB, rowC));
	expect(counts).toMatchObject({ created: 0, updated: 0 });
	expect(await clientsIn(vault)).toHaveLength(1);
	vault.close();
});

test('an update of the portal status knows the merged-away record, too', async () => {
	const vault = await merged();
	const status = textFile(
		'Client ID,First name,Last name,Email,Portal login\nB-2,Maja,Okafor,maja@example.com,yes',
	);
	const result = await reconcileFile(vault, status, await mappingOf(status));
	if (result.kind !== 'reconciled') throw new Error(JSON.stringify(result));
	expect(JSON.stringify(result)).toContain('Maya Okafor');
	vault.close();
});
