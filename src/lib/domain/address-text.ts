import { isEmailAddress } from './email-address.ts';

/** What a cell of addresses holds. */
export interface AddressReading {
	/** The first to which mail can go; when there is none, the first as written. */
	address: string;
	/** The further ones, each once. */
	others: readonly string[];
}

const none: readonly string[] = [];
const parting = /[,;|/\s]|:::/u;
const invisible = /[\u200b-\u200f\u2060\ufeff]/gu;
/** Marks that people and programs put around an address. */
const opening = new Set(['"', "'", '(', '[', '<']);
const closing = new Set(['"', "'", ')', ']', '>']);

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

/**
 * Takes the addresses out of `Name <a@b>`, `mailto:a@b` and lists (`,` `;` `|` `/` `:::` and blanks);
 * text without an address stays as it is. It takes time in proportion to the text's length.
 */
export function readAddressCell(cell: string): AddressReading {
	if (isBare(cell)) return { address: cell, others: none };
	const trimmed = cell.replace(invisible, '').trim();
	if (!trimmed.includes('@')) return { address: trimmed, others: none };
	const bracketed = inBrackets(trimmed);
	if (bracketed.length > 0) return firstValid(bracketed);
	const parts = trimmed
		.split(parting)
		.map(unwrapped)
		.filter((part) => part.includes('@'));
	// "maya @example.com" is one address with a slip, not a list: kept as written, for a person to mend.
	if (parts.some((part) => part.startsWith('@') || part.endsWith('@')))
		return { address: trimmed.replace(/^mailto:/iu, ''), others: none };
	return parts.length === 0 ? { address: trimmed, others: none } : firstValid(parts);
}

function firstValid(found: readonly string[]): AddressReading {
	const distinct = [...new Set(found)];
	const address = distinct.find(isEmailAddress) ?? distinct[0] ?? '';
	return { address, others: distinct.filter((other) => other !== address) };
}

/** The addresses of `Name <a@b>`, one or several. */
function inBrackets(text: string): string[] {
	return text
		.split('<')
		.slice(1)
		.map((part) => part.slice(0, Math.max(0, part.indexOf('>'))).trim())
		.map((part) => part.replace(/^mailto:/iu, ''))
		.filter((part) => part.includes('@') && !/\s/u.test(part));
}

/** Without `mailto:`, its `?subject=…` and the marks around. */
function unwrapped(part: string): string {
	let text = part.replace(/^mailto:/iu, '');
	const question = text.indexOf('?', text.indexOf('@') + 1);
	if (question >= 0) text = text.slice(0, question);
	let start = 0;
	let end = text.length;
	while (start < end && opening.has(text[start] as string)) start += 1;
	while (end > start && closing.has(text[end - 1] as string)) end -= 1;
	return text.slice(start, end).replace(/^mailto:/iu, '');
}

/** The digits of a telephone number, so that two ways of writing it are equal; a leading US 1 is dropped. */
export function phoneDigits(text: string): string {
	const digits = text.replace(/\D+/gu, '');
	return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}
