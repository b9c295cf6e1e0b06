import { normaliseEmailAddress } from './email-address.ts';

/**
 * The inbox that an address leads to, by the rules of its provider where they are certain: addresses with
 * the same are never written to twice by accident. For telling inboxes apart alone; what is written to is
 * the address as it stands.
 * - Gmail reads neither dots nor what follows a plus: https://support.google.com/mail/answer/7436150
 * - A domain in Unicode and in Punycode is one domain (RFC 5890).
 */
export function inboxOf(text: string): string {
	const address = normaliseEmailAddress(text);
	const at = address.lastIndexOf('@');
	if (at < 1) return address;
	const domain = address.slice(at + 1);
	if (domain === 'gmail.com' || domain === 'googlemail.com')
		return `${gmailName(address.slice(0, at))}@gmail.com`;
	return ascii.test(domain) ? address : `${address.slice(0, at)}@${punycodeOf(domain)}`;
}

const ascii = /^[!-~]*$/;

function gmailName(local: string): string {
	const plus = local.indexOf('+');
	const name = (plus < 0 ? local : local.slice(0, plus)).replaceAll('.', '');
	// Of dots and a tag alone nothing would be left to tell it by.
	return name === '' ? local : name;
}

const known = new Map<string, string>();

/** The ASCII form of a domain; as it stands where it is none. */
function punycodeOf(domain: string): string {
	const made = known.get(domain);
	if (made !== undefined) return made;
	const url = `https://${domain}/`;
	const host = URL.canParse(url) ? new URL(url).hostname : domain;
	known.set(domain, host);
	return host;
}
