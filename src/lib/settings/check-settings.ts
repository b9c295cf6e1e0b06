import { isEmailAddress, looksMistyped } from '$lib/domain/email-address.ts';
import type { PracticeSettings, RelaySettings } from '$lib/domain/settings.ts';
import { isPortalAddress } from '$lib/domain/web-address.ts';

export interface PracticeErrors {
	replyTo: string;
	portalAddress: string;
}

/** What is wrong with what was typed, and how to mend it; '' where nothing is. A blank is no error yet. */
export function checkPractice({ replyTo, portalAddress }: PracticeSettings): PracticeErrors {
	return {
		replyTo:
			replyTo.trim() === '' || isEmailAddress(replyTo.trim())
				? ''
				: notAnAddress(looksMistyped(replyTo)),
		portalAddress:
			portalAddress.trim() === '' || isPortalAddress(portalAddress.trim())
				? ''
				: 'Enter the whole web address, as in https://portal.example.com.',
	};
}

function notAnAddress(suggestion: string): string {
	return suggestion
		? `This is not an email address. Did you mean ${suggestion}?`
		: 'Enter an email address, as in office@example.com.';
}

export interface RelayErrors {
	url: string;
	token: string;
	messagesPerSecond: string;
}

export const mostMessagesPerSecond = 100;

/** The same for the relay; a relay without an address is none, and that is no error. */
export function checkRelay({ url, token, messagesPerSecond }: RelaySettings): RelayErrors {
	const address = url.trim();
	const hasRelay = address !== '';
	const isPaceRight = messagesPerSecond > 0 && messagesPerSecond <= mostMessagesPerSecond;
	return {
		url: !hasRelay || isRelayAddress(address) ? '' : relayAddressHint,
		token: hasRelay && token.trim() === '' ? 'Enter the token that the relay was set up with.' : '',
		messagesPerSecond: isPaceRight
			? ''
			: `Enter a number above 0, at most ${mostMessagesPerSecond}.`,
	};
}

const relayAddressHint =
	'Enter the whole web address of the relay, as in https://relay.example.com, without ? or #. Only a relay on this computer may do without https.';

function isRelayAddress(address: string): boolean {
	const isSafe = /^https:|^http:\/\/(127\.0\.0\.1|localhost)([:/]|$)/i.test(address);
	return isSafe && isPortalAddress(address) && !/[?#]/.test(address);
}
