import { isEmailAddress } from '$lib/domain/email-address.ts';
import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import { headerWords, quotedPrintable } from './mime-words.ts';

/** What a mail needs besides its message. */
export interface MailFacts {
	/** The address that it comes from. */
	from: string;
	/** Makes the Message-ID, and a boundary that no encoded line can be. Letters, figures, - and _. */
	key: string;
	/** Epoch milliseconds. */
	sentAt: number;
	/** A mail program opens it to be sent, not as one that was received. */
	isDraft?: boolean;
}

/** A mail as it goes over the wire, CRLF between its lines; or why it can be none. */
export type Mail = { kind: 'mail'; text: string } | { kind: 'unfit'; words: string };

/**
 * The message as a mail: RFC 5322 headers, multipart/alternative of text and HTML (RFC 2046), words
 * of any script encoded (RFC 2047), bodies quoted-printable (RFC 2045). ASCII throughout, but for a
 * local part in another script, which stands as it is (RFC 6532).
 */
export function mailOf(message: OutgoingMessage, facts: MailFacts): Mail {
	const words = whyUnfit(message, facts.from);
	if (words !== '') return { kind: 'unfit', words };
	const boundary = `=_${facts.key.replace(/[^\w-]/g, '').slice(0, 48)}`;
	const lines = [
		header('From', mailbox('From', message.from.name, facts.from)),
		header('To', mailbox('To', message.to.name, message.to.address)),
		...(message.replyTo === ''
			? []
			: [header('Reply-To', mailbox('Reply-To', '', message.replyTo))]),
		header('Subject', headerWords(message.subject, 'Subject: '.length)),
		header('Date', mailDate(facts.sentAt)),
		header('Message-ID', messageIdOf(facts.key, facts.from)),
		...(facts.isDraft ? [header('X-Unsent', '1')] : []),
		header('MIME-Version', '1.0'),
		header('Content-Type', `multipart/alternative;\r\n boundary="${boundary}"`),
		'',
		...part(boundary, 'text/plain', message.text),
		...part(boundary, 'text/html', message.html),
		`--${boundary}--`,
		'',
	];
	return { kind: 'mail', text: lines.join('\r\n') };
}

/** The mail as a file that a mail program opens ready to be sent. */
export function emlOf(message: OutgoingMessage, facts: MailFacts): Mail {
	return mailOf(message, { ...facts, isDraft: true });
}

/**
 * Why a message can be no mail, in words; '' when it can. The composer leaves no line break in a
 * header field; one that is there all the same is somebody's attempt to write headers of his own.
 */
export function whyUnfit(message: OutgoingMessage, from?: string): string {
	const fields = [message.to.name, message.from.name, message.subject];
	if (fields.some((text) => /[\p{Cc}\u2028\u2029]/u.test(text)))
		return 'A name or the subject holds a line break or a control character.';
	if (!isEmailAddress(message.to.address)) return 'The address is not an email address.';
	if (message.replyTo !== '' && !isEmailAddress(message.replyTo))
		return "The 'Reply-to address' is not an email address.";
	if (from !== undefined && !isEmailAddress(from))
		return 'The address to send from is not an email address.';
	return '';
}

/** `<key@domain of the sender>`: the same for every attempt at a message. */
export function messageIdOf(key: string, from: string): string {
	return `<${key.replace(/[^\w-]/g, '')}@${domainOf(from)}>`;
}

function header(name: string, value: string): string {
	return `${name}: ${value}`;
}

function mailbox(field: string, name: string, address: string): string {
	const path = asciiDomain(address);
	return name === '' ? path : `${headerWords(name, field.length + 2, true)}\r\n <${path}>`;
}

function part(boundary: string, type: string, text: string): string[] {
	return [
		`--${boundary}`,
		`Content-Type: ${type}; charset=utf-8`,
		'Content-Transfer-Encoding: quoted-printable',
		'',
		quotedPrintable(text),
	];
}

/** RFC 5322 §3.3 wants a numeric zone, where `toUTCString` writes GMT. */
function mailDate(at: number): string {
	return new Date(at).toUTCString().replace('GMT', '+0000');
}

function asciiDomain(address: string): string {
	return `${address.slice(0, address.lastIndexOf('@'))}@${domainOf(address)}`;
}

/** The domain as DNS knows it: the URL parser turns other scripts into their `xn--` form. */
function domainOf(address: string): string {
	const domain = address.slice(address.lastIndexOf('@') + 1);
	const url = `http://${domain}`;
	return URL.canParse(url) ? new URL(url).hostname : domain;
}
