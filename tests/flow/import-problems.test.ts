import { importFile } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import { noChoices } from '$lib/imports/plan-file.ts';
import { reviewFile } from '$lib/imports/review-file.ts';
import type { RowFix } from '$lib/imports/row-fixes.ts';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';

async function problemsOf(text: string, fixes: RowFix[] = []) {
	const vault = await openTestVault();
	const file = textFile(text);
	const look = await inspectFile(file);
	if (look.kind === 'refused') throw new Error(look.problem.message);
	const { mapping } = look.inspection;
	const choices = { ...noChoices, fixes };
	const review = await reviewFile(vault, file, mapping, { choices });
	if (review.kind !== 'reviewed') throw new Error(JSON.stringify(review));
	const take = async () => {
		const result = await importFile(vault, file, mapping, { choices });
		return { result, clients: (await vault.load('clients')).rows('clients') };
	};
	return { review, take };
}

describe('problems', () => {
	it('name line, column, value and reason, and equal ones are one entry with a count', async () => {
		const rows = Array.from({ length: 150 }, (_, at) => `Maya ${'a'.repeat(at + 1)},no address\n`);
		const { review } = await problemsOf(
			`Client,Email\nNoah Reyes,noah@example.com\n${rows.join('')}`,
		);
		const group = review.problemGroups.find(({ column }) => column === 'Email');
		expect(group).toMatchObject({ severity: 'warning', count: 150 });
		expect(group?.examples.length).toBe(100);
		expect(group?.examples[0]).toMatchObject({ line: 3, at: 1, cell: 'no address' });
	});

	it('errors come before warnings', async () => {
		const { review } = await problemsOf(
			'Client,Email,Phone\nMaya Okafor,x y,\nNoah Reyes,noah@example.com,\n,,5035550101\n',
		);
		expect(review.problemGroups.map(({ severity }) => severity)[0]).toBe('error');
		expect(review.counts).toMatchObject({ created: 2, rejected: 1 });
	});

	it('the cell of two columns with one name is the one that holds the value', async () => {
		const { review } = await problemsOf(
			'Client,Email,Email\nMaya Okafor,maya@example.com,\nNoah Reyes,no address,\n',
		);
		const group = review.problemGroups.find(({ examples }) => examples[0]?.cell === 'no address');
		expect(group?.examples[0]).toMatchObject({ line: 3, at: 1 });
	});
});

describe('what can be mended', () => {
	const cellsOf = async (text: string, reason: RegExp) => {
		const { review } = await problemsOf(text);
		const group = review.problemGroups.find((group) => reason.test(group.reason));
		return group?.examples[0];
	};

	it('is the cell itself, beside whose row it is', async () => {
		const text =
			'First name,Last name,Email\nMaya,Okafor,maya at example.com\nNoah,Reyes,n@example.com\n';
		expect(await cellsOf(text, /not an email address/)).toMatchObject({
			who: 'Maya Okafor',
			cells: [{ at: 2, column: 'Email', cell: 'maya at example.com' }],
		});
	});

	it('is the name and the address of a row that has neither', async () => {
		const text = 'Client,Phone,Email\nNoah Reyes,,noah@example.com\n,5035550101,\n';
		expect((await cellsOf(text, /neither a name nor/))?.cells).toEqual([
			{ at: 0, column: 'Client', cell: '' },
			{ at: 2, column: 'Email', cell: '' },
		]);
	});

	it('is every cell that is taken in and those beyond, where a row is too long', async () => {
		const text =
			'Client,Notes,Email\nNoah Reyes,,noah@example.com\nMaya Okafor,a,b,maya@example.com\n';
		const found = await cellsOf(text, /4 cells where the header has 3/);
		expect(found?.cells.map(({ at, column, cell }) => [at, column, cell])).toEqual([
			[0, 'Client', 'Maya Okafor'],
			[2, 'Email', 'b'],
			[3, 'Column 4', 'maya@example.com'],
		]);
	});

	it('is nothing where no cell is to blame', async () => {
		const text = 'Client,Email\nMaya Okafor,maya@example.com\n';
		const { review } = await problemsOf(text);
		expect(review.problemGroups).toEqual([]);
	});

	it('a group keeps its key while its rows are mended', async () => {
		const text = 'Client,Phone,Email\nMaya Okafor\nNoah Reyes,1\nAmara Silva,,amara@example.com\n';
		const before = (await problemsOf(text)).review.problemGroups;
		const after = (await problemsOf(text, [{ line: 2, at: 2, value: 'maya@example.com' }])).review
			.problemGroups;
		expect(before.map(({ count }) => count)).toEqual([2]);
		expect(after.map(({ count }) => count)).toEqual([1]);
		expect(after[0]?.key).toBe(before[0]?.key);
	});
});

describe('a fix', () => {
	it('stands in place of the cell, in the review and in the import', async () => {
		const text = 'Client,Email\nMaya Okafor,maya at example.com\nNoah Reyes,noah@example.com\n';
		expect((await problemsOf(text)).review.problemCount).toBe(1);
		const fixed = await problemsOf(text, [{ line: 2, at: 1, value: 'maya@example.com' }]);
		expect(fixed.review.problemCount).toBe(0);
		const { clients } = await fixed.take();
		expect(clients[0]?.emailAddress).toBe('maya@example.com');
	});

	it('finds its row behind a quoted line break, and fills a row that is too short', async () => {
		const text = 'Client,Notes,Email\nMaya Okafor,"a\nb",maya@example.com\nNoah Reyes\n';
		const { take } = await problemsOf(text, [{ line: 4, at: 2, value: 'noah@example.com' }]);
		const { clients } = await take();
		expect(clients[1]).toMatchObject({ firstName: 'Noah', emailAddress: 'noah@example.com' });
	});

	it('gives a row without a quotation mark its cells back', async () => {
		const text = 'Client,Email\n"Maya "x Okafor,maya@example.com\nNoah Reyes,noah@example.com\n';
		expect((await problemsOf(text)).review.counts.rejected).toBe(1);
		const { review, take } = await problemsOf(text, [
			{ line: 2, at: 0, value: 'Maya Okafor' },
			{ line: 2, at: 1, value: 'maya@example.com' },
		]);
		expect(review.problemCount).toBe(0);
		const { clients } = await take();
		expect(clients.map(({ emailAddress }) => emailAddress)).toContain('maya@example.com');
	});

	it('that does not mend is a problem again', async () => {
		const text = 'Client,Email\nMaya Okafor,x y\nNoah Reyes,noah@example.com\n';
		const { review } = await problemsOf(text, [{ line: 2, at: 1, value: 'still none' }]);
		expect(review.problemGroups[0]?.examples[0]).toMatchObject({ cell: 'still none', line: 2 });
	});
});
