import { init, send } from '@emailjs/browser';
import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import type { EmailJsSettings } from '$lib/domain/settings/relay.ts';
import { whyUnfit } from './mime.ts';
import { isOffline, isThere, sendLimitMs, trouble, unknownAfter, wasOffline } from './network.ts';
import type { Relay } from './relay.ts';

const waitMs = 60_000;
/** EmailJS's documented limit for the variables of a template together. */
const mostBytes = 50_000;

/** What the template of a practice has to name; its set-up page shows how. */
export const emailJsFields = [
	'to_email',
	'to_name',
	'from_name',
	'reply_to',
	'subject',
	'message',
	'message_html',
] as const;

/**
 * EmailJS through its own SDK (read at 4.4.1). It has no idempotency key, no time limit and no way
 * to ask what became of a message; its own limiter and block list stay off, pacing is the outbox's.
 */
export function emailJsRelay(
	settings: Omit<EmailJsSettings, 'id'>,
	service = 'https://api.emailjs.com',
	timeLimitMs = sendLimitMs,
): Relay {
	return {
		dropsRepeats: false,
		keyMemoryMs: 0,

		reach: () => isThere(service),

		async send(message: OutgoingMessage): Promise<Outcome> {
			const unfit = whyUnfit(message);
			if (unfit) return { kind: 'refused', detail: unfit };
			const params = emailJsParams(message);
			if (new TextEncoder().encode(JSON.stringify(params)).length > mostBytes)
				return { kind: 'refused', detail: 'The message is longer than EmailJS takes (50 kB).' };
			if (isOffline()) return wasOffline;
			// `origin` is read from `init` only; without a storage provider the SDK stores nothing.
			init({ publicKey: settings.publicKey, origin: service });
			try {
				const { status, text } = await withinLimit(
					send(settings.serviceId, settings.templateId, params),
					timeLimitMs,
				);
				return outcomeOf(status, text);
			} catch (error) {
				return outcomeOfThrown(error);
			}
		},

		async health() {
			const { publicKey, serviceId, templateId } = settings;
			if (!publicKey || !serviceId || !templateId)
				return trouble('The public key, the service ID or the template ID is missing.');
			if (!(await isThere(service)))
				return trouble('EmailJS could not be reached. Check your connection.');
			return {
				kind: 'well',
				sender: '',
				delivers: true,
				note: 'EmailJS can be reached. Whether the key, the service and the template are right shows only when something is sent: send a test to yourself.',
			};
		},
	};
}

/** What EmailJS gets of a message. */
export function emailJsParams(
	message: OutgoingMessage,
): Record<(typeof emailJsFields)[number], string> {
	return {
		to_email: message.to.address,
		to_name: message.to.name,
		from_name: message.from.name,
		reply_to: message.replyTo,
		subject: message.subject,
		message: message.text,
		message_html: message.html,
	};
}

/** The SDK would wait for ever, and can't be called off: what comes later is not waited for. */
function withinLimit<T>(work: Promise<T>, ms: number): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const limit = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new DOMException('', 'TimeoutError')), ms);
	});
	return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** The SDK rejects with `{status, text}`, with the browser's own TypeError, or with a bare string. */
function outcomeOfThrown(error: unknown): Outcome {
	if (typeof error === 'string') return { kind: 'relay-refused', detail: error };
	if (typeof error === 'object' && error !== null && 'status' in error && 'text' in error) {
		const { status, text } = error as { status: unknown; text: unknown };
		if (typeof status === 'number') return outcomeOf(status, String(text));
	}
	return unknownAfter(error, 'EmailJS');
}

/** By status alone: the texts are EmailJS's, for a person to read, and change as it likes. */
function outcomeOf(status: number, text: string): Outcome {
	const said = text.trim().slice(0, 300) || `EmailJS answered with ${status}.`;
	if (status >= 200 && status < 300)
		return { kind: 'accepted', detail: 'EmailJS took the message.' };
	switch (status) {
		case 413:
		case 422:
			return { kind: 'refused', detail: said };
		case 412:
			return {
				kind: 'relay-refused',
				detail: `EmailJS cannot use the mail account behind its service; connect it anew there. It says: ${said}`,
			};
		case 429:
			return { kind: 'throttled', detail: said, untilMs: waitMs };
		case 408:
		case 421:
			return { kind: 'unknown', detail: said };
		default:
			return status >= 500 || status < 400
				? { kind: 'unknown', detail: said }
				: { kind: 'relay-refused', detail: `EmailJS refuses to send. It says: ${said}` };
	}
}
