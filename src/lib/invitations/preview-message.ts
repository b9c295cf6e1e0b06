import type { Client } from '$lib/domain/client.ts';
import { fullName, greetingName } from '$lib/domain/client.ts';
import { composeMessage, freezeLetter } from '$lib/domain/compose.ts';
import { fieldValues } from '$lib/domain/merge-fields.ts';
import type { Letter, Template } from '$lib/domain/message.ts';
import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import type { PracticeSettings } from '$lib/domain/settings.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** As long as a real one, and plainly none. */
const placeholderCode = 'x'.repeat(32);

export interface PreviewOptions {
	template: Pick<Template, 'subject' | 'body'>;
	practice: PracticeSettings;
	expiryDays: number;
	/** Epoch milliseconds. */
	now: number;
}

/** The letter as it would be frozen now, to be shown to many recipients. */
export function previewLetter({ template, practice, now }: PreviewOptions): Letter {
	return freezeLetter(template, practice, 'preview', now);
}

/** What would leave for this client, by the code that makes what leaves; only the link's code is not real. */
export function previewMessage(
	letter: Letter,
	client: Client,
	{ practice, expiryDays, now }: PreviewOptions,
): OutgoingMessage {
	const invitation = { code: placeholderCode, expiresAt: now + expiryDays * dayMs };
	return composeMessage(letter, {
		toName: fullName(client) || greetingName(client),
		toAddress: client.emailAddress.trim(),
		fields: fieldValues(letter.fieldNames, { client, practice, invitation }),
	});
}
