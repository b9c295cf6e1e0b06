import { isPortalAddress } from './web-address.ts';

const welcome = '#/welcome/';
const receipt = '#/receipt/';

/** The link of an invitation: everything is in the fragment, which no server sees. */
export function welcomeLink(appAddress: string, token: string): string {
	return `${appAddress}${welcome}${token}`;
}

/** The link that opens an answer where the practice's clients are. */
export function receiptLink(appAddress: string, receiptOf: string): string {
	return `${appAddress}${receipt}${receiptOf}`;
}

/** The token in a link that opens the welcome page; '' in any other. */
export function tokenOf(link: string): string {
	return link.split(welcome)[1] ?? '';
}

/** Whether a frozen link opens the welcome page; a signature cannot be made a second time. */
export function isWelcomeLink(link: string): boolean {
	return link.includes(welcome);
}

/** What speaks against an address as the one where clients open this app; '' where nothing does. */
export type AppAddressDoubt = '' | 'no-address' | 'has-more' | 'this-device' | 'not-secure';

/**
 * `this-device`: nobody else can open it. `not-secure`: over http a browser gives a page no way to verify
 * a signature. `has-more`: a query or fragment that would stand in the way of the link's own.
 */
export function appAddressDoubt(text: string): AppAddressDoubt {
	const address = text.trim();
	if (!isPortalAddress(address)) return 'no-address';
	if (/[?#]/.test(address)) return 'has-more';
	const { hostname, protocol } = new URL(address);
	if (/^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(hostname))
		return 'this-device';
	return protocol === 'https:' ? '' : 'not-secure';
}

/** Whether links can be made with it at all; the other doubts are for a person to weigh. */
export function isUsableAppAddress(text: string): boolean {
	const doubt = appAddressDoubt(text);
	return doubt !== 'no-address' && doubt !== 'has-more';
}
