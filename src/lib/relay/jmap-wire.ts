import type { Outcome } from '$lib/domain/outcome.ts';
import type { JmapSettings } from '$lib/domain/settings/relay.ts';
import { backOffMs } from './answers.ts';
import { askLimitMs, jsonOf, member, privately, textAt } from './network.ts';

export const core = 'urn:ietf:params:jmap:core';
const mail = 'urn:ietf:params:jmap:mail';
const submission = 'urn:ietf:params:jmap:submission';

export type JmapServer = Pick<JmapSettings, 'sessionUrl' | 'token'>;

/** What of a session (RFC 8620 §2) sending needs. */
export interface Session {
	apiUrl: string;
	accountId: string;
}

export type Call = readonly [name: string, args: Record<string, unknown>, id: string];

/** An answer that could not be had; `detail` is for a person. Nothing was asked to be sent by it. */
export type Trouble = Extract<
	Outcome,
	{ kind: 'relay-refused' | 'throttled' | 'unreachable' | 'unknown' }
>;

export function isTrouble(value: object): value is Trouble {
	return 'kind' in value && 'detail' in value;
}

export async function openSession(
	server: JmapServer,
	limitMs = askLimitMs,
): Promise<Session | Trouble> {
	let answer: Response;
	try {
		answer = await fetch(server.sessionUrl, {
			...privately,
			// `.well-known/jmap` redirects; the browser drops the token where it leads to another origin.
			redirect: 'follow',
			headers: { Authorization: `Bearer ${server.token}`, Accept: 'application/json' },
			signal: AbortSignal.timeout(limitMs),
		});
	} catch {
		return { kind: 'unreachable', detail: 'The JMAP server could not be reached.' };
	}
	if (!answer.ok) return troubleOf(answer, undefined);
	const body = await jsonOf(answer);
	const apiUrl = textAt(body, 'apiUrl');
	const accountId = textAt(body, 'primaryAccounts', submission);
	const isWhole = apiUrl !== '' && URL.canParse(apiUrl, answer.url || server.sessionUrl);
	if (!isWhole || member(body, 'capabilities', core) === undefined)
		return refusal('Something answers at this address, but it is not a JMAP server.');
	if (
		accountId === '' ||
		member(body, 'accounts', accountId, 'accountCapabilities', mail) === undefined
	)
		return refusal('The JMAP server does not let this token send mail.');
	return { apiUrl: new URL(apiUrl, answer.url || server.sessionUrl).href, accountId };
}

/** The responses by call id, each `[name, arguments]` (RFC 8620 §3.4); throws what `fetch` throws. */
export async function callJmap(
	server: JmapServer,
	session: Session,
	methodCalls: readonly Call[],
	limitMs = askLimitMs,
): Promise<Responses | Trouble> {
	const answer = await fetch(session.apiUrl, {
		...privately,
		method: 'POST',
		headers: { Authorization: `Bearer ${server.token}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({ using: [core, mail, submission], methodCalls }),
		signal: AbortSignal.timeout(limitMs),
	});
	const body = await jsonOf(answer);
	if (!answer.ok) return troubleOf(answer, body);
	const responses = member(body, 'methodResponses');
	if (!Array.isArray(responses))
		return { kind: 'unknown', detail: 'The JMAP server gave an answer that makes no sense.' };
	return new Responses(responses);
}

/** What the server answered to each call; where a call has several answers, the first. */
export class Responses {
	readonly #byId = new Map<string, { name: string; args: unknown }>();

	constructor(responses: readonly unknown[]) {
		for (const response of responses) {
			if (!Array.isArray(response)) continue;
			const [name, args, id] = response as unknown[];
			if (typeof name === 'string' && typeof id === 'string' && !this.#byId.has(id))
				this.#byId.set(id, { name, args });
		}
	}

	/** Undefined where the call has no answer, or failed. */
	of(id: string): unknown {
		const response = this.#byId.get(id);
		return response && response.name !== 'error' ? response.args : undefined;
	}

	/** The type of a method-level error (RFC 8620 §3.6.2); '' when it did not fail. */
	errorOf(id: string): string {
		const response = this.#byId.get(id);
		return response?.name === 'error' ? textAt(response.args, 'type') || 'serverFail' : '';
	}
}

export function refusal(detail: string): Trouble {
	return { kind: 'relay-refused', detail };
}

/** Request-level errors (RFC 8620 §3.6.1), as RFC 7807 problems. */
function troubleOf(answer: Response, body: unknown): Trouble {
	const { status } = answer;
	const said =
		textAt(body, 'detail') || textAt(body, 'title') || `The JMAP server answered with ${status}.`;
	if (status === 401) return refusal('The JMAP server does not know this token, or no longer.');
	const isLimit =
		textAt(body, 'type') === 'urn:ietf:params:jmap:error:limit' &&
		/^maxConcurrent/.test(textAt(body, 'limit'));
	if (status === 429 || isLimit)
		return { kind: 'throttled', detail: said, untilMs: backOffMs(answer) };
	if (status >= 500 || status === 408 || status === 421 || status < 400)
		return { kind: 'unknown', detail: said };
	return refusal(`The JMAP server refuses. It says: ${said}`);
}
