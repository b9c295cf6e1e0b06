import { isEmailAddress, looksMistyped } from '$lib/domain/email-address.ts';
import type { PortalDoorSettings } from '$lib/domain/settings/portal-door.ts';
import type { PracticeSettings } from '$lib/domain/settings/practice.ts';
import { isPortalAddress } from '$lib/domain/web-address.ts';
import { appAddressDoubt } from '$lib/domain/welcome-link.ts';
import { claimLimits } from '$lib/domain/welcome-token.ts';

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

export interface DoorErrors {
	appAddress: string;
	whatHappensNext: string;
}

/** What is wrong with where links go; nothing is while they go to the portal itself. */
export function checkDoor({ isOn, appAddress, whatHappensNext }: PortalDoorSettings): DoorErrors {
	const doubt = isOn ? appAddressDoubt(appAddress) : '';
	return {
		appAddress:
			doubt === 'no-address'
				? 'Enter the whole web address, as in https://app.example.com/portico/.'
				: doubt === 'has-more'
					? 'Enter it without anything from ‘?’ or ‘#’ on.'
					: '',
		whatHappensNext:
			isOn && whatHappensNext.trim().length > claimLimits.next
				? `It is ${whatHappensNext.trim().length} letters long: ${claimLimits.next} is the most that a link can carry.`
				: '',
	};
}

/** What a person should know of an address that is right by its form; '' where all is well. */
export function doubtInWords({ isOn, appAddress }: PortalDoorSettings): string {
	if (!isOn) return '';
	switch (appAddressDoubt(appAddress)) {
		case 'this-device':
			return 'This address opens on this computer alone: no client can reach it. Put the app on a web host, and enter its address here.';
		case 'not-secure':
			return 'Over http a client’s browser cannot check the signature, and the page stays closed. Use an address that begins with https://.';
		case '':
		case 'no-address':
		case 'has-more':
			return '';
	}
}

function notAnAddress(suggestion: string): string {
	return suggestion
		? `This is not an email address. Did you mean ${suggestion}?`
		: 'Enter an email address, as in office@example.com.';
}
