import { hashFile } from './file-hash.ts';
import { fileKind, type FileKind } from './file-kind.ts';

/** Rows of text, as a workbook or an address book holds them. */
export interface TextTable {
	rows: readonly (readonly string[])[];
	/** Names of a workbook's sheets; none elsewhere. */
	sheets: readonly string[];
	sheet: string;
}

/** A file as text, whatever it was. */
export interface TableFile {
	kind: FileKind;
	file: File;
	sheets: readonly string[];
	sheet: string;
}

/** The last one is kept: a file is looked at again with each choice that is made for it. */
let last: { key: string; table: Promise<TableFile> } | undefined;

/**
 * Gives back a file of text as it is; turns a workbook or an address book into one, so that all of them
 * take the same way from here. Throws ImportTrouble for what is none of these.
 */
export async function tableFile(file: File, sheet = ''): Promise<TableFile> {
	const kind = await fileKind(file);
	if (kind === 'text') return { kind, file, sheets: [], sheet: '' };
	const { readTable, mostBytes } = await readerOf(kind);
	const key = file.size > mostBytes ? '' : `${await hashFile(file)} ${sheet}`;
	if (key === '' || last?.key !== key) {
		const table = readTable(file, sheet).then((table) => written(kind, file.name, table));
		last = { key, table };
	}
	return last.table;
}

/** Each with a library of its own, which only such a file needs. */
async function readerOf(kind: 'workbook' | 'cards') {
	if (kind === 'workbook') {
		const { readWorkbook, mostWorkbookBytes } = await import('./read-workbook.ts');
		return { readTable: readWorkbook, mostBytes: mostWorkbookBytes };
	}
	const { readCards, mostCardBytes } = await import('./read-cards.ts');
	return { readTable: readCards, mostBytes: mostCardBytes };
}

/** A carriage return ends each row, so that a row keeps its number whatever line breaks its cells hold. */
function written(kind: FileKind, name: string, { rows, sheets, sheet }: TextTable): TableFile {
	const pieces = rows.map((row) => `${row.map(quoted).join(',')}\r`);
	return { kind, file: new File(pieces, name), sheets, sheet };
}

const quoted = (cell: string) =>
	cell === '' ? '' : `"${cell.replace(/\r\n?/g, '\n').replaceAll('"', '""')}"`;
