import { listArchive, storeArchive, unpack } from './archive.ts';
import { ImportTrouble } from './import-problem.ts';
import type { TextTable } from './table-file.ts';

/** A workbook is held whole while it is read, unpacked ten times its size. */
export const mostWorkbookBytes = 50 * 2 ** 20;
const mostUnpackedBytes = 400 * 2 ** 20;

/** Reads one sheet of an Excel workbook, the first unless one is named. Throws ImportTrouble. */
export async function readWorkbook(file: Blob, wanted: string): Promise<TextTable> {
	if (file.size > mostWorkbookBytes)
		throw new ImportTrouble(
			'too-large',
			'This Excel workbook is larger than 50 MB. Nothing was changed. Save the sheet with your clients as CSV and choose that file: a CSV file may have any size.',
		);
	const workbook = await unpacked(file);
	// Not above: it is larger than the rest of the worker.
	const { default: readSheets } = await import('read-excel-file/universal');
	let sheets: Awaited<ReturnType<typeof readSheets<string>>>;
	try {
		sheets = await readSheets<string>(workbook, { trim: false, parseNumber: numberText });
	} catch (error) {
		throw unreadable(error);
	}
	const sheet = sheets.find(({ sheet }) => sheet === wanted) ?? sheets[0];
	if (!sheet) throw unreadable(undefined);
	return {
		rows: sheet.data.map((row) => row.map(cellText)),
		sheets: sheets.map(({ sheet }) => sheet),
		sheet: sheet.sheet,
	};
}

/**
 * The workbook's XML as an archive that is not packed: the library would unpack larger parts in
 * workers of its own, which this worker may not start.
 */
async function unpacked(file: Blob): Promise<ArrayBuffer> {
	const files: { path: string; bytes: Uint8Array }[] = [];
	let left = mostUnpackedBytes;
	for (const entry of await listArchive(file)) {
		if (!/\.(?:xml|rels)$/i.test(entry.path)) continue;
		const bytes = await unpack(file, entry, left);
		left -= bytes.length;
		files.push({ path: entry.path, bytes });
	}
	return storeArchive(files);
}

/** As a person would type it: ids and telephone numbers keep every digit. */
function numberText(text: string): string {
	const number = Number(text);
	return Number.isSafeInteger(number) || /[.e]/i.test(text) ? String(number) : text;
}

function cellText(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : isoDate(value);
	return String(value);
}

/** The calendar day; the library reads a workbook's dates as if in Greenwich. */
const isoDate = (date: Date) => date.toISOString().slice(0, 10);

function unreadable(error: unknown): ImportTrouble {
	if (error instanceof ImportTrouble) return error;
	return new ImportTrouble(
		'unreadable',
		'This Excel workbook could not be read: it is damaged or locked with a password. Nothing was changed. Open it in your spreadsheet program, save the sheet with your clients as CSV and choose that file.',
	);
}
