import type { OutgoingHttpHeaders } from 'node:http';

/** What a route answers; the server writes it. A string body is sent as UTF-8. */
export interface Answer {
	status: number;
	headers: OutgoingHttpHeaders;
	body: string | Buffer;
}

/** The last part of a problem's `type`, by which programs tell problems apart. */
export type ProblemName =
	| 'bad-request'
	| 'unauthorised'
	| 'foreign-origin'
	| 'foreign-host'
	| 'not-found'
	| 'method-not-allowed'
	| 'under-way'
	| 'in-doubt'
	| 'too-large'
	| 'not-json'
	| 'invalid-message'
	| 'not-an-answer'
	| 'key-reused'
	| 'refused'
	| 'too-many'
	| 'not-now'
	| 'internal';

const titles: Record<ProblemName, string> = {
	'bad-request': 'The request cannot be read',
	unauthorised: 'The relay does not know this key',
	'foreign-origin': 'This page may not use the relay',
	'foreign-host': 'The relay does not go by this name',
	'not-found': 'There is nothing here',
	'method-not-allowed': 'This cannot be done here',
	'under-way': 'The message is being handed over',
	'in-doubt': 'The message may or may not have left',
	'too-large': 'The message is too large',
	'not-json': 'The message must be JSON',
	'invalid-message': 'The message cannot be sent as it stands',
	'not-an-answer': 'The text is no answer',
	'key-reused': 'The key belongs to another message',
	refused: 'The mail server refused the message',
	'too-many': 'Too many messages at once',
	'not-now': 'The mail server does not take the message now',
	internal: 'The relay failed',
};

export interface ProblemExtras {
	/** Whole seconds until another try makes sense. */
	retryAfterSeconds?: number;
	headers?: OutgoingHttpHeaders;
}

/** An answer as RFC 9457 describes it. `detail` must hold nothing personal: it ends in logs and screens. */
export function problem(
	status: number,
	name: ProblemName,
	detail: string,
	extras: ProblemExtras = {},
): Answer {
	const headers: OutgoingHttpHeaders = { ...extras.headers };
	if (extras.retryAfterSeconds !== undefined)
		headers['retry-after'] = String(extras.retryAfterSeconds);
	const type = `tag:portico.example,2026:problems/${name}`;
	return json(status, { type, title: titles[name], status, detail }, headers, 'problem+json');
}

export function json(
	status: number,
	value: unknown,
	headers: OutgoingHttpHeaders = {},
	kind: 'json' | 'problem+json' = 'json',
): Answer {
	return {
		status,
		headers: {
			'content-type': `application/${kind}`,
			'cache-control': 'no-store',
			'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
			...headers,
		},
		body: JSON.stringify(value),
	};
}
