import { bytesOfBase64url } from '$lib/domain/base64url.ts';
import { signedPart } from '$lib/domain/jws.ts';
import { answerKinds, receiptIn, type AnswerKind } from '$lib/domain/welcome-receipt.ts';
import { signed } from '$lib/invitations/door/keys.ts';
import { makeReceipt, verifyReceipt } from '$lib/invitations/door/receipts.ts';
import fc from 'fast-check';
import { compactVerify, importJWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { day, madeAt, someClaims, someSigner, type Signer } from '../support/door.ts';
import { fromSeed } from '../support/seed.ts';

let practice: Signer;

let stranger: Signer;

beforeAll(async () => {
	practice = await someSigner();
	stranger = await someSigner();
});

const signRaw = (head: Record<string, unknown>, payload: Record<string, unknown>) =>
	signed(signedPart(head, payload), practice.key, crypto);

const decoded = (part = '') => new TextDecoder().decode(bytesOfBase64url(part));

describe('a receipt', () => {
	const answered = async (answer: AnswerKind = 'joined', signer = practice) => {
		const token = await signer.sign(someClaims());
		return { token, text: await makeReceipt(token, answer, madeAt + day, crypto) };
	};

	it.each(answerKinds)(
		'of %s is read again, with the invitation that it answers',
		async (answer) => {
			const { token, text } = await answered(answer);
			expect(await verifyReceipt(text, practice.keys, crypto)).toMatchObject({
				kind: 'genuine',
				receipt: { token: { text: token }, claims: { answer, iat: (madeAt + day) / 1000 } },
			});
		},
	);

	it('is made of two tokens that an independent library verifies', async () => {
		const { token, text } = await answered('declined');
		const [first = '', second = ''] = text.split('~');
		expect(first).toBe(token);
		const { jwk } = JSON.parse(decoded(second.split('.')[0])) as { jwk: typeof practice.jwk };
		const { payload } = await compactVerify(second, await importJWK(jwk, 'ES256'));
		expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ answer: 'declined' });
	});

	it('is refused with anything changed: the token, the answer, or both put together anew', async () => {
		const { text } = await answered('joined');
		const other = await makeReceipt(
			await practice.sign(someClaims({ jti: 'f'.repeat(32) })),
			'declined',
			madeAt + day,
			crypto,
		);
		const at = fc.nat({ max: text.length - 1 });
		const letter = fc.constantFrom(...'ABCXYZabcxyz0189-_.~=');
		const mutation = fc.oneof(
			fc.tuple(at, letter).map(([i, one]) => text.slice(0, i) + one + text.slice(i + 1)),
			fc.tuple(at, letter).map(([i, one]) => text.slice(0, i) + one + text.slice(i)),
			at.map((i) => text.slice(0, i) + text.slice(i + 1)),
			at.map((i) => text.slice(0, i)),
			at.map((i) => text.slice(0, i) + other.slice(i)),
		);
		await fc.assert(
			fc.asyncProperty(mutation, async (mutated) => {
				fc.pre(mutated !== text && mutated !== other);
				const { kind } = await verifyReceipt(mutated, practice.keys, crypto);
				expect(kind).toBe('damaged');
			}),
			fromSeed(3000),
		);
		const crossed = `${text.split('~')[0]}~${other.split('~')[1]}`;
		expect(await verifyReceipt(crossed, practice.keys, crypto)).toEqual({ kind: 'damaged' });
	});

	it('to an invitation of another practice is not ours, even under our name', async () => {
		const { text } = await answered('joined', stranger);
		expect(await verifyReceipt(text, practice.keys, crypto)).toEqual({ kind: 'not-ours' });
		// A practice that never made a key has nothing that could be answered.
		expect(await verifyReceipt(text, { x: '', y: '' }, crypto)).toEqual({ kind: 'not-ours' });
	});

	it('fits in a reply mail that Windows still opens', async () => {
		const { text } = await answered('do-not-email');
		expect(text.length).toBeLessThan(1500);
	});

	it('is found in what was pasted: the link, a whole mail, wrapped, quoted or rewritten', async () => {
		const { text } = await answered('joined');
		const link = `https://app.example/portico/#/receipt/${text}`;
		const wrapped = link.replace(/(.{60})/g, '$1\r\n> ');
		for (const pasted of [
			text,
			` ${text}\n`,
			link,
			`I have joined.\n\n${link}\n\nMaya Okafor`,
			`On Monday Maya wrote:\n> ${wrapped}\n>\n> Maya`,
			`<${link}>`,
			link.replaceAll('~', '%7E').replace('#', '%23'),
			`https://safe.example/?url=${encodeURIComponent(link).replaceAll('~', '%7e')}&data=05`,
		])
			expect(receiptIn(pasted)).toBe(text);
		for (const pasted of [
			'',
			'Hello',
			text.slice(0, -3),
			`https://app.example/#/welcome/${text.split('~')[0]}`,
		])
			expect(receiptIn(pasted)).toBe('');
	});

	it('with another answer, another random part or more than that is refused, though well signed', async () => {
		const { token } = await answered();
		const good = {
			v: 1,
			to: 'x'.repeat(43),
			answer: 'joined',
			iat: madeAt / 1000,
			jti: 'A'.repeat(22),
		};
		for (const about of [
			{ answer: 'delete-all' },
			{ answer: '__proto__' },
			{ jti: 'short' },
			{ iat: Number.MAX_SAFE_INTEGER },
			{ more: 1 },
			{ to: 'y'.repeat(43) },
		]) {
			const head = { alg: 'ES256', typ: 'portico-receipt+jwt', jwk: practice.jwk };
			const forged = await signRaw(head, { ...good, ...about });
			expect(await verifyReceipt(`${token}~${forged}`, practice.keys, crypto)).toEqual({
				kind: 'damaged',
			});
		}
	});
});
