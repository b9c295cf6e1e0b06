import { settingsFrom, type SettingsRow } from './settings.ts';

/**
 * Names the relay that the settings choose, its kind and where it is: "portico 3kf0a1b2". A relay at
 * another place knows nothing of what was tried at this one. '' while that is not known.
 */
export function relayPlace(rows: readonly SettingsRow[]): string {
	const { kind, url } = settingsFrom(rows, 'relay');
	switch (kind) {
		case '':
			return '';
		case 'by-hand':
			return kind;
		case 'portico':
			return placed(kind, url.trim().replace(/\/+$/, ''));
		case 'emailjs':
			return placed(kind, settingsFrom(rows, 'emailjs').serviceId);
		case 'jmap':
			return placed(kind, settingsFrom(rows, 'jmap').sessionUrl.trim());
		case 'gmail':
		case 'microsoft': {
			const signIn = settingsFrom(rows, 'sign-in');
			return signIn.kind === kind ? placed(kind, signIn.account.toLowerCase()) : '';
		}
	}
}

function placed(kind: string, where: string): string {
	return where === '' ? '' : `${kind} ${mixed(where)}`;
}

/** 53 bits of a text, to tell a handful of places apart. After cyrb53 (public domain, bryc). */
function mixed(text: string): string {
	let a = 0xdeadbeef;
	let b = 0x41c6ce57;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		a = Math.imul(a ^ code, 2654435761);
		b = Math.imul(b ^ code, 1597334677);
	}
	a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
	b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
	return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
