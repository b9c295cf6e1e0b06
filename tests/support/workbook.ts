import { deflateRawSync } from 'node:zlib';

/** A cell: text, a number, a day as Excel counts it, or nothing. */
export type WorkbookCell = string | number | { day: number } | null;

export interface WorkbookSheet {
	name: string;
	rows: readonly (readonly WorkbookCell[])[];
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const escaped = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function columnName(at: number): string {
	const last = String.fromCharCode(65 + (at % 26));
	return at < 26 ? last : columnName(Math.floor(at / 26) - 1) + last;
}

function cellXml(cell: WorkbookCell, name: string): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return `<c r="${name}"><v>${cell}</v></c>`;
	if (typeof cell === 'object') return `<c r="${name}" s="1"><v>${cell.day}</v></c>`;
	return `<c r="${name}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

function sheetXml({ rows }: WorkbookSheet): string {
	const body = rows.map(
		(row, at) =>
			`<row r="${at + 1}">${row.map((cell, column) => cellXml(cell, `${columnName(column)}${at + 1}`)).join('')}</row>`,
	);
	return `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${body.join('')}</sheetData></worksheet>`;
}

/** An Excel workbook as a spreadsheet program saves it, as far as a reader looks. */
export function makeWorkbook(sheets: readonly WorkbookSheet[]): Uint8Array {
	const files: [path: string, text: string][] = [
		[
			'[Content_Types].xml',
			'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
		],
		[
			'_rels/.rels',
			`<?xml version="1.0"?><Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		],
		[
			'xl/workbook.xml',
			`<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${office}"><sheets>${sheets.map(({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="r${at + 1}"/>`).join('')}</sheets></workbook>`,
		],
		[
			'xl/_rels/workbook.xml.rels',
			`<?xml version="1.0"?><Relationships xmlns="${relations}">${sheets.map((_, at) => `<Relationship Id="r${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rs" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
		],
		[
			'xl/styles.xml',
			`<?xml version="1.0"?><styleSheet xmlns="${main}"><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
		],
		...sheets.map((sheet, at): [string, string] => [
			`xl/worksheets/sheet${at + 1}.xml`,
			sheetXml(sheet),
		]),
	];
	return makeArchive(files);
}

/** A ZIP archive, packed as usual, with unused bytes before its directory; nobody looks at checksums here. */
export function makeArchive(
	files: readonly (readonly [path: string, text: string])[],
	unused = 0,
): Uint8Array {
	const pieces: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const [path, text] of files) {
		const name = Buffer.from(path);
		const packed = deflateRawSync(text);
		const header = Buffer.alloc(30);
		header.writeUInt32LE(0x04034b50, 0);
		header.writeUInt16LE(8, 8);
		header.writeUInt32LE(packed.length, 18);
		header.writeUInt32LE(Buffer.byteLength(text), 22);
		header.writeUInt16LE(name.length, 26);
		const entry = Buffer.alloc(46);
		entry.writeUInt32LE(0x02014b50, 0);
		entry.writeUInt16LE(8, 10);
		entry.writeUInt32LE(packed.length, 20);
		entry.writeUInt32LE(Buffer.byteLength(text), 24);
		entry.writeUInt16LE(name.length, 28);
		entry.writeUInt32LE(offset, 42);
		pieces.push(header, name, packed);
		directory.push(entry, name);
		offset += 30 + name.length + packed.length;
	}
	pieces.push(Buffer.alloc(unused));
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(files.length, 8);
	end.writeUInt16LE(files.length, 10);
	end.writeUInt32LE(Buffer.concat(directory).length, 12);
	end.writeUInt32LE(offset + unused, 16);
	return new Uint8Array(Buffer.concat([...pieces, ...directory, end]));
}
