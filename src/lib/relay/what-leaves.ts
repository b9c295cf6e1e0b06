import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import { google } from './google.ts';
import { microsoft } from './microsoft-sign-in.ts';
import { sendable } from './microsoft.ts';
import { base64 } from './mime-words.ts';
import { mailOf } from './mime.ts';
import { base64Url } from './sign-in.ts';

/** One request as a relay would make it; secrets are named, not shown. */
export interface LeavingRequest {
	service: string;
	host: string;
	method: 'POST';
	url: string;
	headers: [string, string][];
	/** The bytes of the body. */
	body: string;
	/** The same to be read: an encoded mail in clear, JSON a member a line. */
	readable: string;
	note?: string;
}

/**
 * What would go over the wire for this message, made by the code that makes it; nothing is sent.
 * Undefined where nothing leaves by itself. `key` and `now` (epoch milliseconds) are another's each time.
 */
export async function whatLeaves(
	rows: readonly SettingsRow[],
	message: OutgoingMessage,
	{ key, now }: { key: string; now: number },
): Promise<LeavingRequest | undefined> {
	const { kind, url } = settingsFrom(rows, 'relay');
	const json: [string, string] = ['Content-Type', 'application/json'];
	const bearer = (whose: string): [string, string] => ['Authorization', `Bearer (${whose})`];
	switch (kind) {
		case '':
		case 'by-hand':
			return undefined;
		case 'portico':
			return to('the Portico relay', `${url.replace(/\/+$/, '')}/messages`, {
				headers: [
					json,
					bearer('your relay’s token'),
					['Idempotency-Key', '(made for each message)'],
				],
				body: JSON.stringify(message),
			});
		case 'emailjs': {
			const { emailJsParams } = await import('./emailjs.ts');
			const { publicKey, serviceId, templateId } = settingsFrom(rows, 'emailjs');
			return to('EmailJS', 'https://api.emailjs.com/api/v1.0/email/send', {
				headers: [['Content-type', 'application/json']],
				body: JSON.stringify({
					lib_version: '4.4.1',
					user_id: publicKey,
					service_id: serviceId,
					template_id: templateId,
					template_params: emailJsParams(message),
				}),
			});
		}
		case 'gmail':
		case 'microsoft': {
			const sent = kind === 'microsoft' ? sendable(message) : message;
			const mail = mailOf(sent, { from: settingsFrom(rows, 'sign-in').account, key, sentAt: now });
			const readable = mail.kind === 'mail' ? mail.text : mail.words;
			const note = 'The Message-ID and the date are made when it is sent.';
			if (kind === 'gmail')
				return to('Gmail', `${google.gmail}/gmail/v1/users/me/messages/send`, {
					headers: [json, bearer('your sign-in with Google')],
					body: JSON.stringify({ raw: base64Url(new TextEncoder().encode(readable)) }),
					readable,
					note,
				});
			return to('Microsoft 365', `${microsoft.graph}/v1.0/me/sendMail`, {
				headers: [['Content-Type', 'text/plain'], bearer('your sign-in with Microsoft')],
				body: base64(readable),
				readable,
				note,
			});
		}
		case 'jmap':
			return to('your mail server', settingsFrom(rows, 'jmap').sessionUrl, {
				headers: [json, bearer('your server’s token')],
				body: JSON.stringify({
					from: [{ name: message.from.name }],
					to: [{ name: message.to.name, email: message.to.address }],
					...(message.replyTo === '' ? {} : { replyTo: [{ email: message.replyTo }] }),
					subject: message.subject,
					bodyValues: { text: { value: message.text }, html: { value: message.html } },
				}),
				note: 'The server names its own mailbox, sender and address to send to; this is what Portico puts in.',
			});
	}
}

function to(
	service: string,
	url: string,
	rest: Pick<LeavingRequest, 'headers' | 'body' | 'note'> & { readable?: string },
): LeavingRequest {
	const host = URL.canParse(url) ? new URL(url).host : url;
	const readable = rest.readable ?? JSON.stringify(JSON.parse(rest.body), null, 2);
	return { service, host, method: 'POST', url, ...rest, readable };
}
