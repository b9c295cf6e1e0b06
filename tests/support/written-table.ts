import type { Encoding } from '$lib/imports/decode.ts';

/** How a table is written down. */
export interface Writing {
	encoding: Encoding;
	hasMark: boolean;
	delimiter: string;
	newline: '\n' | '\r\n' | '\r';
	quotesAll: boolean;
	hasHint: boolean;
	endsWithNewline: boolean;
}

/** A table as a program writes it. */
export function writeTable(rows: readonly (readonly string[])[], how: Writing): Uint8Array {
	const { delimiter, newline } = how;
	const cell = (text: string) =>
		how.quotesAll || text.includes(delimiter) || /["\r\n]/.test(text)
			? `"${text.replaceAll('"', '""')}"`
			: text;
	const lines = rows.map((row) => row.map(cell).join(delimiter));
	if (how.hasHint) lines.unshift(`sep=${delimiter}`);
	const text = lines.join(newline) + (how.endsWithNewline ? newline : '');
	return encode(`${how.hasMark ? '\ufeff' : ''}${text}`, how.encoding);
}

/** The bytes of a text. Throws for a character that the encoding has not. */
export function encode(text: string, encoding: Encoding): Uint8Array {
	switch (encoding) {
		case 'utf-8':
			return new Uint8Array(Buffer.from(text));
		case 'utf-16le':
			return new Uint8Array(Buffer.from(text, 'utf16le'));
		case 'utf-16be':
			return new Uint8Array(Buffer.from(text, 'utf16le').swap16());
		default:
			return Uint8Array.from(text, (character) => byteOf(character, encoding));
	}
}

function byteOf(character: string, encoding: Encoding): number {
	const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
	const all = new TextDecoder(encoding).decode(bytes);
	const byte = all.indexOf(character);
	if (byte < 0) throw new Error(`${encoding} has no ${character}`);
	return byte;
}

/** Some versions of Node.js take windows-1252 for Latin-1, which has no typographic quotation marks. */
export const knowsWindows1252 = new TextDecoder('windows-1252').decode(Uint8Array.of(0x92)) === '’';
