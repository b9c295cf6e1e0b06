import { fieldTime } from '$lib/domain/date-in-words.ts';
import type { Client } from '$lib/domain/client.ts';
import { inertCell } from '$lib/domain/spreadsheet-cell.ts';
import { tagsCell } from '$lib/domain/tags.ts';
import { kindWords, statusWords } from '../profile/profile-words.ts';

/** A client as she is exported. */
export interface ExportRow {
	client: Client;
	/** Where she stands on the way to the portal, in words. */
	standing: string;
}

type Cell = (row: ExportRow) => string;

const yes = (isSo: boolean): string => (isSo ? 'yes' : '');
const list = (values: readonly string[] | undefined): string => values?.join('; ') ?? '';

const cells: readonly [header: string, cell: Cell][] = [
	['Client ID', ({ client }) => client.externalId],
	['First name', ({ client }) => client.firstName],
	['Last name', ({ client }) => client.lastName],
	['Preferred name', ({ client }) => client.preferredName],
	['Email address', ({ client }) => client.emailAddress],
	['Other email addresses', ({ client }) => list(client.otherEmailAddresses)],
	['Phone', ({ client }) => client.phone],
	['Other phones', ({ client }) => list(client.otherPhones)],
	['Date of birth', ({ client }) => client.dateOfBirth],
	['Client type', ({ client }) => kindWords[client.kind]],
	['Status', ({ client }) => statusWords[client.status]],
	['Professional', ({ client }) => client.professional],
	['Language', ({ client }) => client.language ?? ''],
	['Tags', ({ client }) => tagsCell(client.tags ?? [])],
	['Portal', ({ standing }) => standing],
	['Do not email', ({ client }) => yes(client.isDoNotEmail)],
	['Email status', ({ client }) => (client.hasBounced ? 'Bounced' : '')],
	['Deceased', ({ client }) => yes(client.isDeceased)],
	[
		'Date added',
		({ client }) => (client.addedAt > 0 ? fieldTime(client.addedAt).slice(0, 10) : ''),
	],
];
const notes: readonly [header: string, cell: Cell] = ['Notes', ({ client }) => client.notes ?? ''];

/**
 * The clients as CSV (RFC 4180), line by line, the header first; no cell is one that a spreadsheet
 * program takes for a formula. A mark at the start has it read as UTF-8.
 */
export function* csvLines(rows: Iterable<ExportRow>, hasNotes: boolean): Generator<string> {
	const columns = hasNotes ? [...cells, notes] : cells;
	yield `\ufeff${line(columns.map(([header]) => header))}`;
	for (const row of rows) yield line(columns.map(([, cell]) => cell(row)));
}

function line(texts: readonly string[]): string {
	return `${texts.map(cellOf).join(',')}\r\n`;
}

function cellOf(text: string): string {
	return `"${inertCell(text).replaceAll('"', '""')}"`;
}
