import { listArchive } from './archive.ts';
import { ImportTrouble } from './import-problem.ts';

/** What a file that Portico takes is: a table of text, an Excel workbook, an address book (vCard). */
export type FileKind = 'text' | 'workbook' | 'cards';

/** What a file is instead, in words, and how to get a table out of it. */
interface OtherKind {
	name: string;
	advice: string;
}

const saveAsCsv = 'Export or save your clients as CSV and choose that file.';
const exportInstead =
	'In the program that your clients come from, look for an export as CSV or Excel and choose that file.';

/** Marks at the start of files that people take for CSV files: https://en.wikipedia.org/wiki/List_of_file_signatures */
const marks: [mark: number[], name: string, advice: string][] = [
	[[0x50, 0x4b, 0x05, 0x06], 'an empty ZIP archive', saveAsCsv],
	[
		[0xd0, 0xcf, 0x11, 0xe0],
		'an old Excel workbook (.xls), or one that is locked with a password',
		'Open it in Excel, save it as an Excel workbook (.xlsx) without a password, or as CSV, and choose that file.',
	],
	[[0x25, 0x50, 0x44, 0x46], 'a PDF document', exportInstead],
	[[0x89, 0x50, 0x4e, 0x47], 'a PNG picture', exportInstead],
	[[0xff, 0xd8, 0xff], 'a JPEG picture', exportInstead],
	[[0x47, 0x49, 0x46, 0x38], 'a GIF picture', exportInstead],
	[[0x1f, 0x8b], 'a compressed file (.gz)', 'Unpack it and choose the file that is in it.'],
	[[0x52, 0x61, 0x72, 0x21], 'a RAR archive', 'Unpack it and choose the file that is in it.'],
	[[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive', 'Unpack it and choose the file that is in it.'],
	[[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], 'a database file', exportInstead],
	[[0x7b, 0x5c, 0x72, 0x74, 0x66], 'a text document (.rtf)', saveAsCsv],
];

const beginnings: [RegExp, string][] = [
	[/^\s*(?:<!doctype html|<html|<table|<head|<meta)/i, 'a web page'],
	[/^\s*<\?xml/i, 'an XML document'],
	[/^\s*BEGIN:VCALENDAR/i, 'a calendar (.ics)'],
];

/** Files that are ZIP archives within, by a file that each holds. */
const archives: [RegExp, string, string][] = [
	[
		/^Index(?:\.zip$|\/Document\.iwa$)/,
		'a Numbers spreadsheet (.numbers)',
		'Open it in Numbers, choose File, Export To, CSV or Excel, and choose that file.',
	],
	[/^word\//, 'a Word document (.docx)', saveAsCsv],
	[/^ppt\//, 'a presentation (.pptx)', saveAsCsv],
	[
		/^xl\/workbook\.bin$/,
		'a binary Excel workbook (.xlsb)',
		'Open it in Excel, save it as an Excel workbook (.xlsx) or as CSV, and choose that file.',
	],
	[
		/^content\.xml$/,
		'an OpenDocument file (.ods)',
		'Open it in LibreOffice, save it as an Excel workbook (.xlsx) or as CSV, and choose that file.',
	],
];

const archiveMark = [0x50, 0x4b, 0x03, 0x04];
const startsWith = (start: Uint8Array, mark: readonly number[]) =>
	mark.every((byte, at) => start[at] === byte);

/** Tells by what is in a file, never by its name, how it is to be read. Throws ImportTrouble for other kinds. */
export async function fileKind(file: Blob): Promise<FileKind> {
	const start = new Uint8Array(await file.slice(0, 512).arrayBuffer());
	if (startsWith(start, archiveMark)) return archiveKind(file);
	// Every second byte is zero where it is UTF-16.
	const head = String.fromCharCode(...start.filter((byte) => byte !== 0 && byte < 128));
	return /^\s*BEGIN:VCARD/i.test(head) ? 'cards' : 'text';
}

async function archiveKind(file: Blob): Promise<FileKind> {
	const paths = (await listArchive(file)).map(({ path }) => path);
	if (paths.includes('xl/workbook.xml')) return 'workbook';
	for (const [content, name, advice] of archives)
		if (paths.some((path) => content.test(path))) throw refusal({ name, advice });
	throw refusal({ name: 'a ZIP archive', advice: 'Unpack it and choose the file that is in it.' });
}

/** Throws ImportTrouble when a file's first bytes are those of something that is no table of text. */
export function refuseBinary(start: Uint8Array): void {
	for (const [mark, name, advice] of marks)
		if (startsWith(start, mark)) throw refusal({ name, advice });
	const head = String.fromCharCode(...start.subarray(0, 200));
	for (const [beginning, name] of beginnings)
		if (beginning.test(head)) throw refusal({ name, advice: exportInstead });
}

/**
 * Throws ImportTrouble when a file holds more control characters than text has. `lowAt`: which byte of
 * each pair is the low one, where the file is UTF-16.
 */
export function refuseControls(start: Uint8Array, lowAt?: 0 | 1): void {
	if (controlShare(start, lowAt) > 0.05) throw refusal({ name: 'binary data', advice: saveAsCsv });
}

function refusal({ name, advice }: OtherKind): ImportTrouble {
	return new ImportTrouble(
		'binary',
		`This file looks like ${name}, not a table of clients. Nothing was changed. ${advice}`,
	);
}

/** The share of control characters that no text has; zeros are judged apart, UTF-16 is full of them. */
function controlShare(start: Uint8Array, lowAt?: 0 | 1): number {
	const end = Math.min(start.length, 4096);
	const step = lowAt === undefined ? 1 : 2;
	let controls = 0;
	for (let at = lowAt ?? 0; at < end; at += step) {
		const byte = start[at] ?? 0;
		// The high byte of a Hebrew or Cyrillic letter looks like a control character too.
		if (lowAt !== undefined && start[at ^ 1] !== 0) continue;
		if (byte < 32 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 13) controls += 1;
	}
	return (controls * step) / Math.max(end, 1);
}
