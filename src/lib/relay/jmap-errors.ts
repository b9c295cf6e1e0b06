import type { Outcome } from '$lib/domain/outcome.ts';
import { member, textAt } from './network.ts';

const waitMs = 60_000;

/** What a method-level error (RFC 8620 §3.6.2) on a call that changes things means for the message. */
export function outcomeOfMethodError(type: string): Outcome {
	switch (type) {
		case 'serverUnavailable':
			return { kind: 'throttled', detail: 'The JMAP server is busy.', untilMs: waitMs };
		case 'serverFail':
		case 'serverPartialFail':
			return { kind: 'unknown', detail: 'Something went wrong inside the JMAP server.' };
		case 'accountReadOnly':
		case 'forbidden':
			return {
				kind: 'relay-refused',
				detail: 'The JMAP server does not let this token send mail.',
			};
		default:
			return { kind: 'relay-refused', detail: `The JMAP server refuses to send (${type}).` };
	}
}

/** What a SetError means: RFC 8620 §5.3 for any creation, RFC 8621 §4.6 and §7.5 for mails and their sending. */
export function outcomeOfSetError(error: unknown): Outcome {
	const type = textAt(error, 'type');
	const said = textAt(error, 'description');
	const withSaid = (words: string) => (said ? `${words} The server says: ${said}` : words);
	switch (type) {
		case 'tooManyRecipients':
		case 'noRecipients':
		case 'invalidRecipients':
			return { kind: 'refused', detail: withSaid('The mail server does not take this address.') };
		case 'invalidEmail':
		case 'tooLarge':
			return { kind: 'refused', detail: withSaid('The mail server does not take this message.') };
		case 'invalidProperties':
			return isAboutRecipient(error)
				? { kind: 'refused', detail: withSaid('The mail server does not take this address.') }
				: { kind: 'relay-refused', detail: withSaid('The JMAP server does not take the message.') };
		case 'rateLimit':
			return {
				kind: 'throttled',
				detail: withSaid('The mail server lets only so many messages pass at a time.'),
				untilMs: waitMs,
			};
		case 'overQuota':
			return { kind: 'relay-refused', detail: withSaid('Your mailbox is full.') };
		case 'forbiddenFrom':
		case 'forbiddenMailFrom':
			return {
				kind: 'relay-refused',
				detail: withSaid('The mail server does not let you send from this address.'),
			};
		case 'forbiddenToSend':
		case 'forbidden':
			return {
				kind: 'relay-refused',
				detail: withSaid('The mail server does not let you send at the moment.'),
			};
		default:
			return {
				kind: 'relay-refused',
				detail: withSaid(`The JMAP server refuses to send (${type}).`),
			};
	}
}

function isAboutRecipient(error: unknown): boolean {
	const properties = member(error, 'properties');
	return (
		Array.isArray(properties) && properties.some((name) => name === 'to' || name === 'envelope')
	);
}
