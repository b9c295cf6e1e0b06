import { defaultTemplate } from '$lib/domain/compose.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import { appAddressDoubt } from '$lib/domain/welcome-link.ts';
import { isListed, keyListFrom, keyListText, readKeyList } from '$lib/invitations/door/key-list.ts';
import { replyMail } from '$lib/invitations/door/reply-mail.ts';
import { expect, test } from 'vitest';
import { openDoor, someSigner } from '../support/door.ts';
import { practice } from '../support/practice-with-door.ts';

test('the list beside the app names the practice’s key, for this page and for other portals', async () => {
	const { keys, jwk, kid } = await someSigner();
	const text = await keyListText(keys, crypto);
	expect(JSON.parse(text)).toEqual({ keys: [{ ...jwk, use: 'sig', alg: 'ES256', kid }] });
	expect(text).not.toContain(keys.d);
	const other = (await someSigner()).jwk;
	expect(isListed(keyListFrom(text), jwk)).toBe(true);
	expect(isListed(keyListFrom(text), other)).toBe(false);
	// A host without a list answers 404, or with the app itself.
	expect(isListed(keyListFrom('<!doctype html>'), other)).toBe(true);
	for (const broken of ['', '{', '[]', '{"keys":"all"}', 'null'])
		expect(keyListFrom(broken)).toEqual({ kind: 'broken' });
	expect(isListed(keyListFrom('{"keys":[null,1,{}]}'), jwk)).toBe(false);
	const asked: string[] = [];
	const hostOf = (status: number, body: string) => async (url: RequestInfo | URL) => {
		asked.push(String(url));
		return new Response(body, { status });
	};
	const at = 'https://app.example/portico/index.html';
	for (const status of [404, 410, 403])
		expect(await readKeyList(at, hostOf(status, '<Error/>'))).toEqual({ kind: 'open' });
	expect(await readKeyList(at, hostOf(503, ''))).toEqual({ kind: 'broken' });
	expect(await readKeyList(at, () => Promise.reject(new TypeError('offline')))).toEqual({
		kind: 'broken',
	});
	expect(isListed(await readKeyList(at, hostOf(200, text)), jwk)).toBe(true);
	expect(new Set(asked)).toEqual(new Set(['https://app.example/portico/door.json']));
});

test('a practice without a portal can send with the door, and says so where a letter names the portal', () => {
	const relay = { ...defaultSettings.relay, kind: 'by-hand' as const };
	const bare = { ...practice, portalAddress: '' };
	const kinds = (plan: object) =>
		whatBlocksSending({ practice: bare, relay, template: defaultTemplate, ...plan }).map(
			({ kind }) => kind,
		);
	expect(kinds({})).toEqual(['no-portal-address']);
	expect(kinds({ door: openDoor })).toEqual([]);
	expect(kinds({ door: { ...openDoor, appAddress: 'app' } })).toEqual(['no-app-address']);
	const body = `${defaultTemplate.body} {portal address}`;
	expect(kinds({ door: openDoor, template: { ...defaultTemplate, body } })).toEqual([
		'no-portal-address',
	]);
});

test('an address that nobody else can open, or that a browser will not trust, is pointed out', () => {
	const doubts = {
		'https://app.example/portico/': '',
		'http://app.example/': 'not-secure',
		'http://localhost:5173/': 'this-device',
		'http://127.0.0.1:8080/': 'this-device',
		'http://[::1]/': 'this-device',
		'https://app.example/?a=1': 'has-more',
		'https://app.example/#/': 'has-more',
		'javascript:alert(1)': 'no-address',
		'app.example': 'no-address',
	};
	for (const [address, doubt] of Object.entries(doubts))
		expect(appAddressDoubt(address), address).toBe(doubt);
});

test('an answer that is too long for a prepared mail is copied; a hostile address stays an address', () => {
	const mail = { to: 'o+a&b?c@harbor.example', subject: 'My answer', words: 'No.', link: 'x' };
	const { href, isWhole } = replyMail(mail);
	expect(isWhole).toBe(true);
	expect(href).toBe(
		'mailto:o%2Ba%26b%3Fc@harbor.example?subject=My%20answer&body=No.%0D%0A%0D%0Ax%0D%0A',
	);
	expect(replyMail({ ...mail, link: 'x'.repeat(2000) })).toEqual({
		href: 'mailto:o%2Ba%26b%3Fc@harbor.example?subject=My%20answer',
		isWhole: false,
	});
});
