/** A line with an encoded word in it is at most this long (RFC 2047 §2). */
const lineLength = 76;
const longestPlain = 60;
const wrapper = '=?UTF-8?B??='.length;

/**
 * Text for a header field whose line has `taken` characters before it: as it is where plain ASCII
 * will do (quoted in a name), else as encoded words, folded. `text` has no line breaks.
 */
export function headerWords(text: string, taken: number, isName = false): string {
	const isPlain = /^[ -~]*$/.test(text) && text.length <= longestPlain && !text.includes('=?');
	// Blanks at an edge would be lost in folding.
	if (isPlain && text.trim() === text) return isName ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
	const words: string[] = [];
	let word = '';
	for (const letter of text) {
		const left = lineLength - (words.length === 0 ? taken : 1) - wrapper;
		if (word !== '' && base64Length(word + letter) > left) {
			words.push(word);
			word = '';
		}
		word += letter;
	}
	words.push(word);
	return words.map((part) => `=?UTF-8?B?${base64(part)}?=`).join('\r\n ');
}

const encoder = new TextEncoder();

/** The base64 of the text's UTF-8 bytes. */
export function base64(text: string): string {
	let binary = '';
	for (const byte of encoder.encode(text)) binary += String.fromCharCode(byte);
	return btoa(binary);
}

function base64Length(text: string): number {
	return Math.ceil(encoder.encode(text).length / 3) * 4;
}

/** The text quoted-printable (RFC 2045 §6.7), CRLF between its lines. */
export function quotedPrintable(text: string): string {
	return text
		.split(/\r\n|\r|\n/)
		.map(encodedLine)
		.join('\r\n');
}

function encodedLine(line: string): string {
	const bytes = encoder.encode(line);
	let done = '';
	let current = '';
	for (const [index, byte] of bytes.entries()) {
		const isBlank = byte === 0x20 || byte === 0x09;
		const isPlain = (byte > 0x20 && byte < 0x7f && byte !== 0x3d) || isBlank;
		// A blank at a line's end is lost on the way, and a dot alone on a line ends a mail.
		const mustHide =
			(isBlank && index === bytes.length - 1) ||
			(byte === 0x2e && current === '' && bytes.length === 1);
		const next = isPlain && !mustHide ? String.fromCharCode(byte) : hex(byte);
		if (current.length + next.length >= lineLength) {
			done += `${current}=\r\n`;
			current = '';
		}
		current += next;
	}
	return done + current;
}

function hex(byte: number): string {
	return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
