import type { Client } from '$lib/domain/client.ts';
import { dateInWords } from '$lib/domain/date-in-words.ts';
import { describeReason } from '$lib/domain/report-reasons.ts';
import { buildReport } from '$lib/domain/report.ts';
import { makeSearch } from '$lib/domain/search.ts';
import { importFile } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { MatchPolicy } from '$lib/imports/match-policy.ts';
import { noChoices } from '$lib/imports/plan-file.ts';
import { reviewFile } from '$lib/imports/review-file.ts';
import type { Vault } from '$lib/vault/types.ts';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { clientsIn } from '../support/taking-in.ts';

const noon = Date.UTC(2026, 4, 3, 12);

async function look(text: string) {
	const inspected = await inspectFile(textFile(text));
	if (inspected.kind === 'refused') throw new Error(inspected.problem.message);
	return inspected.inspection;
}

async function taken(vault: Vault, text: string, policy: MatchPolicy = 'update') {
	const { mapping } = await look(text);
	const options = { choices: { ...noChoices, policy }, now: () => noon };
	const result = await importFile(vault, textFile(text), mapping, options);
	if (result.kind !== 'imported') throw new Error(JSON.stringify(result));
	return result;
}

const only = async (vault: Vault) => (await clientsIn(vault))[0] as Client;

describe('further addresses and telephone numbers', () => {
	it.each([
		'a@one.example ::: b@two.example ::: c@three.example',
		'a@one.example; b@two.example; c@three.example',
		'"a@one.example, b@two.example, c@three.example"',
		'"A <a@one.example>, B <b@two.example>; c@three.example <c@three.example>"',
	])('of a cell are kept: %s', async (cell) => {
		const vault = await openTestVault();
		const { problems } = await taken(vault, `Client,Email\nMaya Okafor,${cell}\n`);
		expect(await only(vault)).toMatchObject({
			emailAddress: 'a@one.example',
			otherEmailAddresses: ['b@two.example', 'c@three.example'],
		});
		expect(problems.map(({ reason }) => reason)).toEqual([
			'This cell holds 3 addresses; mail goes to a@one.example. Kept beside it: b@two.example, c@three.example.',
		]);
	});

	it('stand in columns of their own', async () => {
		const vault = await openTestVault();
		const text =
			'First Name,Last Name,Home Phone,Mobile Phone,Work Phone,Fax Phone,Email,Secondary Email,E-mail 2 - Value\n' +
			'Maya,Okafor,503 555 0101,503 555 0102,503 555 0103,503 555 0109,a@one.example,b@two.example,A@one.example\n' +
			'Noah,Reyes,503 555 0104,,,,,n@two.example,\n';
		const { problems } = await taken(vault, text);
		const [maya, noah] = await clientsIn(vault);
		expect(maya).toMatchObject({
			phone: '(503) 555-0102',
			otherPhones: ['(503) 555-0101', '(503) 555-0103'],
			emailAddress: 'a@one.example',
			otherEmailAddresses: ['b@two.example'],
		});
		// A second address is not written to because there is no first.
		expect(noah).toMatchObject({ phone: '(503) 555-0104', emailAddress: '' });
		expect(noah?.otherEmailAddresses).toEqual(['n@two.example']);
		expect(noah?.otherPhones).toBeUndefined();
		expect(problems.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
			'3: This client has only a further address, n@two.example; it was kept, but mail does not go there.',
		]);
		expect((await taken(vault, text)).counts).toMatchObject({ unchanged: 2, updated: 0 });
	});

	it('never bring mail by themselves', async () => {
		const vault = await openTestVault();
		await taken(vault, 'Client,Email,Email 2\nNoah Reyes,,n@two.example\n');
		const clients = await clientsIn(vault);
		const report = buildReport({
			clients,
			contacts: [],
			invitations: [],
			messages: [],
			now: noon,
		});
		expect(report.rows[0]?.reasons[0]).toMatchObject({ kind: 'no-address' });
	});

	it('are added to those that a person set, which stay', async () => {
		const vault = await openTestVault();
		await taken(vault, 'Client,Email,DOB\nMaya Okafor,a@one.example; b@two.example,1989-01-31\n');
		await vault.commit(
			(now) => ({
				put: {
					clients: now
						.rows('clients')
						.map((client) => ({ ...client, otherEmailAddresses: ['by@hand.example'] })),
				},
			}),
			{ what: 'edit', count: 1 },
			{ needs: ['clients'] },
		);
		const text =
			'Client,Email,DOB,Phone,Work Phone\nMaya Okafor,"a@one.example, c@three.example",1989-01-31,503 555 0101,503 555 0102\n';
		const review = await reviewFile(vault, textFile(text), (await look(text)).mapping);
		expect(review.kind === 'reviewed' && review.matched[0]?.changes).toEqual([
			{ field: 'Phone', before: '', after: '(503) 555-0101' },
			{
				field: 'Other email addresses',
				before: 'by@hand.example',
				after: 'by@hand.example, c@three.example',
			},
			{ field: 'Other phones', before: '', after: '(503) 555-0102' },
		]);
		await taken(vault, text, 'fill-blanks');
		expect(await only(vault)).toMatchObject({
			otherEmailAddresses: ['by@hand.example'],
			otherPhones: ['(503) 555-0102'],
		});
		await taken(vault, text);
		expect(await only(vault)).toMatchObject({
			otherEmailAddresses: ['by@hand.example', 'c@three.example'],
		});
	});

	it('are found by the search', async () => {
		const vault = await openTestVault();
		await taken(
			vault,
			'Client,Email,Phone,Work Phone\nMaya Okafor,a@one.example; b@two.example,503 555 0101,503 555 0102\nNoah Reyes,n@one.example,,\n',
		);
		const search = makeSearch(await clientsIn(vault));
		expect([...search('b@two')]).toEqual([0]);
		expect([...search('5550102')]).toEqual([0]);
	});
});

describe('who has a portal login by the file', () => {
	it('is marked with the column and the day, and the report says so', async () => {
		const vault = await openTestVault();
		const text =
			'Client,Email,LOGIN_NAME\nMaya Okafor,maya@example.com,maya1\nNoah Reyes,n@example.com,\n';
		await taken(vault, text);
		const [maya, noah] = await clientsIn(vault);
		expect(maya).toMatchObject({
			hasJoinedPortal: true,
			joinedSource: { column: 'LOGIN_NAME', toldAt: noon },
		});
		expect(noah?.joinedSource).toBeUndefined();
		const report = buildReport({
			clients: [maya as Client],
			contacts: [],
			invitations: [],
			messages: [],
			now: noon + 86_400_000,
		});
		const [reason] = report.rows[0]?.reasons ?? [];
		expect(reason && describeReason(reason, noon + 86_400_000)).toBe(
			`has joined the portal, said the file of ${dateInWords(noon)}`,
		);
	});

	it('who is here already gets the mark with its source, and keeps the first', async () => {
		const vault = await openTestVault();
		await taken(vault, 'Client,Email\nMaya Okafor,maya@example.com\n');
		await taken(vault, 'Client,Email,Portal Login\nMaya Okafor,maya@example.com,maya1\n');
		expect((await only(vault)).joinedSource?.column).toBe('Portal Login');
		await taken(vault, 'Client,Email,LOGIN_NAME\nMaya Okafor,maya@example.com,maya1\n');
		expect((await only(vault)).joinedSource?.column).toBe('Portal Login');
	});
});
