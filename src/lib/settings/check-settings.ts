import { isEmailAddress, looksMistyped } from '$lib/domain/email-address.ts';
import type { PracticeSettings } from '$lib/domain/settings.ts';
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
