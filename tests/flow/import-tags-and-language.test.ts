import { reviewFile } from '$lib/imports/review-file.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { mappingOf, takeIn } from '../support/taking-in.ts';

const header = 'First name,Last name,Email,Date of birth,Tags,Preferred language';
const file = (...rows: string[]) => textFile([header, ...rows].join('\n'));

async function maya(vault: Vault) {
	const [client] = (await vault.load('clients')).rows('clients');
	return client;
}

test.each([
	['Evening; Group, adults', ['Evening', 'Group, adults']],
	['"Evening, Group"', ['Evening', 'Group']],
	['"Group, adults;"', ['Group, adults']],
	[' evening ;EVENING; ;', ['evening']],
	['* myContacts ::: * Evening', ['Evening']],
	['', undefined],
	[';', undefined],
])('the cell %s holds the tags %j', async (cell, tags) => {
	const vault = await openTestVault();
	await takeIn(
		vault,
		file(`Maya,Okafor,maya@example.com,1984-03-09,${cell.includes('"') ? cell : `"${cell}"`},`),
	);
	expect((await maya(vault))?.tags).toEqual(tags);
	vault.close();
});

test.each([
	['es', 'es'],
	['pt-br', 'pt-BR'],
	['zh_hant_tw', 'zh-Hant-TW'],
	['ENG', 'en'],
	['Spanish', 'es'],
	['Français', 'fr'],
	['deutsch', 'de'],
	['Portugués', 'pt'],
	['English (US)', 'en'],
	['n/a', undefined],
	['', undefined],
])('the language %s is %s', async (cell, tag) => {
	const vault = await openTestVault();
	const { problemCount } = await takeIn(
		vault,
		file(`Maya,Okafor,maya@example.com,1984-03-09,,${cell}`),
	);
	expect((await maya(vault))?.language).toBe(tag);
	expect(problemCount).toBe(0);
	vault.close();
});

test.each(['Klingon', 'any', 'English and Spanish'])(
	'what is no language that Portico knows, %s, is left out and said',
	async (cell) => {
		const vault = await openTestVault();
		const { problems } = await takeIn(
			vault,
			file(`Maya,Okafor,maya@example.com,1984-03-09,,${cell}`),
		);
		expect((await maya(vault))?.language).toBeUndefined();
		expect(problems).toMatchObject([
			{ column: 'Preferred language', value: cell, severity: 'warning' },
		]);
		vault.close();
	},
);

test('an update unites tags, as the client’s are spelt, and takes the file’s language; a blank takes nothing away', async () => {
	const vault = await openTestVault();
	await takeIn(vault, file('Maya,Okafor,maya@example.com,1984-03-09,Evening,es'));
	const later = file('Maya,Okafor,maya@example.com,1984-03-09,evening; Couples,fr');
	const review = await reviewFile(vault, later, await mappingOf(later));
	expect(review.kind === 'reviewed' && review.matched[0]?.changes).toEqual([
		{ field: 'Language', before: 'es', after: 'fr' },
		{ field: 'Tags', before: 'Evening', after: 'Evening, Couples' },
	]);
	expect((await takeIn(vault, later)).counts).toMatchObject({ updated: 1 });
	expect(await maya(vault)).toMatchObject({ tags: ['Evening', 'Couples'], language: 'fr' });
	const same = await takeIn(vault, file('Maya,Okafor,maya@example.com,1984-03-09,couples,'));
	expect(same.counts).toMatchObject({ unchanged: 1, updated: 0 });
	expect(await maya(vault)).toMatchObject({ tags: ['Evening', 'Couples'], language: 'fr' });
	vault.close();
});

test('blanks alone are filled where a person chose that', async () => {
	const vault = await openTestVault();
	const choices = { policy: 'fill-blanks' as const, rowPolicies: [], fixes: [] };
	await takeIn(vault, file('Maya,Okafor,maya@example.com,1984-03-09,,'));
	await takeIn(vault, file('Maya,Okafor,maya@example.com,1984-03-09,Evening,es'), { choices });
	expect(await maya(vault)).toMatchObject({ tags: ['Evening'], language: 'es' });
	await takeIn(vault, file('Maya,Okafor,maya@example.com,1984-03-09,Other,fr'), { choices });
	expect(await maya(vault)).toMatchObject({ tags: ['Evening'], language: 'es' });
	vault.close();
});

test('columns of tags may be several, and what they are not called is no column of tags', async () => {
	const mapping = await mappingOf(
		textFile(
			'Name,Email,Tag 1,Client tags,Language,Labels,Age group\nMaya Okafor,m@example.com,a,b,en,x,Adult',
		),
	);
	expect(mapping.roles).toEqual([
		'fullName',
		'emailAddress',
		'tags',
		'tags',
		'language',
		'ignore',
		'kind',
	]);
	const vault = await openTestVault();
	await takeIn(vault, textFile('Name,Email,Tag 1,Client tags\nMaya Okafor,m@example.com,a,b'));
	expect((await maya(vault))?.tags).toEqual(['a', 'b']);
	vault.close();
});
