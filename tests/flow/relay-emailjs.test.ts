import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import { emailJsRelay } from '$lib/relay/emailjs.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type EmailJsStub, startEmailJsStub } from '../support/emailjs-stub.ts';

const message: OutgoingMessage = {
	to: { name: 'Maya Okafor', address: 'maya@example.com' },
	from: { name: 'Dana Reyes, Harbor Practice' },
	replyTo: 'dana@harbor.example',
	subject: 'Your invitation',
	text: 'Dear Maya\n',
	html: '<p>Dear Maya</p>',
};

let stub: EmailJsStub;
beforeEach(async () => {
	stub = await startEmailJsStub();
	// The SDK reads it; a page and a worker have one.
	vi.stubGlobal('location', new URL('http://localhost/'));
});
afterEach(async () => {
	vi.unstubAllGlobals();
	await stub.close();
});

const relay = (timeLimitMs?: number) => emailJsRelay(stub.account, stub.url, timeLimitMs);
const send = (of = message) => relay().send(of, 'key');
const answering = (status: number, body: string) => (stub.trouble = () => ({ status, body }));

test('the real SDK posts the template with its seven fields, and nothing else', async () => {
	expect(await send()).toEqual({ kind: 'accepted', detail: 'EmailJS took the message.' });
	const [request, ...more] = stub.requests;
	expect(more).toEqual([]);
	expect(request).toMatchObject({ method: 'POST', path: '/api/v1.0/email/send' });
	expect(JSON.parse(request?.body ?? '')).toEqual({
		lib_version: '4.4.1',
		user_id: 'pk_test',
		service_id: 'service_test',
		template_id: 'template_test',
		template_params: {
			to_email: 'maya@example.com',
			to_name: 'Maya Okafor',
			from_name: 'Dana Reyes, Harbor Practice',
			reply_to: 'dana@harbor.example',
			subject: 'Your invitation',
			message: 'Dear Maya\n',
			message_html: '<p>Dear Maya</p>',
		},
	});
	expect(request?.headers).not.toHaveProperty('cookie');
});

describe('what an answer means, by its status alone', () => {
	const rows: [number, string, Outcome['kind']][] = [
		[200, 'OK', 'accepted'],
		[400, 'The Public Key is invalid. To find this ID, visit …', 'relay-refused'],
		[400, 'The service ID not found', 'relay-refused'],
		[400, 'The template ID not found', 'relay-refused'],
		[401, '', 'relay-refused'],
		[402, 'something new', 'relay-refused'],
		[403, 'API calls are disabled for non-browser applications', 'relay-refused'],
		[404, 'Account not found', 'relay-refused'],
		[408, '', 'unknown'],
		[412, 'Gmail_API: Request had insufficient authentication scopes', 'relay-refused'],
		[413, 'Variables size limit', 'refused'],
		[421, '', 'unknown'],
		[422, 'The recipients address is corrupted', 'refused'],
		[429, 'Too Many Requests', 'throttled'],
		[429, 'You have reached the monthly request quota', 'throttled'],
		[451, 'Unavailable For Headless Browser', 'relay-refused'],
		[500, '', 'unknown'],
		[502, '<html>Bad Gateway</html>', 'unknown'],
		[503, '', 'unknown'],
	];
	test.each(rows)('%i %s is %s', async (status, text, kind) => {
		answering(status, text);
		const outcome = await send();
		expect(outcome.kind).toBe(kind);
		if (kind !== 'accepted' && text !== '' && status !== 421)
			expect(outcome.detail).toContain(text);
	});
});

test('its own words for a wrong key, service or template pause the outbox', async () => {
	for (const wrong of [{ publicKey: 'x' }, { serviceId: 'x' }, { templateId: 'x' }]) {
		const outcome = await emailJsRelay({ ...stub.account, ...wrong }, stub.url).send(message, 'k');
		expect(outcome.kind).toBe('relay-refused');
		expect(outcome.detail).toContain('To find this ID, visit');
	}
	expect(stub.taken).toEqual([]);
});

test('an empty key, which the SDK throws as a bare string, is told as it is', async () => {
	const outcome = await emailJsRelay({ ...stub.account, publicKey: '' }, stub.url).send(
		message,
		'k',
	);
	expect(outcome.kind).toBe('relay-refused');
	expect(outcome.detail).toContain('public key is required');
	expect(stub.requests).toEqual([]);
});

test('its limit of one a second, and the end of its quota, wait', async () => {
	stub.perSecond = 1;
	expect((await send()).kind).toBe('accepted');
	expect(await send()).toEqual({ kind: 'throttled', detail: 'Too Many Requests', untilMs: 60_000 });
	stub.perSecond = 0;
	stub.quota = 0;
	expect((await send()).detail).toBe('You have reached the monthly request quota');
	expect(stub.taken).toHaveLength(1);
});

describe('no answer is not "never left", and is not tried again', () => {
	test('a connection that drops after EmailJS took the message', async () => {
		stub.trouble = (_, take) => {
			take();
			return 'drop';
		};
		expect(await send()).toEqual({
			kind: 'unknown',
			detail: 'The connection broke before EmailJS answered.',
		});
		expect(stub.taken).toHaveLength(1);
	});

	test('a server that drops warm connections', async () => {
		stub.trouble = (request, take) => {
			if (!request.isWarm) return undefined;
			take();
			return 'drop';
		};
		const outcomes = [await send(), await send(), await send()];
		expect(outcomes.map(({ kind }) => kind)).toContain('unknown');
		// Node, unlike a browser, never repeats a POST by itself: what the app does shows bare.
		expect(stub.requests).toHaveLength(3);
	});

	test('an answer that comes too late', async () => {
		stub.trouble = () => ({ status: 200, body: 'OK', delayMs: 1_000 });
		expect(await relay(100).send(message, 'k')).toEqual({
			kind: 'unknown',
			detail: 'EmailJS did not answer in time.',
		});
	});

	test('a service that is not there', async () => {
		const gone = relay();
		await stub.close();
		expect(await gone.reach()).toBe(false);
		expect((await gone.send(message, 'k')).kind).toBe('unknown');
		expect((await gone.health()).kind).toBe('trouble');
		stub = await startEmailJsStub();
	});
});

test('it claims nothing that EmailJS cannot do', () => {
	expect(relay()).toMatchObject({ dropsRepeats: false, keyMemoryMs: 0 });
	expect(relay().ask).toBeUndefined();
});

test('a header that somebody tries to write never gets there', async () => {
	const outcome = await send({ ...message, subject: 'x\r\nBcc: thief@example.com' });
	expect(outcome.kind).toBe('refused');
	expect(stub.requests).toEqual([]);
});

test('a message of more than 50 kB is refused before it is sent', async () => {
	expect((await send({ ...message, text: 'ä'.repeat(25_000) })).kind).toBe('refused');
	expect(stub.requests).toEqual([]);
	expect((await send({ ...message, text: 'ä'.repeat(24_000) })).kind).toBe('accepted');
});

test('the connection test asks nobody to send anything, and says what it cannot tell', async () => {
	expect(await relay().reach()).toBe(true);
	const health = await relay().health();
	expect(health).toMatchObject({ kind: 'well', sender: '', delivers: true });
	expect(health.kind === 'well' && health.note).toContain('send a test to yourself');
	expect(stub.requests).toEqual([]);
	expect((await emailJsRelay({ ...stub.account, templateId: '' }, stub.url).health()).kind).toBe(
		'trouble',
	);
});
