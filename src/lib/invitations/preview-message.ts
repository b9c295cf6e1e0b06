import type { Client } from '$lib/domain/client.ts';
import { fullName, greetingName } from '$lib/domain/client.ts';
import { composeMessage } from '$lib/domain/compose.ts';
import { frozenLetters } from '$lib/domain/frozen-letters.ts';
import { fieldValues } from '$lib/domain/merge-fields.ts';
import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import { professionalFinder, type Professional } from '$lib/domain/professional.ts';
import type { PortalDoorSettings } from '$lib/domain/settings/portal-door.ts';
import type { PracticeSettings } from '$lib/domain/settings/practice.ts';
import { welcomeLink } from '$lib/domain/welcome-link.ts';
import type { Wording } from '$lib/domain/wording.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** As long as a real one, and plainly none. */
const placeholderCode = 'x'.repeat(32);

export interface PreviewOptions {
	template: Wording;
	practice: PracticeSettings;
	professionals?: readonly Professional[];
	/** Where the link goes, where not to the portal's own address. */
	door?: PortalDoorSettings;
	expiryDays: number;
	/** Epoch milliseconds. */
	now: number;
}

/**
 * What would leave for this client, by the code that makes what leaves: in her language, with where her
 * answers go and the note to her. Only the link's code is not real.
 */
export function previewMessage(
	client: Client,
	{ template, practice, professionals = [], door, expiryDays, now }: PreviewOptions,
	note = '',
): OutgoingMessage {
	const newId = () => 'preview';
	const letter = frozenLetters(template, practice, professionals, { newId, now }).for(client, note);
	const invitation = { code: placeholderCode, expiresAt: now + expiryDays * dayMs };
	const professionalOf = professionalFinder(professionals);
	const link = door?.isOn ? welcomeLink(door.appAddress.trim(), placeholderCode) : undefined;
	const { language } = letter;
	const recipient = { client, practice, invitation, link, professionalOf, language };
	return composeMessage(letter, {
		toName: fullName(client) || greetingName(client),
		toAddress: client.emailAddress.trim(),
		fields: fieldValues(letter.fieldNames, recipient),
	});
}
