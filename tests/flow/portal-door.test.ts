import { defaultTemplate } from '$lib/domain/compose.ts';
import { standingAnswer } from '$lib/domain/invitation.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Message } from '$lib/domain/message.ts';
import { carriersOf, ownPortalUser, portalUserState } from '$lib/domain/portal-user.ts';
import { buildReport, type Report } from '$lib/domain/report.ts';
import { describeReason } from '$lib/domain/report-reasons.ts';
import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import type { AnswerKind, Receipt } from '$lib/domain/welcome-receipt.ts';
import { whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import { appAddressDoubt, isWelcomeLink } from '$lib/domain/welcome-link.ts';
import { applyAnswer, undoAnswer } from '$lib/invitations/door/apply-answer.ts';
import { effectsInWords } from '$lib/invitations/door/answer-words.ts';
import { openDoor as openDoorOf } from '$lib/invitations/door/door.ts';
import { judgeAnswer } from '$lib/invitations/door/judge-answer.ts';
import { isListed, keyListFrom, keyListText, readKeyList } from '$lib/invitations/door/key-list.ts';
import { linkToCopy } from '$lib/invitations/door/link-to-copy.ts';
import { makeReceipt, verifyReceipt } from '$lib/invitations/door/receipts.ts';
import { replyMail } from '$lib/invitations/door/reply-mail.ts';
import { verifyToken } from '$lib/invitations/door/tokens.ts';
import { stateInWords } from '$lib/invitations/portal/portal-words.ts';
import { addPortalUser } from '$lib/invitations/portal/portal-users.ts';
import { resendInvitation } from '$lib/invitations/portal/resend-invitation.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { linksAnew } from '$lib/invitations/door/links-anew.ts';
import type { LinkToSign } from '$lib/outbox/link-signer.ts';
import { renderAnew } from '$lib/outbox/render-anew.ts';
import type { Changes, Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { openDoor, someSigner } from '../support/door.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient } from '../support/some-client.ts';
import { takeIn } from '../support/taking-in.ts';

const now = Date.UTC(2026, 4, 3, 9);
const day = 86_400_000;
const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/join',
};
const confirmed = {
	template: defaultTemplate,
	practice,
	invitation: { undoWindowMs: 0, expiryDays: 30 },
	door: openDoor,
};
const all = [
	'clients',
	'contacts',
	'invitations',
	'messages',
	'letters',
	'settings',
	'portalUsers',
] as const;

async function practiceOf(...clients: Client[]): Promise<Vault> {
	const vault = await openTestVault();
	await put(vault, { clients });
	return vault;
}

async function put(vault: Vault, rows: Changes['put']): Promise<void> {
	await vault.commit(() => ({ put: rows }), { what: 'test', count: 1 }, { needs: all });
}

async function report(vault: Vault): Promise<Report> {
	const state = await vault.load(...all);
	return buildReport({
		clients: state.rows('clients'),
		contacts: state.rows('contacts'),
		invitations: state.rows('invitations'),
		messages: state.rows('messages'),
		now,
	});
}

async function inviteAll(vault: Vault, about: object = {}): Promise<Message[]> {
	const { rows } = await report(vault);
	await sendInvitations(
		vault,
		{ rows: rows.filter((row) => row.class !== 'left-out'), ...confirmed, ...about },
		{ now: () => now, crypto },
	);
	return [...(await vault.load(...all)).rows('messages')];
}

async function linkIn(vault: Vault, message: Message | undefined): Promise<string> {
	const state = await vault.load(...all);
	const names = (message && state.get('letters', message.letterId)?.fieldNames) ?? [];
	return message?.fields[names.indexOf('invitation link')] ?? '';
}

async function tokenIn(vault: Vault, message: Message | undefined): Promise<string> {
	return (await linkIn(vault, message)).split('#/welcome/')[1] ?? '';
}

/** The answer as it comes back, verified. */
async function answer(
	vault: Vault,
	token: string,
	kind: AnswerKind,
	at = now + day,
): Promise<Receipt> {
	const text = await makeReceipt(token, kind, at, crypto);
	const keys = settingsFrom((await vault.load(...all)).rows('settings'), 'door-keys');
	const verified = await verifyReceipt(text, keys, crypto);
	if (verified.kind !== 'genuine') throw new Error(verified.kind);
	return verified.receipt;
}

async function sent(vault: Vault): Promise<void> {
	const state = await vault.load(...all);
	const messages = state
		.rows('messages')
		.map((message) => ({ ...message, state: 'sent' as const, settledAt: now }));
	await put(vault, { messages });
}

const maya = someClient('maya', { firstName: 'Maya', lastName: 'Okafor', language: 'es-MX' });

test('with the door each mail holds a link of its own, signed before the commit and frozen', async () => {
	const vault = await practiceOf(maya, someClient('li', { professional: 'Sam Ortiz' }));
	const messages = await inviteAll(vault, {
		professionals: [
			{
				id: 'p',
				name: 'Sam Ortiz',
				credentials: 'LCSW',
				replyTo: 'sam@harbor.example',
				isActive: true,
				addedAt: 1,
			},
		],
	});
	const state = await vault.load(...all);
	const seen = new Set<string>();
	for (const message of messages) {
		const link = await linkIn(vault, message);
		expect(link.startsWith('https://app.example/portico/#/welcome/')).toBe(true);
		const verified = await verifyToken(link.split('#/welcome/')[1] ?? '', now, crypto);
		if (verified.kind !== 'open') throw new Error(verified.kind);
		const invitation = state.get('invitations', message.invitationId);
		const isLi = message.clientId === 'li';
		expect(verified.token.claims).toMatchObject({
			jti: invitation?.code,
			iss: 'Harbor Practice',
			pro: isLi ? 'Sam Ortiz, LCSW' : 'Dana Reyes',
			reply: isLi ? 'sam@harbor.example' : 'dana@harbor.example',
			name: isLi ? 'Maya' : 'Maya',
			url: 'https://portal.example/join',
			lang: isLi ? '' : 'es',
			exp: (invitation?.expiresAt ?? 0) / 1000,
		});
		seen.add(link);
	}
	expect(seen.size).toBe(2);
});

test('without the door nothing changes: the link goes to the portal, and no key is made', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault, { door: defaultSettings['portal-door'] });
	expect(await linkIn(vault, message)).toMatch(
		/^https:\/\/portal\.example\/join\?invitation=[\da-f]{32}$/,
	);
	const state = await vault.load('settings');
	expect(settingsFrom(state.rows('settings'), 'door-keys').d).toBe('');
});

test('two tabs that open the door first have one key', async () => {
	const vault = await practiceOf(maya);
	const options = { settings: openDoor, practice, now, crypto };
	const [a, b] = await Promise.all([openDoorOf(vault, options), openDoorOf(vault, options)]);
	const about = { client: maya, code: 'c'.repeat(32), expiresAt: now + day };
	const keys = settingsFrom((await vault.load('settings')).rows('settings'), 'door-keys');
	for (const door of [a, b]) {
		const token = (await door?.linkOf(about))?.split('#/welcome/')[1] ?? '';
		const receipt = await makeReceipt(token, 'joined', now, crypto);
		expect((await verifyReceipt(receipt, keys, crypto)).kind).toBe('genuine');
	}
});

test('who answers ‘I have joined’ is joined, says the report, and an undo takes it back', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const receipt = await answer(vault, await tokenIn(vault, message), 'joined');
	const { verdict, entryId } = await applyAnswer(vault, receipt, now + 2 * day);
	expect(verdict.kind).toBe('ready');
	if (verdict.kind !== 'ready') return;
	expect(effectsInWords(verdict.answer)).toEqual([
		'Maya Okafor is marked as joined on 4 May 2026.',
	]);
	const { rows } = await report(vault);
	expect(rows[0]?.reasons.map((reason) => describeReason(reason, now))[0]).toBe(
		'has joined the portal, said the answer of 4 May 2026',
	);
	await undoAnswer(vault, entryId);
	expect((await report(vault)).rows[0]?.reasons[0]?.kind).toBe('already-invited');
});

test('the same answer twice, from two tabs, is applied once and then known', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const receipt = await answer(vault, await tokenIn(vault, message), 'joined');
	const both = await Promise.all([
		applyAnswer(vault, receipt, now + 2 * day),
		applyAnswer(vault, receipt, now + 3 * day),
	]);
	expect(both.map(({ verdict }) => verdict.kind).sort()).toEqual(['applied', 'ready']);
	const again = await applyAnswer(vault, receipt, now + 9 * day);
	expect(again.entryId).toBe('');
	expect(again.verdict).toMatchObject({ kind: 'applied' });
	expect((await vault.load(...all)).rows('invitations')[0]?.answers).toHaveLength(1);
});

test('a later answer that contradicts is shown with the one before, and stands once it is applied', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const token = await tokenIn(vault, message);
	await applyAnswer(vault, await answer(vault, token, 'declined'), now + 2 * day);
	expect((await report(vault)).rows[0]?.reasons[0]).toEqual({ kind: 'declined', at: now + day });
	const later = await answer(vault, token, 'joined', now + 3 * day);
	const verdict = judgeAnswer(await vault.load(...all), later, now + 4 * day);
	expect(verdict).toMatchObject({ kind: 'ready', answer: { before: { kind: 'declined' } } });
	await applyAnswer(vault, later, now + 4 * day);
	const [row] = (await report(vault)).rows;
	expect(row?.reasons.map(({ kind }) => kind)).toEqual(['joined', 'already-invited']);
});

test('the client’s page says what she answered', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	await applyAnswer(
		vault,
		await answer(vault, await tokenIn(vault, message), 'would-like'),
		now + day,
	);
	const state = await vault.load(...all);
	const standing = portalUserState(
		ownPortalUser(maya),
		state.rows('invitations'),
		carriersOf(state.rows('invitations'), state.rows('messages')),
		now,
	);
	expect(standing).toEqual({ kind: 'answered', answer: 'would-like', at: now + day });
	expect(stateInWords(standing).label).toBe('Answered ‘I would like to join’');
	// Nothing is against a reminder, and the report still knows that she was invited.
	expect((await report(vault)).rows[0]?.reasons[0]?.kind).toBe('already-invited');
});

test('who declines is left out, and a reminder that waits is called back', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await applyAnswer(
		vault,
		await answer(vault, await tokenIn(vault, message), 'declined'),
		now + day,
	);
	const [row] = (await report(vault)).rows;
	expect(row).toMatchObject({ class: 'left-out', reasons: [{ kind: 'declined' }] });
	expect((await vault.load(...all)).rows('messages')[0]?.state).toBe('cancelled');
});

test('‘do not email me’ is honoured by the next report, even from an invitation that has ended', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const receipt = await answer(
		vault,
		await tokenIn(vault, message),
		'do-not-email',
		now + 90 * day,
	);
	expect((await applyAnswer(vault, receipt, now + 91 * day)).verdict.kind).toBe('ready');
	const state = await vault.load(...all);
	expect(state.get('clients', 'maya')?.isDoNotEmail).toBe(true);
	expect((await report(vault)).rows[0]?.reasons[0]).toEqual({ kind: 'do-not-email' });
});

test('‘I have joined’ after the invitation ended changes nothing, and says until when it was open', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const receipt = await answer(vault, await tokenIn(vault, message), 'joined', now + 31 * day);
	const { verdict, entryId } = await applyAnswer(vault, receipt, now + 32 * day);
	expect(verdict).toMatchObject({ kind: 'too-late', endedAt: now + 30 * day });
	expect(entryId).toBe('');
});

test('‘not meant for me’ holds the address, until it is another one', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	await applyAnswer(
		vault,
		await answer(vault, await tokenIn(vault, message), 'not-mine'),
		now + day,
	);
	expect((await report(vault)).rows[0]).toMatchObject({
		class: 'held',
		reasons: [{ kind: 'not-hers', at: now + day }],
	});
	await put(vault, { clients: [{ ...maya, emailAddress: 'maya.o@example.com' }] });
	expect((await report(vault)).rows[0]).toMatchObject({ class: 'ready', reasons: [] });
	expect(await inviteAll(vault)).toHaveLength(2);
});

test('of a household of three, the one who was written to joins, and all are spared mail', async () => {
	const family = ['ana', 'ben', 'cy'].map((id) =>
		someClient(id, { firstName: id, emailAddress: 'home@example.com' }),
	);
	const vault = await practiceOf(...family);
	const messages = await inviteAll(vault);
	expect(messages).toHaveLength(1);
	await sent(vault);
	const token = await tokenIn(vault, messages[0]);
	await applyAnswer(vault, await answer(vault, token, 'joined'), now + 2 * day);
	const joined = async () =>
		(await vault.load(...all)).rows('clients').map(({ hasJoinedPortal }) => hasJoinedPortal);
	expect(await joined()).toEqual([true, false, false]);
	await applyAnswer(
		vault,
		await answer(vault, token, 'do-not-email', now + 3 * day),
		now + 4 * day,
	);
	const state = await vault.load(...all);
	expect(state.rows('clients').every(({ isDoNotEmail }) => isDoNotEmail)).toBe(true);
});

test('an answer to an invitation that is not here any more is said to be unknown', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	const receipt = await answer(vault, await tokenIn(vault, message), 'joined');
	const invitations = (await vault.load(...all)).rows('invitations').map(({ id }) => id);
	await vault.commit(
		() => ({ remove: { invitations } }),
		{ what: 'test', count: 1 },
		{ needs: all },
	);
	expect((await applyAnswer(vault, receipt, now)).verdict).toEqual({ kind: 'unknown' });
});

test('a guardian’s answer marks her own access, and not the client', async () => {
	const vault = await practiceOf(maya);
	const letter = { ...confirmed, invitation: { undoWindowMs: 0, expiryDays: 30 } };
	const user = {
		id: 'guardian',
		clientId: 'maya',
		contactId: '',
		name: 'Sam Ortiz',
		emailAddress: 'sam@example.com',
		permissions: [],
		addedAt: now,
		joinedAt: 0,
		bouncedAt: 0,
		revokedAt: 0,
	};
	let id = 0;
	await addPortalUser(vault, user, letter, { now, newId: () => `id-${++id}` });
	const [message] = (await vault.load(...all)).rows('messages');
	const token = await tokenIn(vault, message);
	const verified = await verifyToken(token, now, crypto);
	expect(verified).toMatchObject({ kind: 'open', token: { claims: { name: 'Sam Ortiz' } } });
	await applyAnswer(vault, await answer(vault, token, 'joined'), now + 2 * day);
	const state = await vault.load(...all);
	expect(state.get('clients', 'maya')?.hasJoinedPortal).toBe(false);
	expect(state.get('portalUsers', 'guardian')?.joinedAt).toBe(now + day);
	const standing = portalUserState(
		state.get('portalUsers', 'guardian') ?? user,
		state.rows('invitations'),
		carriersOf(state.rows('invitations'), state.rows('messages')),
		now,
	);
	expect(standing.kind).toBe('joined');
	expect(state.rows('invitations').map(standingAnswer)).toMatchObject([{ kind: 'joined' }]);
});

test('a message rendered anew keeps its signed link', async () => {
	const vault = await practiceOf(maya);
	await put(vault, { settings: [practice, openDoor] });
	const [message] = await inviteAll(vault);
	const before = await linkIn(vault, message);
	const { rendered } = await renderAnew(vault, [message?.id ?? ''], [], {
		now: () => now,
		newId: () => 'anew',
	});
	expect(rendered).toBe(1);
	const [after] = (await vault.load(...all)).rows('messages');
	expect(after?.letterId).toBe('anew');
	expect(await linkIn(vault, after)).toBe(before);
	expect(isWelcomeLink(before)).toBe(true);
});

test('a message rendered anew greets by the name of now, also behind its signed link, and keeps one that says the same', async () => {
	const vault = await practiceOf(maya);
	await put(vault, { settings: [practice, openDoor] });
	const [message] = await inviteAll(vault);
	const id = message?.id ?? '';
	let made = 0;
	const ports = {
		now: () => now,
		newId: () => `anew-${++made}`,
		signLinks: (links: readonly LinkToSign[]) => linksAnew(vault, links, now + day),
	};
	const before = await linkIn(vault, message);
	await renderAnew(vault, [id], [], ports);
	const same = (await vault.load(...all)).get('messages', id);
	expect(await linkIn(vault, same)).toBe(before);

	await put(vault, { clients: [{ ...maya, preferredName: 'May' }] });
	const { rendered } = await renderAnew(vault, [id], [], ports);
	expect(rendered).toBe(1);
	const after = (await vault.load(...all)).get('messages', id);
	expect(await linkIn(vault, after)).not.toBe(before);
	const verified = await verifyToken(await tokenIn(vault, after), now + day, crypto);
	const [invitation] = (await vault.load(...all)).rows('invitations');
	expect(verified).toMatchObject({
		kind: 'open',
		token: {
			claims: { name: 'May', jti: invitation?.code, exp: (invitation?.expiresAt ?? 0) / 1000 },
		},
	});
});

test('a reminder has the same code and a link that is open longer; a copied link is the one that was sent', async () => {
	const vault = await practiceOf(maya);
	const [first] = await inviteAll(vault);
	await sent(vault);
	const [invitation] = (await vault.load(...all)).rows('invitations');
	if (!first || !invitation) throw new Error('nothing was queued');
	const letter = { ...confirmed, invitation: { undoWindowMs: 0, expiryDays: 30 } };
	expect(await linkToCopy(vault, invitation, maya, letter, now)).toBe(await linkIn(vault, first));
	const later = now + 20 * day;
	let id = 0;
	const ports = { now: later, newId: () => `id-${++id}` };
	expect((await resendInvitation(vault, invitation.id, letter, '', ports)).kind).toBe('queued');
	const state = await vault.load(...all);
	const reminder = state.rows('messages').find(({ round }) => round === 2);
	const verified = await verifyToken(await tokenIn(vault, reminder), later, crypto);
	expect(verified).toMatchObject({
		kind: 'open',
		token: { claims: { jti: invitation.code, exp: (later + 30 * day) / 1000 } },
	});
	const known = state.get('invitations', invitation.id) ?? invitation;
	expect(await linkToCopy(vault, known, maya, letter, later)).toBe(await linkIn(vault, reminder));
	// The older link is answered as well.
	const receipt = await answer(vault, await tokenIn(vault, first), 'joined', later);
	expect((await applyAnswer(vault, receipt, later)).verdict.kind).toBe('ready');
});

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

test('‘do not email me’ outlives the next import, whatever the file says', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const token = await tokenIn(vault, message);
	await applyAnswer(vault, await answer(vault, token, 'do-not-email'), now + day);
	const file = [
		'First name,Last name,Email,Phone,Do not email',
		'Maya,Okafor,maya@example.com,555 0100,No',
		'Ben,Okafor,maya@example.com,,No',
	].join('\n');
	await takeIn(vault, new File([file], 'clients.csv'));
	const { rows } = await report(vault);
	expect(rows.map((row) => [row.client.firstName, row.class])).toContainEqual(['Maya', 'left-out']);
	expect(rows.find((row) => row.clientId === 'maya')?.client).toMatchObject({
		phone: '555 0100',
		isDoNotEmail: true,
	});
	// Whoever else comes with her address gets no mail by itself either.
	expect(rows.filter((row) => row.class === 'ready')).toEqual([]);
});
