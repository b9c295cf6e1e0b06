import type { Encoding } from './decode.ts';
import type { FileKind } from './file-kind.ts';
import type { Reading } from './reading.ts';

const encodingWords: Record<Encoding, string> = {
	'utf-8': 'UTF-8',
	'utf-16le': 'UTF-16 (little-endian)',
	'utf-16be': 'UTF-16 (big-endian)',
	'windows-1252': 'Windows-1252 (Western European)',
	macintosh: 'Mac Roman',
};

/** All that can be chosen. */
export const encodingChoices = Object.entries(encodingWords) as [Encoding, string][];

const delimiters = [
	[',', 'Comma'],
	[';', 'Semicolon'],
	['\t', 'Tab'],
	['|', 'Vertical bar'],
] as const;

/** The usual delimiters, and the one that the file names itself. */
export function delimiterChoices(current: string): (readonly [delimiter: string, words: string])[] {
	const isKnown = delimiters.some(([delimiter]) => delimiter === current);
	return isKnown ? [...delimiters] : [...delimiters, [current, current]];
}

/** What was found, in sentences. */
export function readingInWords(reading: Reading): string[] {
	const { source, encoding, delimiter, headerLine, titleLines, summaryLines, sheet } = reading;
	const row = source === 'text' ? 'line' : 'row';
	const words: string[] = [];
	if (source === 'text') {
		const [, name] = delimiterChoices(delimiter).find(([choice]) => choice === delimiter) ?? [];
		words.push(`Text in ${encodingWords[encoding]}; between the columns: ${name?.toLowerCase()}.`);
	}
	if (source === 'workbook') words.push(`Excel workbook, sheet “${sheet}”.`);
	if (source === 'cards') words.push('Address book (vCard), a card a client.');
	else if (headerLine === 0) words.push('No row holds the names of the columns.');
	else words.push(`The names of the columns are in ${row} ${headerLine}.`);
	if (titleLines.length > 0) words.push(`Passed over above it: ${listed(titleLines, row)}.`);
	if (summaryLines.length > 0)
		words.push(`Passed over as a sum of the file: ${listed(summaryLines, row)}.`);
	return words;
}

/** Where in the file, as its own program counts: "line 6" of a text, "row 6" of a workbook, "card 5". */
export function placeInWords(source: FileKind, line: number): string {
	if (source === 'cards') return `card ${(line - 1).toLocaleString('en')}`;
	return `${source === 'text' ? 'line' : 'row'} ${line.toLocaleString('en')}`;
}

/** The same at the start of a sentence. */
export function placeAsTitle(source: FileKind, line: number): string {
	const words = placeInWords(source, line);
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A reason that names a line of the text into which a workbook or an address book was turned. */
export function reasonInWords(source: FileKind, reason: string): string {
	if (source === 'text') return reason;
	return reason
		.replace(/\bline (\d+)/gu, (_, line: string) => placeInWords(source, Number(line)))
		.replace(/\b(line)\b/giu, (line) => {
			const word = source === 'cards' ? 'card' : 'row';
			return line === 'Line' ? word.charAt(0).toUpperCase() + word.slice(1) : word;
		});
}

const listed = (lines: readonly number[], row: string) =>
	`${row}${lines.length === 1 ? '' : 's'} ${lines.join(', ')}`;
