import {
	hasLookAlikeLetters,
	isEmailAddress,
	looksMistyped,
	normaliseEmailAddress,
} from './email-address.ts';

/** The most of an address that stands before the '@': words of ordinary letters, one dot between them. */
const usualLocalPart = /^[a-z\d_+-]+(?:\.[a-z\d_+-]+)*@/;
const longestUsual = 100;
/** A domain in other letters is one with its ASCII form: `inboxOf` knows. */
const ascii = /^[!-~]*$/;

/** Whether a usual address is its inbox as it stands, as most are: 100,000 need not be cut apart. */
export function isOwnInbox(usualAddress: string): boolean {
	return !usualAddress.endsWith('mail.com');
}

/**
 * A quick test for addresses that mail can go to as they stand and that nothing speaks against: what it
 * lets pass is an email address, in its normal form, with no slip and no look-alike letters. A few domains
 * serve most clients, so each is looked at once.
 */
export function usualAddressTest(): (emailAddress: string) => boolean {
	const isUsualDomain = new Map<string, boolean>();
	return (emailAddress) => {
		if (emailAddress.length > longestUsual || !usualLocalPart.test(emailAddress)) return false;
		const domain = emailAddress.slice(emailAddress.indexOf('@') + 1);
		let isUsual = isUsualDomain.get(domain);
		if (isUsual === undefined) {
			isUsual = hasNothingAgainst(`a@${domain}`);
			isUsualDomain.set(domain, isUsual);
		}
		return isUsual;
	};
}

function hasNothingAgainst(emailAddress: string): boolean {
	return (
		ascii.test(emailAddress) &&
		isEmailAddress(emailAddress) &&
		normaliseEmailAddress(emailAddress) === emailAddress &&
		looksMistyped(emailAddress) === '' &&
		!hasLookAlikeLetters(emailAddress)
	);
}
