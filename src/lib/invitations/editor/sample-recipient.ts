import type { Client } from '$lib/domain/client.ts';
import type { LetterLanguage } from '$lib/domain/letter-language.ts';
import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import { previewMessage, type PreviewOptions } from '../preview-message.ts';

const sample: Client = {
	id: 'sample',
	externalId: '',
	firstName: 'Alex',
	lastName: 'Example',
	preferredName: '',
	emailAddress: 'alex@client.example',
	phone: '',
	dateOfBirth: '',
	kind: 'adult',
	status: 'active',
	professional: '',
	isDoNotEmail: false,
	hasBounced: false,
	isDeceased: false,
	hasJoinedPortal: false,
	addedAt: 0,
	importId: '',
};

/** The letter to somebody made up, so that it can be shown where nobody is chosen. */
export function sampleMessage(options: PreviewOptions, language: LetterLanguage): OutgoingMessage {
	return previewMessage({ ...sample, language }, options);
}

/** The same to the practice itself. */
export function messageToMyself(
	options: PreviewOptions,
	language: LetterLanguage,
): OutgoingMessage {
	const { yourName, replyTo } = options.practice;
	return {
		...sampleMessage(options, language),
		to: { name: yourName.trim(), address: replyTo.trim() },
	};
}
