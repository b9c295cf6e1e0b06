import { base64urlOf } from '$lib/domain/base64url.ts';
import { signedPart } from '$lib/domain/jws.ts';
import { receiptLink } from '$lib/domain/welcome-link.ts';
import {
	claimLimits,
	languageFor,
	longestToken,
	payloadOf,
	welcomeClaims,
	welcomeLanguages,
	type WelcomeClaims,
} from '$lib/domain/welcome-token.ts';
import { signed } from '$lib/invitations/door/keys.ts';
import { replyMail } from '$lib/invitations/door/reply-mail.ts';
import { makeReceipt } from '$lib/invitations/door/receipts.ts';
import { signToken, verifyToken } from '$lib/invitations/door/tokens.ts';
import fc from 'fast-check';
import { calculateJwkThumbprint, compactVerify, importJWK, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { day, madeAt, someClaims, someSigner, type Signer } from '../support/door.ts';
import { fromSeed } from '../support/seed.ts';

let practice: Signer;

let stranger: Signer;

beforeAll(async () => {
	practice = await someSigner();
	stranger = await someSigner();
});

const verify = (text: string, now = madeAt + day) => verifyToken(text, now, crypto);

const refused = (text: string) => verify(text).then(({ kind }) => kind === 'refused');

const header = (about: Record<string, unknown> = {}) => ({
	alg: 'ES256',
	typ: 'portico-welcome+jwt',
	kid: practice.kid,
	jwk: practice.jwk,
	...about,
});

const signRaw = (head: Record<string, unknown>, payload: Record<string, unknown>) =>
	signed(signedPart(head, payload), practice.key, crypto);

const encoded = (text: string) => base64urlOf(new TextEncoder().encode(text));

const words = fc.string({ unit: 'grapheme', maxLength: 300 });

const anyClaims: fc.Arbitrary<WelcomeClaims> = fc
	.record({
		code: fc.stringMatching(/^[\da-f]{32}$/),
		iss: words.map((text) => `Practice ${text}`),
		pro: words,
		name: words,
		next: words,
		url: fc.oneof(fc.constant(''), fc.webUrl({ withQueryParameters: true, withFragments: true })),
		reply: fc.constantFrom(
			'dana@harbor.example',
			'o’hara+a&b=c?d@harbor.example'.replace('’', "'"),
		),
		ask: fc.boolean(),
		box: fc.constantFrom('', 'https://relay.example', `https://relay.example/${'x'.repeat(98)}`),
		language: fc.constantFrom('', 'es-MX', 'fr', 'de_AT', 'PT', 'en-GB', 'uk'),
		madeAt: fc.integer({ min: madeAt - 400 * day, max: madeAt }),
		days: fc.integer({ min: 402, max: 800 }),
	})
	.map(({ days, ...about }) => welcomeClaims({ ...about, expiresAt: about.madeAt + days * day }));

describe('an invitation’s token', () => {
	it('is read again as it was made, whatever the names in it', async () => {
		await fc.assert(
			fc.asyncProperty(anyClaims, async (claims) => {
				const text = await practice.sign(claims);
				expect(text.length).toBeLessThanOrEqual(longestToken);
				const verified = await verify(text);
				expect(verified).toMatchObject({ kind: 'open', token: { text, claims } });
			}),
			fromSeed(300),
		);
	});

	it('is a JWS that an independent library verifies with the practice’s public key', async () => {
		const text = await practice.sign(someClaims());
		const { payload, protectedHeader } = await jwtVerify(
			text,
			await importJWK(practice.jwk, 'ES256'),
			{
				algorithms: ['ES256'],
				typ: 'portico-welcome+jwt',
				issuer: 'Harbor Practice',
				currentDate: new Date(madeAt + day),
			},
		);
		expect(payload).toEqual(payloadOf(someClaims()));
		expect(protectedHeader.kid).toBe(await calculateJwkThumbprint(practice.jwk));
		await expect(compactVerify(text, await importJWK(stranger.jwk, 'ES256'))).rejects.toThrow();
	});

	it('of another library is verified as well', async () => {
		const { CompactSign } = await import('jose');
		const body = new TextEncoder().encode(JSON.stringify(payloadOf(someClaims())));
		const text = await new CompactSign(body).setProtectedHeader(header()).sign(practice.key);
		expect(await verify(text)).toMatchObject({ kind: 'open', token: { claims: someClaims() } });
	});

	it('with a relay and the practice’s own words still fits into the mail that answers it', async () => {
		const box = `https://relay.example/${'x'.repeat(98)}`;
		const token = await practice.sign(someClaims({ box, next: 'n'.repeat(claimLimits.next) }));
		const receipt = await makeReceipt(token, 'do-not-email', madeAt + day, crypto);
		const link = receiptLink('https://app.example/portico/', receipt);
		const mail = { to: 'dana@harbor.example', subject: 'My answer', words: 'x'.repeat(120), link };
		expect(replyMail(mail).isWhole).toBe(true);
	});

	it('names a relay only where an answer can go there safely, and refuses one that cannot', async () => {
		const boxOf = (box: string) => welcomeClaims({ ...about, box }).box;
		const about = {
			...someClaims(),
			code: '0123456789abcdef0123456789abcdef',
			language: '',
			madeAt,
			expiresAt: madeAt + day,
		};
		for (const box of ['https://relay.example', 'http://127.0.0.1:4173', 'http://localhost:4173'])
			expect(boxOf(box)).toBe(box);
		for (const box of [
			'http://relay.example',
			'https://relay.example/',
			'https://relay.example?x',
			'https://a:b@relay.example',
			'javascript:alert(1)',
			`https://relay.example/${'x'.repeat(120)}`,
		]) {
			expect(boxOf(box)).toBe('');
			expect(await refused(await practice.sign(someClaims({ box })))).toBe(true);
		}
	});

	it('says no more than the person needs, and leaves out what is empty', () => {
		expect(payloadOf(someClaims({ pro: '', name: '' }))).toEqual({
			v: 1,
			jti: '0123456789abcdef0123456789abcdef',
			iss: 'Harbor Practice',
			url: 'https://portal.example/join',
			reply: 'dana@harbor.example',
			iat: madeAt / 1000,
			exp: madeAt / 1000 + 30 * 86_400,
		});
	});

	it('is refused with any letter changed, left out, added, or in another place', async () => {
		const text = await practice.sign(someClaims({ lang: 'es', next: 'We will call you.' }));
		const letters = [
			...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~=+/ %\n\0é',
		];
		const at = fc.nat({ max: text.length - 1 });
		const letter = fc.constantFrom(...letters);
		const mutation = fc.oneof(
			fc.tuple(at, letter).map(([i, one]) => text.slice(0, i) + one + text.slice(i + 1)),
			fc.tuple(at, letter).map(([i, one]) => text.slice(0, i) + one + text.slice(i)),
			at.map((i) => text.slice(0, i) + text.slice(i + 1)),
			at.map((i) => text.slice(0, i)),
			at.map((i) => text.slice(i + 1)),
			fc.tuple(at, at).map(([i, j]) => text.slice(0, i) + text.slice(j)),
			letter.map((one) => text + one),
			fc.tuple(at, fc.nat({ max: 7 })).map(([i, bit]) => {
				const code = text.charCodeAt(i) ^ (1 << bit);
				return text.slice(0, i) + String.fromCharCode(code) + text.slice(i + 1);
			}),
		);
		await fc.assert(
			fc.asyncProperty(mutation, async (mutated) => {
				fc.pre(mutated !== text);
				expect(await refused(mutated)).toBe(true);
			}),
			fromSeed(4000),
		);
	});

	it('is refused with any single letter changed to its neighbour, the last of each part included', async () => {
		const text = await practice.sign(someClaims());
		const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
		for (let at = 0; at < text.length; at++) {
			const place = alphabet.indexOf(text.charAt(at));
			if (place < 0) continue;
			const next = alphabet.charAt(place ^ 1);
			expect(await refused(text.slice(0, at) + next + text.slice(at + 1)), `letter ${at}`).toBe(
				true,
			);
		}
	});

	it.each([
		['no algorithm', { alg: 'none' }],
		['no algorithm, in capitals', { alg: 'NONE' }],
		['a shared secret', { alg: 'HS256' }],
		['another curve', { alg: 'ES384' }],
		['RSA', { alg: 'RS256' }],
		['no type', { typ: undefined }],
		['the type of a receipt', { typ: 'portico-receipt+jwt' }],
		['critical extensions', { crit: ['b64'] }],
		['an address of keys', { jku: 'https://keys.example/' }],
		['another key’s name', { kid: 'x'.repeat(43) }],
		['no key’s name', { kid: undefined }],
		['no key', { jwk: undefined }],
	])('with %s in its header is refused, though well signed', async (_, about) => {
		expect(await refused(await signRaw(header(about), payloadOf(someClaims())))).toBe(true);
	});

	it('with a private key, a key off the curve or of another kind in its header is refused', async () => {
		for (const jwk of [
			{ ...practice.jwk, d: practice.keys.d },
			{ ...practice.jwk, y: base64urlOf(new Uint8Array(32)) },
			{ ...practice.jwk, x: practice.jwk.x.slice(0, 40) },
			{ ...practice.jwk, kty: 'oct' },
			{ ...practice.jwk, crv: 'P-384' },
			{ ...practice.jwk, x: 1 },
			[],
			'key',
		])
			expect(await refused(await signRaw(header({ jwk }), payloadOf(someClaims())))).toBe(true);
	});

	it('without a signature, or with that of another key, is refused', async () => {
		const text = await practice.sign(someClaims());
		const [head = '', body = ''] = text.split('.');
		const none = encoded(JSON.stringify({ alg: 'none', typ: 'portico-welcome+jwt' }));
		for (const forged of [`${head}.${body}.`, `${head}.${body}`, `${none}.${body}.`])
			expect(await verify(forged)).toEqual({ kind: 'refused', why: 'damaged' });
		const zeros = base64urlOf(new Uint8Array(64));
		const otherKey = await signed(`${head}.${body}`, stranger.key, crypto);
		for (const forged of [`${head}.${body}.${zeros}`, otherKey])
			expect(await verify(forged)).toEqual({ kind: 'refused', why: 'forged' });
	});

	it('that somebody else signed under the practice’s name is that one’s, and says so by its key', async () => {
		const text = await stranger.sign(someClaims());
		const verified = await verify(text);
		expect(verified).toMatchObject({ kind: 'open', token: { jws: { kid: stranger.kid } } });
	});

	it('with a key twice, blanks, escapes or numbers written otherwise is refused', async () => {
		const json = JSON.stringify(payloadOf(someClaims()));
		const head = encoded(JSON.stringify(header()));
		const signBody = (text: string) => signed(`${head}.${encoded(text)}`, practice.key, crypto);
		expect((await verify(await signBody(json))).kind).toBe('open');
		for (const text of [
			json.replace('{', '{"iss":"Other Practice",'),
			json.replace('}', ',"url":"https://evil.example/"}'),
			json.replace('{', '{ '),
			json.replace('Harbor', '\\u0048arbor'),
			json.replace('"v":1', '"v":1.0'),
			json.replace('"v":1', '"v":1e0'),
			`\ufeff${json}`,
			`${json}\n`,
			`[${json}]`,
			'null',
			'',
			'{',
		])
			expect(await refused(await signBody(text)), text).toBe(true);
		const notUtf8 = base64urlOf(Uint8Array.of(0x7b, 0xff, 0x7d));
		expect(await refused(await signed(`${head}.${notUtf8}`, practice.key, crypto))).toBe(true);
	});

	it.each([
		['an address that runs a script', { url: 'javascript:alert(1)' }],
		['a script behind a line break', { url: 'java\nscript:alert(1)' }],
		['data for an address', { url: 'data:text/html,<script>alert(1)</script>' }],
		['a name and password in the address', { url: 'https://portal.example@evil.example/' }],
		['a quoted address', { url: 'https://portal.example/"onclick="x' }],
		['too long an address', { url: `https://portal.example/${'x'.repeat(700)}` }],
		['no practice', { iss: undefined }],
		['an empty practice', { iss: '' }],
		['a practice that is no text', { iss: { toString: 'x' } }],
		['too long a practice', { iss: 'x'.repeat(121) }],
		['a line break in a name', { name: 'Maya\nBcc: all@example.com' }],
		['a mark that turns the text around', { name: 'Maya\u202egpj.exe' }],
		['half a character', { pro: 'Dana \ud83d' }],
		['an answer to nobody', { reply: undefined }],
		['an answer to two', { reply: 'a@example.com,b@example.com' }],
		['a mail header in the reply address', { reply: 'a@example.com?bcc=b@example.com' }],
		['an unknown language', { lang: 'tlh' }],
		['another version', { v: 2 }],
		['a short code', { jti: 'abc' }],
		['a code with a slash', { jti: `${'a'.repeat(20)}/../x` }],
		['no end', { exp: undefined }],
		['an end in words', { exp: '1790000000' }],
		['an end before its beginning', { exp: 1 }],
		['an end without measure', { exp: Number.MAX_SAFE_INTEGER }],
		['half a second', { iat: madeAt / 1000 + 0.5 }],
		['something that nobody needs', { diagnosis: 'F41' }],
		['a name that an object inherits', { ['__proto__']: 'x', constructor: 'y' }],
		['something empty that is left out', { pro: '', name: 'Maya' }],
		['a question that is no yes', { ask: 'yes' }],
	])('with %s is refused, though well signed', async (_, about) => {
		const payload = { ...payloadOf(someClaims()), ...about };
		expect(await verify(await signRaw(header(), payload))).toEqual({
			kind: 'refused',
			why: 'unfit',
		});
	});

	it('may hold what looks like HTML, as text', async () => {
		const iss = '<img src=x onerror=alert(1)> & Co';
		expect(await verify(await practice.sign(someClaims({ iss })))).toMatchObject({
			kind: 'open',
			token: { claims: { iss } },
		});
	});

	it('is open from its making until its end, by a clock that may be ten minutes behind', async () => {
		const text = await practice.sign(someClaims());
		const kindAt = async (now: number) => (await verify(text, now)).kind;
		expect(await kindAt(madeAt - 10 * 60_000)).toBe('open');
		expect(await kindAt(madeAt - 11 * 60_000)).toBe('not-yet');
		expect(await kindAt(0)).toBe('not-yet');
		expect(await kindAt(madeAt + 30 * day - 1)).toBe('open');
		expect(await kindAt(madeAt + 30 * day)).toBe('expired');
	});

	it('that is empty, or longer than any, is refused before it is looked at', async () => {
		expect(await verify('')).toEqual({ kind: 'refused', why: 'empty' });
		expect(await verify('a'.repeat(longestToken + 1))).toEqual({
			kind: 'refused',
			why: 'too-long',
		});
		expect(await verify('a.b.c'.repeat(100_000))).toEqual({ kind: 'refused', why: 'too-long' });
	});

	it('is cut by whole characters where a practice’s words are too long', () => {
		const { iss, name } = welcomeClaims({
			...someClaims(),
			iss: '👩‍👩‍👧'.repeat(60),
			name: ` Maya\r\n${'é'.repeat(90)} `,
			code: 'x'.repeat(32),
			language: '',
			madeAt,
			expiresAt: madeAt + day,
		});
		expect(iss.length).toBeLessThanOrEqual(claimLimits.iss);
		expect(iss).not.toMatch(/\p{Surrogate}/u);
		expect(name).toMatch(/^Maya é+…$/);
	});

	it.each([
		['es-MX', 'es'],
		['pt_BR', 'pt'],
		['DE', 'de'],
		['', undefined],
		['est', undefined],
		['zh-Hant', undefined],
	])('%j is written to in %j', (tag, language) => expect(languageFor(tag)).toBe(language));

	it('speaks the languages that letters are shipped in', () =>
		expect(welcomeLanguages).toEqual(['en', 'es', 'fr', 'de', 'pt']));
});

it('two links of the same invitation differ in their signature: what leaves must be frozen', async () => {
	const signer = { jwk: practice.jwk, kid: practice.kid, key: practice.key };
	const [a, b] = [0, 1].map(() => signToken(someClaims(), signer, crypto));
	expect(await a).not.toBe(await b);
});
