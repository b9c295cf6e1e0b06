import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import { backOffMs } from './answers.ts';
import { google } from './google.ts';
import { mailOf } from './mime.ts';
import {
	isOffline,
	isThere,
	jsonOf,
	member,
	privately,
	sendLimitMs,
	textAt,
	trouble,
	unknownAfter,
	wasOffline,
} from './network.ts';
import type { Relay, SignInKeeper } from './relay.ts';
import { base64Url, hasEnded, notRead, signInEnded, signInOf } from './sign-in.ts';

/**
 * Gmail, straight from the browser: users.messages.send of the Gmail API
 * (developers.google.com/gmail/api/reference/rest/v1/users.messages/send), the mail in `raw` as
 * base64url. `gmail.send` lets nothing be looked up, so what became of a message can't be asked.
 */
export function gmailRelay(keeper: SignInKeeper, at = google): Relay {
	return {
		dropsRepeats: false,
		keyMemoryMs: 0,

		reach: () => isThere(`${at.gmail}/`),

		async send(message: OutgoingMessage, key: string): Promise<Outcome> {
			const signIn = await signInOf(keeper);
			if (!signIn) return notRead;
			if (signIn.kind !== 'gmail' || hasEnded(signIn, Date.now())) return signInEnded('Google');
			const mail = mailOf(message, { from: signIn.account, key, sentAt: Date.now() });
			if (mail.kind === 'unfit') return { kind: 'refused', detail: mail.words };
			if (isOffline()) return wasOffline;
			try {
				const answer = await fetch(`${at.gmail}/gmail/v1/users/me/messages/send`, {
					...privately,
					method: 'POST',
					headers: {
						Authorization: `Bearer ${signIn.accessToken}`,
						'Content-Type': 'application/json',
					},
					body: JSON.stringify({ raw: base64Url(new TextEncoder().encode(mail.text)) }),
					signal: AbortSignal.timeout(sendLimitMs),
				});
				return answer.ok
					? { kind: 'accepted', detail: 'Gmail took the message.' }
					: outcomeOf(answer, await jsonOf(answer));
			} catch (error) {
				return unknownAfter(error, 'Gmail');
			}
		},

		async health() {
			const signIn = await signInOf(keeper);
			if (!signIn) return trouble(notRead.detail);
			if (signIn.kind !== 'gmail') return trouble('You are not signed in with Google.');
			if (hasEnded(signIn, Date.now())) return trouble(signInEnded('Google').detail);
			if (!(await isThere(`${at.gmail}/`)))
				return trouble('Gmail could not be reached. Check your connection.');
			return { kind: 'well', sender: signIn.account, delivers: true };
		},
	};
}

/** Reasons that mean "not now" (developers.google.com/gmail/api/guides/handle-errors). */
const limits = [
	'rateLimitExceeded',
	'userRateLimitExceeded',
	'dailyLimitExceeded',
	'quotaExceeded',
];

function outcomeOf(answer: Response, body: unknown): Outcome {
	const said = textAt(body, 'error', 'message') || `Gmail answered with ${answer.status}.`;
	const reason = reasonIn(body);
	const refused = (words: string): Outcome => ({ kind: 'relay-refused', detail: words });
	switch (answer.status) {
		case 400:
			// A fault of this one mail: "Invalid To header", "Recipient address required".
			return reason === 'invalidArgument'
				? { kind: 'refused', detail: said }
				: refused(`Gmail refuses to send. It says: ${said}`);
		case 401:
			return signInEnded('Google');
		case 403:
			if (limits.includes(reason)) return throttled(answer, said);
			return refused(
				reason === 'insufficientPermissions' || /scope/i.test(said)
					? 'Google does not allow Portico to send mail for you. Sign in again, and leave the box for sending mail ticked.'
					: `Gmail refuses to send. It says: ${said}`,
			);
		case 413:
			return { kind: 'refused', detail: said };
		case 429:
			return throttled(answer, said);
		case 408:
		case 421:
			return { kind: 'unknown', detail: said };
		default:
			return answer.status >= 500 || answer.status < 400
				? { kind: 'unknown', detail: said }
				: refused(`Gmail refuses to send. It says: ${said}`);
	}
}

/** The limits for sending say their end in the text: "Retry after 2026-03-01T12:00:00.000Z". */
function throttled(answer: Response, said: string): Outcome {
	const [, end = ''] = /retry after (\S+Z)/i.exec(said) ?? [];
	const ms = Date.parse(end) - Date.now();
	const dayMs = 86_400_000;
	return {
		kind: 'throttled',
		detail: said,
		untilMs: ms > 0 ? Math.min(ms, dayMs) : backOffMs(answer),
	};
}

function reasonIn(body: unknown): string {
	const errors = member(body, 'error', 'errors');
	return Array.isArray(errors) ? textAt(errors[0], 'reason') : '';
}
