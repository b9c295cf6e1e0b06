import { expect, test } from 'vitest';
import { AlikeIndex, placesAtInbox } from '../../src/lib/domain/alike-clients.ts';
import type { Client } from '../../src/lib/domain/client.ts';
import { asTable } from '../../src/lib/domain/table.ts';
import { someClient } from '../support/some-client.ts';

const clients = [
	someClient('0', { firstName: 'José', lastName: "O'Hara", dateOfBirth: '2000-01-02' }),
	someClient('1', { firstName: 'Kim', lastName: 'Vale', emailAddress: 'Kim@Example.com ' }),
	someClient('2', { firstName: 'Kim', lastName: 'Vale', dateOfBirth: '' }),
	someClient('3', { otherEmailAddresses: ['kim@example.com'], emailAddress: '' }),
];

function found(about: Partial<Client>, of = clients) {
	const index = new AlikeIndex();
	// In pieces, as a page builds it.
	index.add(asTable(of.slice(0, 2)));
	index.add(asTable(of.slice(2)));
	const blank = { firstName: '', lastName: '', emailAddress: '', dateOfBirth: '' };
	return index.find({ ...blank, ...about }, 3);
}

test('a name is found however it is written, and its date of birth tells namesakes apart', () => {
	const jose = { firstName: 'JOSE', lastName: 'O’Hara' };
	expect(found(jose)).toEqual([{ index: 0, reasons: ['name'] }]);
	expect(found({ ...jose, dateOfBirth: '2000-01-02' })).toEqual([
		{ index: 0, reasons: ['name-and-birth'] },
	]);
	expect(found({ ...jose, dateOfBirth: '1999-01-02' })).toEqual([
		{ index: 0, reasons: ['name-other-birth'] },
	]);
});

test('an address is found whichever of a client’s it is, and who has both comes first', () => {
	expect(found({ firstName: 'Kim', lastName: 'Vale', emailAddress: 'KIM@example.com' })).toEqual([
		{ index: 1, reasons: ['name', 'address'] },
		{ index: 3, reasons: ['address'] },
		{ index: 2, reasons: ['name'] },
	]);
	expect(placesAtInbox(asTable(clients), 'kim@example.com')).toEqual([1]);
});

test('nothing typed is like nobody, those without name and address included', () => {
	const blank = someClient('4', { firstName: '', lastName: '', emailAddress: '' });
	expect(found({}, [...clients, blank])).toEqual([]);
	expect(found({ firstName: '  ', emailAddress: ' ' }, [...clients, blank])).toEqual([]);
});
