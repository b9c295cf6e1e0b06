import { cardsIn, type CardLine } from './card-lines.ts';
import { detectEncoding, readText, sliceBytes, WrongEncoding } from './decode.ts';
import { ImportTrouble } from './import-problem.ts';
import type { TextTable } from './table-file.ts';

/** An address book is held whole while it is read; its pictures make it large. */
export const mostCardBytes = 50 * 2 ** 20;

const header = [
	'First Name',
	'Last Name',
	'Full Name',
	'Preferred Name',
	'Email',
	'Phone',
	'Birthday',
	'Tags',
	'Language',
];

/** Between several values of a cell, as Google Contacts has it. */
const between = ' ::: ';

/** Reads a file of vCards (2.1, 3 or 4) as a table, one card a row. Throws ImportTrouble. */
export async function readCards(file: Blob): Promise<TextTable> {
	if (file.size > mostCardBytes)
		throw new ImportTrouble(
			'too-large',
			'This address book is larger than 50 MB. Nothing was changed. Export it without pictures, or as CSV, and choose that file.',
		);
	const cards = cardsIn(await textOf(file));

	const { default: ical } = await import('ical.js');
	const parse = (text: string): unknown[] =>
		ical.Property.fromString(text, ical.design.vcard).getValues() as unknown[];
	return { rows: [header, ...cards.map((card) => rowOf(card, parse))], sheets: [], sheet: '' };
}

async function textOf(file: Blob): Promise<string> {
	const start = new Uint8Array(await file.slice(0, sliceBytes).arrayBuffer());
	const read = async (encoding: ReturnType<typeof detectEncoding>) => {
		let text = '';
		for await (const piece of readText(file, encoding)) text += piece;
		return text;
	};
	try {
		return await read(detectEncoding(start, file.size <= sliceBytes));
	} catch (error) {
		if (error instanceof WrongEncoding) return read('windows-1252');
		throw error;
	}
}

function rowOf(card: readonly CardLine[], parse: (text: string) => unknown[]): string[] {
	const valuesOf = (wanted: string): unknown[] =>
		card.flatMap(({ name, text }) => {
			if (name !== wanted) return [];
			try {
				return parse(text);
			} catch {
				// What the parser cannot read is judged as it stands, like any cell.
				return [text.slice(text.indexOf(':') + 1)];
			}
		});
	const cell = (wanted: string) => [...new Set(valuesOf(wanted).map(plain))].filter(Boolean);
	const name = valuesOf('N')[0];
	const [last = '', first = ''] = Array.isArray(name) ? name.map(plain) : [plain(name ?? '')];
	const tags = cell('CATEGORIES');
	return [
		first,
		last,
		cell('FN')[0] ?? '',
		cell('NICKNAME')[0] ?? '',
		cell('EMAIL').join(between),
		cell('TEL').join(between),
		birthday(card, cell('BDAY')[0] ?? ''),
		// The mark stands there even for one: a category may hold what parts tags.
		tags.length > 0 ? tags.join(between) + between : '',
		cell('LANG')[0] ?? '',
	];
}

function plain(value: unknown): string {
	if (Array.isArray(value)) return value.map(plain).join(' ').trim();
	return String(value)
		.replace(/^(?:mailto|tel):/i, '')
		.trim();
}

/** A day without its year is no date of birth; 1604 is how Apple's address book writes that. */
function birthday(card: readonly CardLine[], read: string): string {
	const date = /^(\d{4})-\d\d-\d\d/.exec(read);
	if (date) return date[1] === '1604' ? '' : date[0];
	if (read.startsWith('--')) return '';
	// The parser makes dates even of words.
	const line = card.find(({ name }) => name === 'BDAY')?.text ?? '';
	return line.slice(line.indexOf(':') + 1).trim();
}
