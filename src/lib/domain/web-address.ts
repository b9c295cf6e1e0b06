import type { SheetColumn } from './sheet.ts';
import { HexTexts, PrefixedTexts } from './text-columns.ts';

/** Whether `text` is a whole http(s) address of a portal, without a name or password inside it. */
export function isPortalAddress(text: string): boolean {
	// The URL parser drops line breaks and mends backslashes; what is sent must be what was read.
	if (!/^https?:\/\/[^\s\p{Cc}\\<>"{}]+$/iu.test(text) || !URL.canParse(text)) return false;
	const { hostname, username, password } = new URL(text);
	return hostname !== '' && username === '' && password === '';
}

/** The portal's address with `invitation=<code>` added to its query; its own query and fragment stay. */
export function invitationLink(portalAddress: string, code: string): string {
	const { before, after } = partsOfLink(portalAddress);
	return before + codeInLink(code) + after;
}

/** `invitationLink` of very many codes. */
export function invitationLinks(portalAddress: string, codes: SheetColumn<string>): PrefixedTexts {
	const { before, after } = partsOfLink(portalAddress);
	if (codes instanceof HexTexts && after === '') return new PrefixedTexts(before, codes);
	const ends = Array.from({ length: codes.length }, (_, place) => codes.at(place) ?? '');
	return new PrefixedTexts(
		before,
		ends.map((code) => codeInLink(code) + after),
	);
}

const isPlain = /^[\da-z]*$/;

/** What stands before the code in every invitation's link to one portal, and what behind it. */
function partsOfLink(portalAddress: string): { before: string; after: string } {
	const address = portalAddress.trim();
	const hash = address.indexOf('#');
	const base = hash < 0 ? address : address.slice(0, hash);
	const after = hash < 0 ? '' : address.slice(hash);
	const query = base.indexOf('?');
	const join = query < 0 ? '?' : query === base.length - 1 || base.endsWith('&') ? '' : '&';
	return { before: `${base}${join}invitation=`, after };
}

/** A code as it stands in a link. */
function codeInLink(code: string): string {
	return isPlain.test(code) ? code : encodeURIComponent(code);
}
