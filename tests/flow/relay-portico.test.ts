import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import { problemInWords } from '$lib/relay/portico-words.ts';
import { porticoRelay } from '$lib/relay/portico.ts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const message: OutgoingMessage = {
	to: { name: 'Maya Okafor', address: 'maya@example.com' },
	from: { name: 'Harbor Practice' },
	replyTo: 'dana@example.com',
	subject: 'Your invitation',
	text: 'Dear Maya',
	html: '<p>Dear Maya</p>',
};
const key = 'ab'.repeat(32);

let server: Server;
let base: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];

beforeEach(async () => {
	requests = [];
	server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8');
		request.on('data', (text: string) => (body += text));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			requests.push({ method, url, headers, body });
			answer(request, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/relay/`;
});

afterEach(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

/** Answers every request with this status, and the problem of that name (RFC 9457) or none. */
function answerWith(status: number, problem = '', headers: Record<string, string> = {}): void {
	answer = (_, response) => {
		const type = `tag:portico.example,2026:problems/${problem}`;
		const body = JSON.stringify({ type, title: 'A title', detail: `Why: ${problem}` });
		response.writeHead(status, {
			...(problem ? { 'Content-Type': 'application/problem+json' } : {}),
			...headers,
		});
		response.end(problem ? body : '');
	};
}

const send = () => porticoRelay({ url: base, token: 'a token' }).send(message, key);

test('it posts the message with its key and token, and nothing else of the page', async () => {
	answerWith(202);
	await send();
	const [request] = requests;
	expect(request).toMatchObject({ method: 'POST', url: '/relay/messages' });
	expect(request?.headers).toMatchObject({
		authorization: 'Bearer a token',
		'idempotency-key': key,
		'content-type': 'application/json',
	});
	expect(request?.headers).not.toHaveProperty('cookie');
	expect(request?.headers).not.toHaveProperty('referer');
	expect(JSON.parse(request?.body ?? '')).toEqual(message);
});

/** What the person can mend herself is said in words of her own. */
const plainWords: Record<string, string> = {
	401: "The relay does not know the token that is set in 'Email relay'.",
	'foreign-origin': 'The relay was not told to trust the page that Portico is opened from.',
	404: "There is no Portico relay at the address that is set in 'Email relay'.",
	405: "There is no Portico relay at the address that is set in 'Email relay'.",
	413: 'The message is larger than the relay takes.',
};

describe('what an answer means', () => {
	const rows: [number, string, Outcome['kind']][] = [
		[200, '', 'accepted'],
		[201, '', 'accepted'],
		[202, '', 'accepted'],
		[400, 'bad-request', 'refused'],
		[400, '', 'refused'],
		[401, 'unauthorised', 'relay-refused'],
		[402, '', 'relay-refused'],
		[403, 'foreign-origin', 'relay-refused'],
		[404, '', 'relay-refused'],
		[405, 'method-not-allowed', 'relay-refused'],
		[408, '', 'unknown'],
		[409, 'under-way', 'unknown'],
		[409, 'in-doubt', 'unknown'],
		[410, '', 'relay-refused'],
		[413, 'too-large', 'refused'],
		[415, 'not-json', 'relay-refused'],
		[418, '', 'relay-refused'],
		[421, '', 'unknown'],
		[422, 'refused', 'refused'],
		[422, 'invalid-message', 'refused'],
		[422, 'key-reused', 'unknown'],
		[425, '', 'throttled'],
		[429, 'too-many', 'throttled'],
		[429, '', 'throttled'],
		[500, 'internal', 'unknown'],
		[502, '', 'unknown'],
		[503, '', 'unknown'],
		[503, 'not-now', 'throttled'],
		[504, 'in-doubt', 'unknown'],
	];

	test.each(rows)('%i %s is %s', async (status, problem, kind) => {
		answerWith(status, problem);
		const outcome = await send();
		expect(outcome.kind).toBe(kind);
		// Node's fetch tries a 421 on a new connection, as browsers do, and gives up without its words.
		if (kind === 'accepted' || status === 421) return;
		const words = problem ? `Why: ${problem}` : `The relay answered with ${status}.`;
		expect(outcome.detail).toBe(plainWords[status === 403 ? problem : status] ?? words);
	});

	test('what only programs call by name is told as a person calls it', async () => {
		const detail = 'to.name is longer than 200 characters.';
		const problem = {
			type: 'tag:portico.example,2026:problems/invalid-message',
			detail,
			title: '',
		};
		expect(problemInWords(problem, 422)).toBe("The client's name is longer than 200 characters.");
	});

	test('a redirect is followed by nobody, and is no success', async () => {
		answerWith(307, '', { Location: '/elsewhere' });
		expect((await send()).kind).not.toBe('accepted');
		expect(requests).toHaveLength(1);
	});

	test('a problem that is no JSON, or no object, still has words', async () => {
		for (const body of ['<h1>oops', 'null', '[]', '"text"', '{"detail":{"no":"text"}}']) {
			answer = (_, response) => {
				response.writeHead(500, { 'Content-Type': 'application/problem+json' });
				response.end(body);
			};
			expect(await send()).toEqual({ kind: 'unknown', detail: 'The relay answered with 500.' });
		}
	});

	test('a very long reason is cut short', async () => {
		answer = (_, response) => {
			response.writeHead(400, { 'Content-Type': 'application/json' });
			response.end(JSON.stringify({ detail: 'x'.repeat(10_000) }));
		};
		expect((await send()).detail).toHaveLength(300);
	});
});

describe('how long a throttled outbox waits', () => {
	const waits: [string, string, number, number][] = [
		['seconds', '120', 120_000, 120_000],
		['an HTTP date', new Date(Date.now() + 90_000).toUTCString(), 60_000, 91_000],
		['nothing: a minute', '', 60_000, 60_000],
		['zero: a minute', '0', 60_000, 60_000],
		['a date gone by: a minute', new Date(0).toUTCString(), 60_000, 60_000],
		['no sense: a minute', 'soon', 60_000, 60_000],
		['years: a day', '99999999', 86_400_000, 86_400_000],
	];
	test.each(waits)('Retry-After says %s', async (_, retryAfter, least, most) => {
		answerWith(429, 'too-many', retryAfter ? { 'Retry-After': retryAfter } : {});
		const outcome = await send();
		expect(outcome.kind).toBe('throttled');
		if (outcome.kind !== 'throttled') return;
		expect(outcome.untilMs).toBeGreaterThanOrEqual(least);
		expect(outcome.untilMs).toBeLessThanOrEqual(most);
	});

	test('a mail server that takes nothing now says when, too', async () => {
		answerWith(503, 'not-now', { 'Retry-After': '30' });
		expect(await send()).toEqual({ kind: 'throttled', detail: 'Why: not-now', untilMs: 30_000 });
	});
});

describe('no answer is not "never left"', () => {
	test('a connection that drops before the answer', async () => {
		answer = (request) => request.socket.destroy();
		expect(await send()).toEqual({
			kind: 'unknown',
			detail: 'The connection broke before the relay answered.',
		});
	});

	test('an answer that breaks off after a 202 is a yes all the same', async () => {
		answer = (request, response) => {
			response.writeHead(202, { 'Content-Length': '100' });
			response.write('{"id":');
			setTimeout(() => request.socket.destroy(), 10);
		};
		expect((await send()).kind).toBe('accepted');
	});

	test('a relay that is not there', async () => {
		const gone = base;
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		const relay = porticoRelay({ url: gone, token: '' });
		expect((await relay.send(message, key)).kind).toBe('unknown');
		expect(await relay.reach()).toBe(false);
		expect(await relay.ask?.(key)).toBe('no-answer');
		expect((await relay.health()).kind).toBe('trouble');
		server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
});

describe('what became of a key', () => {
	function answerState(status: number, body: string): void {
		answer = (_, response) => {
			response.writeHead(status, { 'Content-Type': 'application/json' });
			response.end(body);
		};
	}
	const ask = () => porticoRelay({ url: base, token: 'a token' }).ask?.(key);

	test.each(['accepted', 'refused', 'in-doubt'] as const)('%s', async (state) => {
		answerState(200, JSON.stringify({ state }));
		expect(await ask()).toBe(state);
		expect(requests).toMatchObject([{ method: 'GET', url: `/relay/messages/${key}` }]);
	});

	test('404 is never seen', async () => {
		answerState(404, '{}');
		expect(await ask()).toBe('never-seen');
	});

	test.each([
		['still under way', 200, '{"state":"under-way"}'],
		['a state from another time', 200, '{"state":"pondering"}'],
		['no JSON', 200, 'hello'],
		['JSON that is no object', 200, 'null'],
		['an unknown token', 401, '{}'],
		['a fault', 500, '{}'],
	])('%s is no answer', async (_, status, body) => {
		answerState(status, body);
		expect(await ask()).toBe('no-answer');
	});

	test('a connection that drops is no answer', async () => {
		answer = (request) => request.socket.destroy();
		expect(await ask()).toBe('no-answer');
	});
});

describe('whether it can be reached', () => {
	test.each([
		[200, true],
		[401, true],
		[500, false],
		[503, false],
	])('%i: %s', async (status, isReachable) => {
		answerWith(status);
		expect(await porticoRelay({ url: base, token: '' }).reach()).toBe(isReachable);
	});
});
