import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import { isWelcomeLink } from '$lib/domain/welcome-link.ts';
import { applyAnswer } from '$lib/invitations/door/apply-answer.ts';
import { openDoor as openDoorOf } from '$lib/invitations/door/door.ts';
import { linkToCopy } from '$lib/invitations/door/link-to-copy.ts';
import { makeReceipt, verifyReceipt } from '$lib/invitations/door/receipts.ts';
import { verifyToken } from '$lib/invitations/door/tokens.ts';
import { resendInvitation } from '$lib/invitations/portal/resend-invitation.ts';
import { linksAnew } from '$lib/invitations/door/links-anew.ts';
import type { LinkToSign } from '$lib/outbox/link-signer.ts';
import { renderAnew } from '$lib/outbox/render-anew.ts';
import { expect, test } from 'vitest';
import { day, openDoor } from '../support/door.ts';
import { someClient } from '../support/some-client.ts';
import {
	all,
	answer,
	confirmed,
	inviteAll,
	linkIn,
	maya,
	now,
	practice,
	practiceOf,
	put,
	sent,
	tokenIn,
} from '../support/practice-with-door.ts';

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
