import type { Outcome, OutgoingMessage, Settlement } from '$lib/domain/outcome.ts';
import { backOffMs, isProblem, type Problem, problemIn } from './answers.ts';
import { problemInWords } from './portico-words.ts';
import type { Relay, RelayHealth } from './relay.ts';

const sendLimitMs = 30_000;
const askLimitMs = 10_000;
const reachLimitMs = 5_000;
const dayMs = 86_400_000;

/** The Portico relay's contract (DESIGN §5): `{url}/messages`, `{url}/messages/{key}`, `{url}/health`. */
export function porticoRelay(settings: { url: string; token: string }): Relay {
	const base = settings.url.replace(/\/+$/, '');
	const call = (path: string, limitMs: number, init: RequestInit = {}) =>
		fetch(base + path, {
			...init,
			headers: { ...init.headers, Authorization: `Bearer ${settings.token}` },
			cache: 'no-store',
			credentials: 'omit',
			redirect: 'error',
			referrerPolicy: 'no-referrer',
			signal: AbortSignal.timeout(limitMs),
		});

	return {
		dropsRepeats: true,
		keyMemoryMs: 30 * dayMs,

		async reach() {
			try {
				return (await call('/health', reachLimitMs)).status < 500;
			} catch {
				return false;
			}
		},

		async send(message: OutgoingMessage, key: string): Promise<Outcome> {
			if (globalThis.navigator?.onLine === false)
				return { kind: 'unreachable', detail: 'This device was offline.' };
			try {
				const answer = await call('/messages', sendLimitMs, {
					method: 'POST',
					headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
					body: JSON.stringify(message),
				});
				return outcomeOf(answer, await problemIn(answer));
			} catch (error) {
				return { kind: 'unknown', detail: wordsForNoAnswer(error) };
			}
		},

		async ask(key: string): Promise<Settlement> {
			try {
				const answer = await call(`/messages/${encodeURIComponent(key)}`, askLimitMs);
				if (answer.status === 404) return 'never-seen';
				if (!answer.ok) return 'no-answer';
				const { state } = (await answer.json()) as { state?: unknown };
				return state === 'accepted' || state === 'refused' || state === 'in-doubt'
					? state
					: 'no-answer';
			} catch {
				return 'no-answer';
			}
		},

		async health(): Promise<RelayHealth> {
			try {
				const answer = await call('/health', reachLimitMs);
				if (!answer.ok) return trouble(`The relay answered with ${answer.status}.`);
				const health = (await answer.json()) as Record<string, unknown>;
				if (health.service !== 'portico-relay')
					return trouble('Something answers at this address, but it is not a Portico relay.');
				if (health.authorised === false)
					return trouble('The relay is there, but it does not know this token.');
				return {
					kind: 'well',
					sender: String(health.sender),
					delivers: health.delivers === true,
					...(health.answers === true && { takesAnswers: true }),
				};
			} catch (error) {
				if (error instanceof SyntaxError)
					return trouble('Something answers at this address, but it is not a Portico relay.');
				return trouble(
					'The relay could not be reached. Check its address, your connection, and that the relay allows this site.',
				);
			}
		},
	};
}

function trouble(words: string): RelayHealth {
	return { kind: 'trouble', words };
}

function wordsForNoAnswer(error: unknown): string {
	return error instanceof DOMException && error.name === 'TimeoutError'
		? 'The relay did not answer in time.'
		: 'The connection broke before the relay answered.';
}

/** 422 is also the answer to a key that was used for another body: that one says nothing about this message. */
function isAboutMessage(problem: Problem | undefined): boolean {
	return isProblem(problem, 'refused') || isProblem(problem, 'invalid-message');
}

/** What an HTTP answer means (DESIGN §5.5): only 2xx is sent, anything unfamiliar pauses rather than loses. */
function outcomeOf(answer: Response, problem: Problem | undefined): Outcome {
	const { status } = answer;
	const detail = problemInWords(problem, status);
	if (answer.ok) return { kind: 'accepted', detail: 'The relay took the message.' };
	if (isAboutMessage(problem) || status === 400 || status === 413)
		return { kind: 'refused', detail };
	if (status === 408 || status === 409 || status === 421 || status === 422)
		return { kind: 'unknown', detail };
	if (status === 425 || status === 429 || isProblem(problem, 'not-now'))
		return { kind: 'throttled', detail, untilMs: backOffMs(answer) };
	if (status >= 500) return { kind: 'unknown', detail };
	return { kind: 'relay-refused', detail };
}
