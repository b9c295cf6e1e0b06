import { isEqual } from '$lib/domain/equal.ts';
import { unchangedRows } from '$lib/invitations/unchanged-rows.ts';
import { buildReport } from '$lib/domain/report.ts';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';

test('lists and objects within a row are compared by what they hold', () => {
	const row = { id: 'a', phones: ['1', '2'], source: { column: 'Portal', at: 1 } };
	expect(isEqual(row, structuredClone(row))).toBe(true);
	expect(isEqual(row, { ...row, phones: ['1'] })).toBe(false);
	expect(isEqual(row, { ...row, phones: ['1', '3'] })).toBe(false);
	expect(isEqual(row, { ...row, source: { column: 'Portal', at: 2 } })).toBe(false);
	expect(isEqual({ list: [] }, { list: {} })).toBe(false);
});

test('a field that came or went is a difference, unless it is undefined', () => {
	expect(isEqual({ id: 'a', notes: 'x' }, { id: 'a' })).toBe(false);
	expect(isEqual({ id: 'a' }, { id: 'a', notes: 'x' })).toBe(false);
	expect(isEqual({ id: 'a' }, { id: 'a', notes: undefined })).toBe(true);
	expect(isEqual({ id: 'a', notes: undefined }, { id: 'a' })).toBe(true);
});

test('a field is there by itself: what every object inherits does not stand for it', () => {
	expect(isEqual({}, { constructor: 'x' })).toBe(false);
	expect(isEqual({ toString: 'x' }, {})).toBe(false);
});

const nothingElse = { contacts: [], households: {} };

test('a client with further numbers, read anew from disk, is still the one who was confirmed', () => {
	const client = { ...aClient({ id: 'a' }), otherPhones: ['555 0100'] };
	const { rows } = buildReport({
		clients: [client],
		contacts: [],
		invitations: [],
		messages: [],
		now: 0,
	});
	expect(unchangedRows(rows, [structuredClone(client)], nothingElse)).toHaveLength(1);
	expect(
		unchangedRows(rows, [{ ...structuredClone(client), tags: ['new'] }], nothingElse),
	).toHaveLength(0);
});
