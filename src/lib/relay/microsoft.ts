import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import type { SignIn } from '$lib/domain/settings/relay.ts';
import { backOffMs } from './answers.ts';
import { type MicrosoftApp, microsoft, renewMicrosoftSignIn } from './microsoft-sign-in.ts';
import { base64 } from './mime-words.ts';
import { mailOf } from './mime.ts';
import {
	isOffline,
	isThere,
	jsonOf,
	privately,
	sendLimitMs,
	textAt,
	trouble,
	unknownAfter,
	wasOffline,
} from './network.ts';
import type { Relay, RelayHealth, SignInKeeper } from './relay.ts';
import { hasEnded, notRead, signInEnded, signInOf } from './sign-in.ts';

/**
 * Microsoft 365 and Outlook.com, straight from the browser: `me/sendMail` of Microsoft Graph with
 * the mail as base64 MIME (learn.microsoft.com/graph/outlook-send-mime-message; its JSON form can't
 * carry text and HTML together). `Mail.Send` lets nothing be looked up, so it can't be asked.
 */
export function microsoftRelay(app: MicrosoftApp, keeper: SignInKeeper, at = microsoft): Relay {
	async function usable(isForced = false): Promise<SignIn | Outcome> {
		const signIn = await signInOf(keeper);
		if (!signIn) return notRead;
		if (signIn.kind !== 'microsoft') return signInEnded('Microsoft');
		if (!isForced && !hasEnded(signIn, Date.now())) return signIn;
		const renewal = await renewMicrosoftSignIn(signIn, app, at);
		if (renewal.kind === 'ended') return signInEnded('Microsoft');
		if (renewal.kind === 'not-now') return { kind: 'unreachable', detail: renewal.words };
		try {
			await keeper.save(renewal.signIn);
		} catch {
			// The old refresh token holds until its day is over; this one is used all the same.
		}
		return renewal.signIn;
	}

	async function post(message: OutgoingMessage, key: string, signIn: SignIn): Promise<Response> {
		const mail = mailOf(sendable(message), { from: signIn.account, key, sentAt: Date.now() });
		if (mail.kind === 'unfit') throw new Unfit(mail.words);
		return fetch(`${at.graph}/v1.0/me/sendMail`, {
			...privately,
			method: 'POST',
			headers: { Authorization: `Bearer ${signIn.accessToken}`, 'Content-Type': 'text/plain' },
			body: base64(mail.text),
			signal: AbortSignal.timeout(sendLimitMs),
		});
	}

	return {
		dropsRepeats: false,
		keyMemoryMs: 0,

		reach: () => isThere(`${at.graph}/v1.0/`),

		async send(message: OutgoingMessage, key: string): Promise<Outcome> {
			if (isOffline()) return wasOffline;
			const first = await usable();
			if (!('account' in first)) return first;
			try {
				let answer = await post(message, key, first);
				if (answer.status === 401) {
					// Nothing was done with the mail: the token was not even looked past.
					const second = await usable(true);
					if (!('account' in second)) return second;
					answer = await post(message, key, second);
				}
				return answer.ok
					? { kind: 'accepted', detail: 'Microsoft took the message.' }
					: outcomeOf(answer, await jsonOf(answer));
			} catch (error) {
				return error instanceof Unfit
					? { kind: 'refused', detail: error.message }
					: unknownAfter(error, 'Microsoft');
			}
		},

		async health(): Promise<RelayHealth> {
			const signIn = await usable();
			if (!('account' in signIn)) return trouble(signIn.detail);
			if (!(await isThere(`${at.graph}/v1.0/`)))
				return trouble('Microsoft could not be reached. Check your connection.');
			return { kind: 'well', sender: signIn.account, delivers: true };
		},
	};
}

class Unfit extends Error {}

/** Exchange takes an @ in the sender's name for a second address, and refuses the mail. */
/** As Microsoft takes it: a name that looks like an address is refused. */
export function sendable(message: OutgoingMessage): OutgoingMessage {
	return message.from.name.includes('@') ? { ...message, from: { name: '' } } : message;
}

/** Codes that speak of this one mail (learn.microsoft.com/graph/errors, and Exchange's response codes). */
const aboutMessage = [
	'ErrorInvalidRecipients',
	'ErrorMessageSizeExceeded',
	'ErrorMimeContentInvalid',
	'ErrorMimeContentInvalidBase64String',
];

function outcomeOf(answer: Response, body: unknown): Outcome {
	const code = textAt(body, 'error', 'code');
	const said =
		textAt(body, 'error', 'message') || code || `Microsoft answered with ${answer.status}.`;
	const { status } = answer;
	if (status === 401) return signInEnded('Microsoft');
	if (aboutMessage.includes(code) || status === 413) return { kind: 'refused', detail: said };
	if (status === 429) return { kind: 'throttled', detail: said, untilMs: backOffMs(answer) };
	if (status === 408 || status === 421 || status >= 500 || status < 400)
		return { kind: 'unknown', detail: said };
	if (code === 'ErrorSendAsDenied')
		return {
			kind: 'relay-refused',
			detail:
				'Microsoft does not let this account send from its own sign-in address. Sign in with the account whose mailbox sends.',
		};
	if (code === 'ErrorAccessDenied')
		return {
			kind: 'relay-refused',
			detail: 'Microsoft does not allow Portico to send mail for you. Sign in again and allow it.',
		};
	return { kind: 'relay-refused', detail: `Microsoft refuses to send. It says: ${said}` };
}
