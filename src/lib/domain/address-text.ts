/** What a cell of addresses holds: the first one, and how many there are. */
export interface AddressReading {
	address: string;
	count: number;
}

const parting = /\s*(?:,|;|:::|\||\/|\s)\s*/u;

/** Whether the text holds nothing that needs unwrapping; one pass, because every row passes here. */
function isBare(text: string): boolean {
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		// Blanks, control characters, " ' ( , / : ; < > [ | and all beyond ASCII need a closer look.
		if (code <= 34 || code === 39 || code === 40 || code === 44 || code === 47) return false;
		if (code === 58 || code === 59 || code === 60 || code === 62 || code === 91) return false;
		if (code >= 124) return false;
	}
	return true;
}

/** Takes the address out of `Name <a@b>`, `mailto:a@b` and lists; text without an address stays as it is. */
export function readAddressCell(cell: string): AddressReading {
	if (isBare(cell)) return { address: cell, count: cell === '' ? 0 : 1 };
	const trimmed = cell.replace(/[\u200b-\u200f\u2060\ufeff]/gu, '').trim();
	if (!trimmed.includes('@')) return { address: trimmed, count: trimmed === '' ? 0 : 1 };
	const bracketed = [...trimmed.matchAll(/<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>/giu)];
	if (bracketed.length > 0) return { address: bracketed[0]?.[1] ?? '', count: bracketed.length };
	const parts = trimmed
		.split(parting)
		.map((part) => part.replace(/^mailto:/iu, '').replace(/^["'([<]+|["')\]>]+$/gu, ''))
		.map((part) => part.replace(/\?.*$/u, ''))
		.filter((part) => part.includes('@'));
	// "maya @example.com" is one address with a slip, not a list: kept as written, for a person to mend.
	if (parts.some((part) => part.startsWith('@') || part.endsWith('@')))
		return { address: trimmed.replace(/^mailto:/iu, ''), count: 1 };
	return { address: parts[0] ?? trimmed, count: Math.max(1, new Set(parts).size) };
}

/** The digits of a telephone number, so that two ways of writing it are equal; a leading US 1 is dropped. */
export function phoneDigits(text: string): string {
	const digits = text.replace(/\D+/gu, '');
	return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}
