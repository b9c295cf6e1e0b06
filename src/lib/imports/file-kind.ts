/** Marks at the start of files that people take for CSV files: https://en.wikipedia.org/wiki/List_of_file_signatures */
const marks: [number[], string][] = [
	[[0x50, 0x4b, 0x03, 0x04], 'an Excel workbook (.xlsx) or a ZIP archive'],
	[[0x50, 0x4b, 0x05, 0x06], 'an empty ZIP archive'],
	[[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook (.xls)'],
	[[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
	[[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
	[[0xff, 0xd8, 0xff], 'a JPEG picture'],
	[[0x47, 0x49, 0x46, 0x38], 'a GIF picture'],
	[[0x1f, 0x8b], 'a compressed file (.gz)'],
	[[0x52, 0x61, 0x72, 0x21], 'a RAR archive'],
	[[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive'],
	[[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66], 'a database file'],
	[[0x7b, 0x5c, 0x72, 0x74, 0x66], 'a text document (.rtf)'],
];

const beginnings: [RegExp, string][] = [
	[/^\s*(?:<!doctype html|<html|<table|<head|<meta)/i, 'a web page'],
	[/^\s*<\?xml/i, 'an XML document'],
	[/^BEGIN:VCARD/i, 'an address book (vCard)'],
];

/** What a file is that is no table of text, in words; '' when it may be one. */
export function looksLikeBinary(start: Uint8Array): string {
	for (const [mark, name] of marks) if (mark.every((byte, at) => start[at] === byte)) return name;
	const head = String.fromCharCode(...start.subarray(0, 200));
	for (const [beginning, name] of beginnings) if (beginning.test(head)) return name;
	return controlShare(start) > 0.05 ? 'binary data' : '';
}

/** The share of control characters that no text has; zeros are judged apart, UTF-16 is full of them. */
function controlShare(start: Uint8Array): number {
	const end = Math.min(start.length, 4096);
	let controls = 0;
	for (let at = 0; at < end; at += 1) {
		const byte = start[at] ?? 0;
		if (byte < 32 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 13) controls += 1;
	}
	return controls / Math.max(end, 1);
}
