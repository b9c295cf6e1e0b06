import type { MessageBody } from './message-body.ts';

/**
 * - `refused`: the server will never take this message
 * - `not-now`: surely not taken; `cause` tells a lost connection, the server's own state (sign-in,
 *   sender) and this message's delay apart
 * - `in-doubt`: it may have been taken
 */
export type HandOverResult =
	| { kind: 'accepted' }
	| { kind: 'refused'; reason: string }
	| {
			kind: 'not-now';
			reason: string;
			cause: 'connection' | 'server' | 'message';
			retryAfterSeconds: number;
	  }
	| { kind: 'in-doubt'; reason: string };

interface SmtpError {
	code?: string;
	command?: string;
	response?: string;
	responseCode?: number;
}

/** Says what an SMTP failure means; `hasBegun`: the message itself was on its way already. */
export function judge(error: unknown, hasBegun: boolean, message: MessageBody): HandOverResult {
	const { code = '', command = '', response = '', responseCode = 0 } = (error ?? {}) as SmtpError;
	const words = withoutPersonalData(response, message);
	const isAnswerToMessage =
		code === 'EMESSAGE' && command === 'DATA' && responseCode >= 400 && responseCode < 600;
	// Whatever is not the server's plain answer to the message (a drop, a time limit) leaves it open.
	if (hasBegun && !isAnswerToMessage) {
		return {
			kind: 'in-doubt',
			reason: 'The mail server was lost before it confirmed the message.',
		};
	}
	if (code === 'EMESSAGE' && responseCode === 0) {
		return { kind: 'refused', reason: 'The message is larger than the mail server takes.' };
	}
	if (code === 'EENVELOPE' && command === 'API') {
		return { kind: 'refused', reason: 'The address cannot be carried by SMTP.' };
	}
	if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return notReached(code, words);
	if (!isPermanent(responseCode)) {
		const reason = `The mail server said: ${words || 'nothing'}`;
		return { kind: 'not-now', reason, cause: 'message', retryAfterSeconds: 60 };
	}
	// A refused sender would be refused for everyone: that is not this message's fault (552: its size is).
	if (command === 'MAIL FROM' && responseCode !== 552) {
		const reason = `The mail server does not take the relay's sender address: ${words}`;
		return { kind: 'not-now', reason, cause: 'server', retryAfterSeconds: 300 };
	}
	return { kind: 'refused', reason: `The mail server said: ${words}` };
}

/** 503 (wrong order) and 530 (sign in first) speak of the session, not of the message. */
function isPermanent(responseCode: number): boolean {
	return responseCode >= 500 && responseCode < 600 && responseCode !== 503 && responseCode !== 530;
}

function notReached(code: string, words: string): HandOverResult {
	if (code === 'EAUTH' || code === 'ENOAUTH') {
		const reason = `The mail server did not let the relay sign in. ${words}`.trim();
		return { kind: 'not-now', reason, cause: 'server', retryAfterSeconds: 300 };
	}
	if (code === 'ETLS') {
		const reason = 'No secure connection to the mail server could be made.';
		return { kind: 'not-now', reason, cause: 'server', retryAfterSeconds: 60 };
	}
	const reason = `The mail server cannot be reached. ${words}`.trim();
	return { kind: 'not-now', reason, cause: 'connection', retryAfterSeconds: 10 };
}

/** A server's reply often repeats the address; it goes to logs and screens without it. */
function withoutPersonalData(response: string, message: MessageBody): string {
	const personal = [message.to.address, message.to.name, message.replyTo, message.from.name];
	let text = response.replace(/\p{Cc}+/gu, ' ');
	for (const words of personal) if (words.length > 2) text = text.replaceAll(words, '…');
	return text
		.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/gu, '…')
		.trim()
		.slice(0, 200);
}
