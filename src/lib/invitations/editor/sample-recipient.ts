import type { LetterLanguage } from '$lib/domain/letter-language.ts';
import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import { sampleClient } from '../sample-client.ts';
import { previewMessage, type PreviewOptions } from '../preview-message.ts';

const sample = sampleClient({
	firstName: 'Alex',
	lastName: 'Example',
	emailAddress: 'alex@client.example',
});

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
