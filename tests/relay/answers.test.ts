import { readReceipt, type Receipt } from '$lib/domain/welcome-receipt.ts';
import { makeReceipt } from '$lib/invitations/door/receipts.ts';
import type { IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { callerAddress, createBuckets } from '../../relay/caller-address.ts';
import { readSettings } from '../../relay/settings.ts';
import { openStore } from '../../relay/store.ts';
import { madeAt, someClaims, someSigner, type Signer } from '../support/door.ts';
import { problemName, rawRequest, relayAtTest, testFolder } from './relay-at-test.ts';

const practice = await someSigner();

async function someAnswer({ sign }: Pick<Signer, 'sign'> = practice, code = ''): Promise<string> {
	const claims = someClaims(code === '' ? {} : { jti: code });
	return makeReceipt(await sign(claims), 'joined', madeAt + 1, crypto);
}

async function box(options: Parameters<typeof relayAtTest>[0] = {}) {
	const relay = await relayAtTest({ takesAnswers: true, ...options });
	const authorization = `Bearer ${relay.token}`;
	return {
		...relay,
		drop: (body: string, headers: Record<string, string> = {}) =>
			relay.call('/answers', { method: 'POST', headers, body }),
		fetched: async (key = practice.kid) =>
			(await relay.call(`/answers/to/${key}`, { headers: { authorization } })).body['answers'] as {
				id: string;
				text: string;
			}[],
		forget: (id: string) =>
			relay.call(`/answers/${id}`, { method: 'DELETE', headers: { authorization } }),
	};
}

test('an answer is kept on disk until the practice has it, once however often it comes', async () => {
	const dataFolder = testFolder();
	const first = await box({ dataFolder });
	const [one, two] = [await someAnswer(), await someAnswer()];
	const taken = await first.drop(one);
	expect([taken.status, (await first.drop(one)).body]).toEqual([202, taken.body]);
	await first.drop(two);
	await first.close();
	const relay = await box({ dataFolder });
	const waiting = await relay.fetched();
	expect(waiting.map(({ text }) => text)).toEqual([one, two]);
	expect((await relay.forget(waiting[0]?.id ?? '')).status).toBe(204);
	expect((await relay.forget(waiting[0]?.id ?? '')).status).toBe(204);
	expect((await relay.fetched()).map(({ text }) => text)).toEqual([two]);
	expect(relay.lines.join('\n')).not.toContain(one.slice(0, 40));
});

test('it is off unless somebody turns it on, and health says so', async () => {
	const off = await relayAtTest();
	const authorization = `Bearer ${off.token}`;
	const answers = await Promise.all([
		off.call('/answers', { method: 'POST', body: await someAnswer() }),
		off.call(`/answers/to/${practice.kid}`, { headers: { authorization } }),
	]);
	expect(answers.map(({ status }) => status)).toEqual([404, 404]);
	expect((await off.call('/health', {})).body).not.toHaveProperty('answers');
	expect((await (await box()).call('/health', {})).body).toMatchObject({ answers: true });
	expect(readSettings({}).takesAnswers).toBe(false);
	expect(readSettings({ PORTICO_ANSWERS: 'on' }).takesAnswers).toBe(true);
	expect(() => readSettings({ PORTICO_ANSWERS: 'maybe' })).toThrow('PORTICO_ANSWERS');
});

test('nobody reads or deletes without the token', async () => {
	const relay = await box();
	const { body } = await relay.drop(await someAnswer());
	const tries = await Promise.all([
		relay.call(`/answers/to/${practice.kid}`, {}),
		relay.call(`/answers/to/${practice.kid}`, { headers: { authorization: 'Bearer wrong' } }),
		relay.call(`/answers/${String(body['id'])}`, { method: 'DELETE' }),
	]);
	expect(tries.map(({ status }) => status)).toEqual([401, 401, 401]);
	expect(await relay.fetched()).toHaveLength(1);
});

test('what does not look like an answer is refused, and what is too long is not read', async () => {
	const relay = await box({ answersPerMinute: 100 });
	const whole = await someAnswer();
	const [token = ''] = whole.split('~');
	for (const text of ['', 'hello', '{}', token, `${whole}~x`, `${whole} `, whole.slice(0, -3)]) {
		const answer = await relay.drop(text);
		expect([answer.status, problemName(answer)]).toEqual([422, 'not-an-answer']);
	}
	const large = await relay.drop('x'.repeat(6_001));
	expect([large.status, problemName(large)]).toEqual([413, 'too-large']);
	expect(await relay.fetched()).toEqual([]);
});

test('an address that drops too many waits, and holds nobody else up', async () => {
	const relay = await box({ answersPerMinute: 2 });
	const answers = [await someAnswer(), await someAnswer(), await someAnswer()];
	const from = (address: string) => ({ 'x-forwarded-for': address });
	const statuses: number[] = [];
	for (const answer of answers)
		statuses.push((await relay.drop(answer, from('203.0.113.7'))).status);
	expect(statuses).toEqual([202, 202, 429]);
	expect((await relay.drop(answers[2] ?? '', from('203.0.113.8'))).status).toBe(202);
	const limited = await relay.drop(answers[0] ?? '', from('203.0.113.7'));
	expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('answers that other keys ask for are never in the way, and the oldest of them make way', async () => {
	const relay = await box({ answersPerMinute: 1_000 });
	const [first, stranger] = [await someAnswer(), await someSigner()];
	await relay.drop(first);
	const rubbish: string[] = [];
	for (let at = 0; at < 205; at++) {
		const code = at.toString(16).padStart(32, '0');
		rubbish.push(await someAnswer(stranger, code));
		expect((await relay.drop(rubbish[at] ?? '')).status).toBe(202);
		// Once the practice asked for its own they stay, whatever else comes.
		if (at === 100) expect((await relay.fetched()).map(({ text }) => text)).toEqual([first]);
	}
	const others = (await relay.fetched(stranger.kid)).map(({ text }) => text);
	expect(others).toEqual(rubbish.slice(5));
	const last = await someAnswer();
	expect((await relay.drop(last)).status).toBe(202);
	expect((await relay.fetched()).map(({ text }) => text)).toEqual([first, last]);
});

test('a full box says so, and takes more when some were fetched; the invitation that is answered too often waits', async () => {
	const folder = testFolder();
	const limits = { own: 3, others: 2, each: 2 };
	const answerTo = async (code: string) =>
		readReceipt(await someAnswer(practice, code.repeat(32))) as Receipt;
	const [a, b] = [await answerTo('a'), await answerTo('b')];
	const tokenA = a.text.split('~')[0] ?? '';
	const again = async () =>
		readReceipt(await makeReceipt(tokenA, 'declined', madeAt + 2, crypto)) as Receipt;
	const store = await openStore(folder, () => madeAt, limits);
	const keep = async (receipt: Receipt, now = madeAt) =>
		(await store.answers.keep(receipt, now)).outcome;
	expect(await store.answers.listFor(practice.kid)).toEqual([]);
	expect([await keep(a), await keep(a), await keep(await again())]).toEqual([
		'kept',
		'known',
		'kept',
	]);
	expect(await keep(await again())).toBe('enough');
	expect([await keep(b), await keep(await answerTo('c'))]).toEqual(['kept', 'full']);
	// What it keeps outlives a start, and not half a year.
	await store.close();
	const anew = await openStore(folder, () => madeAt, limits);
	onTestFinished(() => anew.close());
	const d = await answerTo('d');
	expect((await anew.answers.keep(d, madeAt)).outcome).toBe('full');
	const [oldest] = await anew.answers.listFor(practice.kid);
	await anew.answers.drop(oldest?.id ?? '');
	expect((await anew.answers.keep(d, madeAt + 100 * 86_400_000)).outcome).toBe('kept');
	expect((await anew.answers.keep(await answerTo('e'), madeAt + 181 * 86_400_000)).outcome).toBe(
		'kept',
	);
	expect(await anew.answers.listFor(practice.kid)).toHaveLength(2);
});

test('the addresses of one connection count as one', () => {
	const from = (remoteAddress: string, said?: string) =>
		callerAddress({
			socket: { remoteAddress },
			headers: said === undefined ? {} : { 'x-forwarded-for': said },
		} as unknown as IncomingMessage);
	expect(from('2001:db8:1:2:3:4:5:6')).toBe(from('2001:db8:1:2::9'));
	expect(from('2001:db8:1:2::9')).not.toBe(from('2001:db8:1:3::9'));
	expect(from('::1', '2001:db8::1')).toBe(from('127.0.0.1', '203.0.113.7, 2001:db8:0:0:9::'));
	expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7');
	expect(from('203.0.113.7', '203.0.113.8')).toBe('203.0.113.7');
	expect(from('127.0.0.1', 'nonsense')).toBe('nonsense');
	expect(from('fe80::1%eth0')).toBe(from('fe80::2%eth0'));
});

test('coming from everywhere fills no memory', () => {
	const takeOf = createBuckets(1);
	for (let at = 0; at < 5_000; at++) expect(takeOf(`a${at}`, 1)).toBe(0);
	let free = 0;
	for (let at = 0; at < 100; at++) if (takeOf(`b${at}`, 1) === 0) free++;
	expect(free).toBe(10);
	expect(takeOf('b0', 130_000)).toBe(0);
});

test('pages of the configured origins may leave an answer, others may not', async () => {
	const origin = 'https://app.harbour.example';
	const relay = await box({ origins: [origin] });
	const answer = await someAnswer();
	const allowed = await relay.drop(answer, { origin });
	expect(allowed.status).toBe(202);
	expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
	const foreign = await relay.drop(answer, { origin: 'https://evil.example' });
	expect(foreign.status).toBe(403);
	const preflight = await rawRequest(relay.url, {
		path: '/answers/x',
		method: 'OPTIONS',
		headers: { origin, 'access-control-request-method': 'DELETE' },
	});
	expect(preflight.status).toBe(403);
	const asked = await fetch(`${relay.url}/answers/${'a'.repeat(43)}`, {
		method: 'OPTIONS',
		headers: { origin, 'access-control-request-method': 'DELETE' },
	});
	expect(asked.headers.get('access-control-allow-methods')).toContain('DELETE');
});
