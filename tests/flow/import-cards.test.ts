import type { Client } from '$lib/domain/client.ts';
import { importFile } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';

const cards = [
	'BEGIN:VCARD',
	'VERSION:4.0',
	'FN:Maya Okafor',
	'N:Okafor;Maya;;;',
	'EMAIL;TYPE=home:maya@example.com',
	'TEL;VALUE=uri;TYPE="voice,home":tel:+1-503-555-0101',
	'BDAY:19900508',
	'NOTE:Prefers mornings\\, usually',
	' \\nand quiet',
	'END:VCARD',
	'BEGIN:VCARD',
	'VERSION:3.0',
	'N:Castellanos;Sofía;;Dr.;',
	'FN:Dr. Sofía Castellanos',
	'NICKNAME:Sofi',
	'item1.EMAIL;type=INTERNET;type=pref:sofia@exam',
	' ple.com',
	'item1.X-ABLabel:_$!<Other>!$_',
	'BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-02',
	'CATEGORIES:Clients,Mornings',
	'END:VCARD',
	'begin:vcard',
	'version:2.1',
	'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB=',
	';;;',
	'TEL;CELL;PREF:(503) 555-0102',
	'EMAIL;INTERNET:zoe@example.com',
	'no colon here',
	'end:vcard',
	'BEGIN:VCARD',
	'VERSION:3.0',
	'FN:Noah Reyes',
	'EMAIL:noah@example.com',
	'BDAY:spring',
	'END:VCARD',
].join('\r\n');

async function taken(content: string | Uint8Array) {
	const file = textFile(content, 'clients.vcf');
	const look = await inspectFile(file);
	if (look.kind === 'refused') throw new Error(look.problem.message);
	const vault = await openTestVault();
	const result = await importFile(vault, file, look.inspection.mapping);
	if (result.kind !== 'imported') throw new Error(result.kind);
	const clients: readonly Client[] = (await vault.load('clients')).rows('clients');
	return { ...look.inspection, ...result, clients };
}

describe('an address book', () => {
	it('of versions 2.1, 3 and 4 goes in, one card a client', async () => {
		const { mapping, counts, clients, problems } = await taken(cards);
		expect(mapping.source).toBe('cards');
		expect(counts).toMatchObject({ rows: 4, created: 4 });
		expect(clients).toMatchObject([
			{ firstName: 'Maya', lastName: 'Okafor', dateOfBirth: '1990-05-08' },
			{ firstName: 'Sofía', preferredName: 'Sofi', emailAddress: 'sofia@example.com' },
			{ firstName: 'Zoë', lastName: 'Müller', emailAddress: 'zoe@example.com' },
			{ firstName: 'Noah', lastName: 'Reyes', dateOfBirth: '' },
		]);
		expect(clients[0]?.phone).toMatch(/503.*555.*0101/);
		expect(clients[1]?.dateOfBirth).toBe('');
		expect(problems.filter(({ column }) => column === 'Birthday')).toMatchObject([
			{ value: 'spring' },
		]);
	});

	it('is found whatever its encoding, and when it breaks off', async () => {
		const utf16 = Buffer.from(`\ufeff${cards}`, 'utf16le');
		expect((await taken(utf16)).counts.created).toBe(4);
		const brokenOff = cards.slice(0, cards.lastIndexOf('END:VCARD'));
		expect((await taken(`\ufeff${brokenOff}`)).counts.created).toBe(4);
		const latin = Buffer.from(cards.replaceAll('=C3=', '=C3='), 'latin1');
		expect((await taken(latin)).clients[1]?.firstName).toBe('Sofía');
	});

	it('with a line broken without end is still read', async () => {
		const { counts } = await taken(`${cards}\r\nBEGIN:VCARD\r\n${'BEGIN:VCARD\r\n'.repeat(1_000)}`);
		expect(counts.created).toBe(4);
	});
});
