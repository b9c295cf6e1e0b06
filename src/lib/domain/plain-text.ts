/** Control characters, lone surrogates, and marks that turn the direction of the text around them. */
const unwanted = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const lineBreaks = /\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g;
const mayBeUnwanted = /[^\u0020-\u007e]/;

/** One line that can stand in a mail's header: no line break, no control character (RFC 5322, 2.2). */
export function oneLine(text: string): string {
	if (!mayBeUnwanted.test(text)) return text.trim();
	return text.replace(lineBreaks, ' ').replace(unwanted, '').trim();
}

/** Text of several lines, with LF between them and no other control character. */
export function manyLines(text: string): string {
	return text
		.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
		.map((line) => line.replace(/\t/g, ' ').replace(unwanted, '').trimEnd())
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}
