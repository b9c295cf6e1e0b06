/** Whether `text` is a whole http(s) address of a portal, without a name or password inside it. */
export function isPortalAddress(text: string): boolean {
	// The URL parser drops line breaks and mends backslashes; what is sent must be what was read.
	if (!/^https?:\/\/[^\s\p{Cc}\\<>"{}]+$/iu.test(text) || !URL.canParse(text)) return false;
	const { hostname, username, password } = new URL(text);
	return hostname !== '' && username === '' && password === '';
}

/** The portal's address with `invitation=<code>` added to its query; its own query and fragment stay. */
export function invitationLink(portalAddress: string, code: string): string {
	return invitationLinks(portalAddress)(code);
}

const isPlain = /^[\da-z]*$/;

/** `invitationLink` for many codes of one portal. */
export function invitationLinks(portalAddress: string): (code: string) => string {
	const address = portalAddress.trim();
	const hash = address.indexOf('#');
	const base = hash < 0 ? address : address.slice(0, hash);
	const fragment = hash < 0 ? '' : address.slice(hash);
	const query = base.indexOf('?');
	const join = query < 0 ? '?' : query === base.length - 1 || base.endsWith('&') ? '' : '&';
	const before = `${base}${join}invitation=`;
	return (code) => before + (isPlain.test(code) ? code : encodeURIComponent(code)) + fragment;
}
