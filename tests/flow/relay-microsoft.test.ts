import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import { beginMicrosoftSignIn } from '$lib/relay/microsoft-sign-in.ts';
import { microsoftRelay } from '$lib/relay/microsoft.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeptSignIn } from '../support/kept-sign-in.ts';
import { graphError, type MicrosoftStub, startMicrosoftStub } from '../support/microsoft-stub.ts';
import { anyLine } from '../support/any-line.ts';
import { fromSeed } from '../support/seed.ts';

const message: OutgoingMessage = {
	to: { name: 'Maya Okafor', address: 'maya@example.com' },
	from: { name: 'Dana Reyes, Harbor Practice' },
	replyTo: 'office@harbor.example',
	subject: 'Your invitation',
	text: 'Dear Maya\n',
	html: '<p>Dear Maya</p>',
};
const key = 'ab'.repeat(32);
const redirectUri = 'https://app.example/sign-in.html';

let stub: MicrosoftStub;
let keeper: KeptSignIn;
beforeEach(async () => {
	stub = await startMicrosoftStub();
	keeper = new KeptSignIn();
});
afterEach(() => stub.close());

const app = () => ({ clientId: stub.clientId, tenant: 'common' });
const begin = (over = {}) =>
	beginMicrosoftSignIn({ ...app(), redirectUri, account: '', ...over }, stub.endpoints);
async function visit(url: string): Promise<Record<string, string>> {
	const answer = await fetch(url, { redirect: 'manual' });
	const [page, fragment = ''] = (answer.headers.get('Location') ?? '').split('#');
	expect(page).toBe(redirectUri);
	return Object.fromEntries(new URLSearchParams(fragment));
}
async function signIn(): Promise<void> {
	const begun = await begin();
	const outcome = await begun.finish(await visit(begun.url));
	if (outcome.kind !== 'signed-in') throw new Error(outcome.words);
	keeper.current = outcome.signIn;
}
const relay = () => microsoftRelay(app(), keeper, stub.endpoints);
const send = (of = message) => relay().send(of, key);
const posts = () => stub.requests.filter(({ path }) => path === '/v1.0/me/sendMail');
const ended = {
	kind: 'relay-refused',
	detail: 'Your sign-in with Microsoft has ended. Sign in again.',
};

describe('signing in', () => {
	test('with PKCE and without a secret, for one permission for mail', async () => {
		await signIn();
		const query = stub.signIns[0];
		expect(query?.get('code_challenge_method')).toBe('S256');
		expect(query?.get('scope')).toBe(
			'openid profile email offline_access https://graph.microsoft.com/Mail.Send',
		);
		expect(keeper.current).toMatchObject({
			kind: 'microsoft',
			account: 'dana@harbor.example',
			accessToken: 'access-2',
			refreshToken: 'refresh-2',
		});
		expect(keeper.current.expiresAt - Date.now()).toBeGreaterThan(3_590_000);
	});

	test('a code that another window began is worth nothing', async () => {
		const other = await begin();
		const answer = await visit((await begin()).url);
		expect((await other.finish(answer)).kind).toBe('trouble');
		const sameState = { ...answer, state: other.state };
		const outcome = await other.finish(sameState);
		expect(outcome.kind === 'trouble' && outcome.words).toContain('Code_Verifier does not match');
	});

	test('an account without an address claim has its sign-in name', async () => {
		stub.claims = { preferred_username: 'dana@harbor.example' };
		await signIn();
		expect(keeper.current.account).toBe('dana@harbor.example');
	});

	test('who declines is not signed in, and told so', async () => {
		stub.isDenied = true;
		const begun = await begin();
		expect(await begun.finish(await visit(begun.url))).toEqual({
			kind: 'trouble',
			words: 'You did not allow Portico to send mail, so Microsoft signed nobody in.',
		});
	});

	test('a tenant of its own stands in the address', async () => {
		expect((await begin({ tenant: 'harbor.example' })).url).toContain(
			'/harbor.example/oauth2/v2.0/authorize?',
		);
	});
});

describe('sending', () => {
	beforeEach(signIn);

	test('a mail goes out as the account that is signed in', async () => {
		expect(await send()).toEqual({ kind: 'accepted', detail: 'Microsoft took the message.' });
		expect(posts()).toHaveLength(1);
		expect(stub.sent).toMatchObject([
			{
				from: { name: 'Dana Reyes, Harbor Practice', address: 'dana@harbor.example' },
				to: { name: 'Maya Okafor', address: 'maya@example.com' },
				replyTo: 'office@harbor.example',
				subject: 'Your invitation',
				text: 'Dear Maya\n',
				html: '<p>Dear Maya</p>',
				messageId: `<${key}@harbor.example>`,
				contentType: 'multipart/alternative',
			},
		]);
	});

	test('a mail parser reads back what was sent, in any script', async () => {
		const line = anyLine();
		await fc.assert(
			fc.asyncProperty(line, line, line, async (name, subject, text) => {
				stub.sent = [];
				const to = { name, address: 'maya@example.com' };
				expect((await send({ ...message, to, subject, text })).kind).toBe('accepted');
				expect(stub.sent).toMatchObject([{ to, subject, text, recipients: ['maya@example.com'] }]);
			}),
			fromSeed(40),
		);
	});

	test('a header that somebody tries to write never gets there', async () => {
		expect((await send({ ...message, subject: 'x\r\nBcc: t@example.com' })).kind).toBe('refused');
		expect(posts()).toEqual([]);
	});

	test('an @ in the name of the sender, at which Exchange takes offence, is left out', async () => {
		const from = { name: 'Dana @ Harbor' };
		expect((await send({ ...message, from })).kind).toBe('accepted');
		expect(stub.sent[0]?.from).toEqual({ name: '', address: 'dana@harbor.example' });
	});
});

describe('a token that ends', () => {
	beforeEach(async () => {
		stub.lifetime = 30;
		await signIn();
		stub.lifetime = 3_599;
	});

	test('is renewed before it is used, and kept', async () => {
		expect((await send()).kind).toBe('accepted');
		expect(stub.grants).toEqual(['authorization_code', 'refresh_token']);
		expect(keeper.saved).toHaveLength(1);
		expect(keeper.current).toMatchObject({ account: 'dana@harbor.example', kind: 'microsoft' });
		expect((await send()).kind).toBe('accepted');
		expect(stub.grants).toHaveLength(2);
	});

	test('before its time is renewed once, and the mail sent once', async () => {
		expect((await send()).kind).toBe('accepted');
		stub.endAccess();
		expect((await send()).kind).toBe('accepted');
		expect(stub.sent).toHaveLength(2);
		expect(posts()).toHaveLength(3);
	});

	test('and cannot be renewed pauses the outbox', async () => {
		stub.endSignIns();
		expect(await send()).toEqual(ended);
		expect(posts()).toEqual([]);
		expect(await relay().health()).toEqual({ kind: 'trouble', words: ended.detail });
	});

	test('without a refresh token, or signed out, pauses the outbox', async () => {
		keeper.current = { ...keeper.current, refreshToken: '' };
		expect(await send()).toEqual(ended);
		keeper.current = { ...keeper.current, kind: '' };
		expect(await send()).toEqual(ended);
		expect(posts()).toEqual([]);
	});

	test('and cannot be renewed just now never left', async () => {
		stub.trouble = (request) =>
			request.path.endsWith('/token') ? { status: 503, body: '' } : undefined;
		expect((await send()).kind).toBe('unreachable');
		stub.trouble = (request) => (request.path.endsWith('/token') ? 'drop' : undefined);
		expect((await send()).kind).toBe('unreachable');
		expect(posts()).toEqual([]);
	});
});

describe('what an answer means', () => {
	beforeEach(signIn);
	const rows: [number, string, Outcome['kind']][] = [
		[400, 'ErrorInvalidRecipients', 'refused'],
		[400, 'ErrorMimeContentInvalidBase64String', 'refused'],
		[400, 'ErrorInvalidRequest', 'relay-refused'],
		[402, 'PaymentRequired', 'relay-refused'],
		[403, 'ErrorAccessDenied', 'relay-refused'],
		[403, 'ErrorSendAsDenied', 'relay-refused'],
		[404, 'ResourceNotFound', 'relay-refused'],
		[408, '', 'unknown'],
		[413, 'ErrorMessageSizeExceeded', 'refused'],
		[429, 'ApplicationThrottled', 'throttled'],
		[500, 'generalException', 'unknown'],
		[503, 'serviceNotAvailable', 'unknown'],
		[504, '', 'unknown'],
	];
	test.each(rows)('%i %s is %s', async (status, code, kind) => {
		stub.trouble = (request) =>
			request.path.endsWith('/sendMail') ? graphError(status, code, '') : undefined;
		expect((await send()).kind).toBe(kind);
		expect(posts()).toHaveLength(1);
	});

	test('its limit says how long to wait', async () => {
		stub.trouble = (request) =>
			request.path.endsWith('/sendMail')
				? { ...graphError(429, 'ApplicationThrottled', ''), headers: { 'Retry-After': '17' } }
				: undefined;
		expect(await send()).toMatchObject({ kind: 'throttled', untilMs: 17_000 });
	});

	test('a connection that drops after Microsoft took the message: nobody knows', async () => {
		stub.trouble = async (request, work) => {
			if (!request.path.endsWith('/sendMail')) return work();
			await work();
			return 'drop' as const;
		};
		expect((await send()).kind).toBe('unknown');
		expect(stub.sent).toHaveLength(1);
		expect(posts()).toHaveLength(1);
		expect(relay().ask).toBeUndefined();
	});
});
