import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { callsTo, problemName, rawRequest, relayAtTest, robin } from './relay-at-test.ts';

test.each([undefined, 'Bearer', 'Bearer wrong', 'Basic YTpi', 'token'])(
	'without the key nothing is taken: %s',
	async (authorization) => {
		const relay = await relayAtTest();
		const headers: Record<string, string> = authorization ? { authorization } : {};
		const sent = await relay.call('/messages', { method: 'POST', headers, body: '{}' });
		const asked = await relay.call('/messages/key-1', { headers });
		expect([sent.status, asked.status]).toEqual([401, 401]);
		expect(problemName(sent)).toBe('unauthorised');
		expect(sent.headers.get('content-type')).toBe('application/problem+json');
	},
);

test('health tells what the relay is, and whether a key is the right one', async () => {
	const relay = await relayAtTest({ sender: 'mail@harbour.example', messagesPerMinute: 30 });
	const open = await relay.call('/health', {});
	expect(open.body).toEqual({
		service: 'portico-relay',
		version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
		sender: 'mail@harbour.example',
		delivers: false,
		limits: { messagesPerMinute: 30, maxBytes: 262_144 },
	});
	const withKey = async (token: string) =>
		(await relay.call('/health', { headers: { authorization: `Bearer ${token}` } })).body;
	expect(await withKey(relay.token)).toMatchObject({ authorised: true });
	expect(await withKey('another')).toMatchObject({ authorised: false });
});

test.each(['', 'two words', 'x'.repeat(201), 'é'])('the key "%s" is no key', async (key) => {
	const relay = await relayAtTest();
	const answer = await relay.post(key);
	expect([answer.status, problemName(answer)]).toEqual([400, 'bad-request']);
});

test('pages of the configured origins may send, and may read Retry-After', async () => {
	const origin = 'https://app.harbour.example';
	const relay = await relayAtTest({ origins: [origin], messagesPerMinute: 1 });
	const preflight = await fetch(`${relay.url}/messages`, {
		method: 'OPTIONS',
		headers: { origin, 'access-control-request-method': 'POST' },
	});
	expect(preflight.status).toBe(204);
	expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
	const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase();
	expect(allowed?.split(', ').sort()).toEqual(['authorization', 'content-type', 'idempotency-key']);
	expect(Number(preflight.headers.get('access-control-max-age'))).toBeGreaterThan(0);
	expect((await relay.post('key-1', robin, { origin })).status).toBe(202);
	const limited = await relay.post('key-2', robin, { origin });
	expect(limited.status).toBe(429);
	expect(limited.headers.get('access-control-allow-origin')).toBe(origin);
	expect(limited.headers.get('access-control-expose-headers')).toBe('Retry-After');
	expect(limited.headers.get('vary')).toContain('Origin');
});

test.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])(
	'a page of %s may do nothing',
	async (origin) => {
		const relay = await relayAtTest({ origins: ['https://app.harbour.example'] });
		const sent = await relay.post('key-1', robin, { origin });
		expect([sent.status, problemName(sent)]).toEqual([403, 'foreign-origin']);
		expect(sent.headers.get('access-control-allow-origin')).toBeNull();
		for (const path of ['/health', '/mailbox.json', '/portico.json', '/messages/key-1']) {
			expect((await relay.call(path, { headers: { origin } })).status).toBe(403);
		}
	},
);

test('a configured origin may send, but not read the mailbox or the key', async () => {
	const origin = 'https://app.harbour.example';
	const relay = await relayAtTest({ origins: [origin] });
	for (const path of ['/mailbox.json', '/portico.json']) {
		expect((await relay.call(path, { headers: { origin } })).status).toBe(403);
	}
});

test("the relay's own pages are no strangers", async () => {
	const relay = await relayAtTest();
	expect((await relay.post('key-1', robin, { origin: relay.url })).status).toBe(202);
});

test('a name that was pointed at this computer is turned away', async () => {
	const relay = await relayAtTest();
	const { port } = new URL(relay.url);
	const at = (host: string) =>
		rawRequest(relay.url, { path: '/mailbox.json', headers: { host: `${host}:${port}` } });
	expect((await at('rebound.example')).status).toBe(403);
	expect((await at('localhost')).status).toBe(200);
	expect((await at('[::1]')).status).toBe(200);
});

test('a message too large is refused, announced or not, and the relay goes on', async () => {
	const relay = await relayAtTest({ maxBytes: 10_000 });
	const large = { ...robin, text: 'x'.repeat(20_000) };
	const announced = await relay.post('key-1', large);
	expect([announced.status, problemName(announced)]).toEqual([413, 'too-large']);
	const status = await new Promise<string>((resolve, reject) => {
		const socket = connect(Number(new URL(relay.url).port), '127.0.0.1', () => {
			socket.write(
				`POST /messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${relay.token}\r\n` +
					'Idempotency-Key: key-2\r\nContent-Type: application/json\r\n' +
					'Transfer-Encoding: chunked\r\n\r\n',
			);
			for (let n = 0; n < 10; n += 1) socket.write(`1000\r\n${'x'.repeat(4096)}\r\n`);
		});
		socket.once('data', (chunk) => resolve(chunk.toString().slice(9, 12)));
		socket.once('error', reject);
	});
	expect(status).toBe('413');
	expect((await relay.post('key-3')).status).toBe(202);
});

test('a body that is no JSON, or no UTF-8, is told so', async () => {
	const relay = await relayAtTest();
	const send = (body: BodyInit, type = 'application/json') =>
		relay.call('/messages', {
			method: 'POST',
			headers: {
				authorization: `Bearer ${relay.token}`,
				'content-type': type,
				'idempotency-key': 'key-1',
			},
			body,
		});
	expect((await send('{')).status).toBe(400);
	expect((await send(new Uint8Array([0x7b, 0xff, 0x7d]))).status).toBe(400);
	expect((await send(JSON.stringify(robin), 'text/plain')).status).toBe(415);
});

test('sixty messages, a limit of 25 a minute: the rest hear when to come again', async () => {
	const relay = await relayAtTest({ messagesPerMinute: 25 });
	const statuses: number[] = [];
	for (let n = 0; n < 60; n += 1) {
		const answer = await relay.post(`key-${n}`);
		statuses.push(answer.status);
		if (answer.status !== 429) continue;
		expect(problemName(answer)).toBe('too-many');
		const waitSeconds = Number(answer.headers.get('retry-after'));
		expect(waitSeconds).toBeGreaterThanOrEqual(1);
		expect(waitSeconds).toBeLessThanOrEqual(3);
	}
	expect(statuses.slice(0, 25)).toEqual(Array<number>(25).fill(202));
	expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(33);
});

test('a method that an address does not take is named with those it takes', async () => {
	const relay = await relayAtTest();
	const answer = await relay.call('/messages', { method: 'DELETE' });
	expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
	const { post } = callsTo(relay);
	expect((await post('key-1')).status).toBe(202);
});

test('tokens cannot be tried at leisure, and the right one is never held up by it', async () => {
	const relay = await relayAtTest();
	const tryToken = async (path: string) =>
		(await relay.call(path, { headers: { authorization: 'Bearer wrong-and-wrong-again' } })).status;
	const tries = [];
	for (let n = 0; n < 70; n += 1) tries.push(await tryToken(n % 2 ? '/messages/key-1' : '/health'));
	expect(tries.slice(0, 10)).not.toContain(429);
	expect(tries.at(-1)).toBe(429);
	expect((await relay.post('key-1')).status).toBe(202);
	const own = { headers: { authorization: `Bearer ${relay.token}` } };
	expect((await relay.call('/health', own)).body).toMatchObject({ authorised: true });
});

test('who runs the relay sees its health as a page: numbers, and nothing about people', async () => {
	const relay = await relayAtTest();
	await relay.post('key-1');
	await relay.post('key-2', { ...robin, subject: 'A line\nbreak' });
	const response = await fetch(`${relay.url}/health`, { headers: { accept: 'text/html' } });
	expect(response.headers.get('content-type')).toContain('text/html');
	expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
	const page = await response.text();
	expect(page).toContain('<dt>Taken since then</dt><dd>1</dd>');
	expect(page).not.toMatch(/robin|vale|key-1/i);
});
