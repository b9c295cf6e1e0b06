import type { Client } from '$lib/domain/client.ts';
import { composeMessage, defaultTemplate } from '$lib/domain/compose.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { householdChoicesFrom } from '$lib/domain/household.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import { carriersOf, ownPortalUser, portalUserState } from '$lib/domain/portal-user.ts';
import { buildReport } from '$lib/domain/report.ts';
import { resendVerdict } from '$lib/domain/resend.ts';
import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import { judgeAnswer } from '$lib/invitations/door/judge-answer.ts';
import { linkToCopy } from '$lib/invitations/door/link-to-copy.ts';
import { makeReceipt, verifyReceipt } from '$lib/invitations/door/receipts.ts';
import { resendInvitation } from '$lib/invitations/portal/resend-invitation.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { lookAgain, lookedAt } from '$lib/outbox/look-again.ts';
import { messageKey } from '$lib/outbox/message-key.ts';
import type { Changes, Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { openDoor } from '../support/door.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient } from '../support/some-client.ts';

const day = 86_400_000;
const minute = 60_000;
const start = Date.UTC(2026, 4, 3, 9);
const letter = {
	template: defaultTemplate,
	practice: {
		...defaultSettings.practice,
		practiceName: 'Harbor Practice',
		yourName: 'Dana Reyes',
		replyTo: 'office@harbor.example',
		portalAddress: 'https://portal.harbor.example',
	},
	invitation: { undoWindowMs: 0, expiryDays: 30 },
};
const all = [
	'clients',
	'contacts',
	'portalUsers',
	'invitations',
	'messages',
	'letters',
	'settings',
] as const;
const emailAddress = 'home@example.com';
const maya = someClient('maya', { firstName: 'Maya', lastName: 'Okafor', emailAddress });
const ben = someClient('ben', { firstName: 'Ben', lastName: 'Adeyemi', emailAddress });

let made = 0;
const at = (now: number) => ({ now, newId: () => `again-${++made}` });

async function put(vault: Vault, rows: Changes['put']): Promise<void> {
	await vault.commit(() => ({ put: rows }), { what: 'test', count: 1 }, { needs: all });
}

/** A household that got its one mail at `start`. */
async function household(
	clients: readonly Client[],
	{ contacts = [], door }: { contacts?: readonly Contact[]; door?: typeof openDoor } = {},
): Promise<Vault> {
	const vault = await openTestVault();
	await put(vault, { clients, contacts });
	const state = await vault.load(...all);
	const { rows } = buildReport({
		clients: state.rows('clients'),
		contacts: state.rows('contacts'),
		invitations: [],
		messages: [],
		households: householdChoicesFrom(state.rows('settings')),
		now: start,
	});
	await sendInvitations(
		vault,
		{ ...letter, rows, ...(door && { door }) },
		{ now: () => start, crypto },
	);
	await settle(vault, start);
	return vault;
}

async function settle(vault: Vault, settledAt: number): Promise<void> {
	const messages = (await vault.load('messages')).rows('messages');
	const left = messages.filter(({ state }) => state === 'queued');
	await put(vault, {
		messages: left.map((message) => ({ ...message, state: 'sent', settledAt })),
	});
}

async function invitationOf(vault: Vault, clientId: string): Promise<Invitation> {
	const invitations = (await vault.load(...all)).rows('invitations');
	const own = invitations.find((one) => one.clientId === clientId);
	if (!own) throw new Error('nobody was invited');
	return own;
}

async function lastMessage(vault: Vault): Promise<Message> {
	const message = (await vault.load(...all)).rows('messages').at(-1);
	if (!message) throw new Error('nothing was queued');
	return message;
}

test('who was invited with another member’s mail can be sent her own again', async () => {
	const vault = await household([maya, ben]);
	const before = await invitationOf(vault, 'ben');
	const shared = await lastMessage(vault);
	expect(shared).toMatchObject({ clientId: 'maya', toName: 'Maya Okafor' });

	const outcome = await resendInvitation(vault, before.id, letter, '', at(start + 2 * day));

	expect(outcome).toMatchObject({ kind: 'queued' });
	const state = await vault.load(...all);
	expect(state.rows('messages')).toHaveLength(2);
	const again = await lastMessage(vault);
	expect(again).toMatchObject({
		invitationId: before.id,
		clientId: 'ben',
		toName: 'Ben Adeyemi',
		toAddress: emailAddress,
		round: 2,
	});
	const frozen = state.get('letters', again.letterId);
	const { text, subject } = composeMessage(frozen ?? fail(), again);
	expect(text).toContain('Dear Ben');
	expect(text).toContain(before.code);
	expect(text + subject).not.toMatch(/Maya|Okafor/);
	expect(state.get('invitations', before.id)).toEqual({
		...before,
		expiresAt: start + 32 * day,
	});
	expect(await invitationOf(vault, 'maya')).toMatchObject({ expiresAt: start + 30 * day });
	const secret = '0'.repeat(64);
	expect(await messageKey(crypto, secret, again)).not.toBe(
		await messageKey(crypto, secret, shared),
	);
	expect(lookAgain(await vault.load(...lookedAt), again)).toBe('');
	vault.close();
});

test('it shows as waiting with her alone, and counts as hers since the first mail', async () => {
	const vault = await household([maya, ben]);
	const { id } = await invitationOf(vault, 'ben');
	await resendInvitation(vault, id, letter, '', at(start + 2 * day));
	const stateOf = async (client: Client) => {
		const state = await vault.load(...all);
		const invitations = state.rows('invitations');
		const carriers = carriersOf(invitations, state.rows('messages'));
		return portalUserState(ownPortalUser(client), invitations, carriers, start + 2 * day);
	};
	expect(await stateOf(ben)).toMatchObject({ kind: 'queued' });
	expect(await stateOf(maya)).toMatchObject({ kind: 'invited', at: start });
	await settle(vault, start + 2 * day);
	expect(await stateOf(ben)).toEqual({
		kind: 'reminded',
		at: start,
		lastAt: start + 2 * day,
		expiresAt: start + 32 * day,
	});
	vault.close();
});

test('the pause counts every mail to that inbox, whoever of the household it was for', async () => {
	const vault = await household([maya, ben]);
	const [hers, his] = [await invitationOf(vault, 'maya'), await invitationOf(vault, 'ben')];
	const again = (reason: string, now: number) =>
		resendInvitation(vault, his.id, letter, reason, at(now));
	expect(await again('he asked', start + minute)).toMatchObject({ why: 'too-soon' });
	expect(await again('', start + 10 * minute)).toMatchObject({ why: 'too-soon' });
	await resendInvitation(vault, hers.id, letter, '', at(start + 2 * day));
	// What is about to leave to the same inbox is one mail too many already.
	expect(await again('he asked', start + 2 * day)).toMatchObject({ why: 'waiting' });
	await settle(vault, start + 2 * day);
	expect(await again('he asked', start + 2 * day + minute)).toMatchObject({ why: 'too-soon' });
	const messages = (await vault.load('messages')).rows('messages');
	expect(resendVerdict(his, messages, start + 2 * day + 10 * minute).kind).toBe('once-a-day');
	expect(await again('he asked', start + 2 * day + 10 * minute)).toMatchObject({ kind: 'queued' });
	vault.close();
});

test('a mail to another member that is held since long stands in nobody’s way', async () => {
	const vault = await household([maya, ben]);
	const [hers, his] = [await invitationOf(vault, 'maya'), await invitationOf(vault, 'ben')];
	await resendInvitation(vault, hers.id, letter, '', at(start + 2 * day));
	await put(vault, { messages: [{ ...(await lastMessage(vault)), state: 'held' }] });
	const now = start + 9 * day;
	expect(await resendInvitation(vault, his.id, letter, '', at(now))).toMatchObject({
		kind: 'queued',
	});
	vault.close();
});

test('about a child it goes to the one whom the household’s mail addressed, and to a guardian by her own card', async () => {
	const child = someClient('kid', {
		firstName: 'Kim',
		lastName: 'Okafor',
		emailAddress,
		dateOfBirth: '2015-01-01',
	});
	const vault = await household([maya, child]);
	const { id } = await invitationOf(vault, 'kid');
	await resendInvitation(vault, id, letter, '', at(start + 2 * day));
	expect(await lastMessage(vault)).toMatchObject({ clientId: 'kid', toName: 'Maya Okafor' });
	vault.close();

	const guardian = (clientId: string, name: string): Contact => ({
		id: `card-${clientId}`,
		clientId,
		name,
		emailAddress,
		phone: '',
		relationship: 'guardian',
		importId: '',
	});
	const sister = { ...child, id: 'sister', firstName: 'Ada' };
	const contacts = [guardian('kid', 'Sam Ortiz'), guardian('sister', 'Rosa Ortiz')];
	const family = await household([child, sister], { contacts });
	expect(await lastMessage(family)).toMatchObject({ clientId: 'kid', toName: 'Sam Ortiz' });
	const hers = await invitationOf(family, 'sister');
	await resendInvitation(family, hers.id, letter, '', at(start + 2 * day));
	const again = await lastMessage(family);
	expect(again).toMatchObject({ clientId: 'sister', toName: 'Rosa Ortiz' });
	expect(lookAgain(await family.load(...lookedAt), again)).toBe('');
	family.close();
});

test('a third one follows the second, whichever of the household’s mails had the higher round', async () => {
	const vault = await household([maya, ben]);
	const shared = await lastMessage(vault);
	// She was invited before, he was not.
	await put(vault, { messages: [{ ...shared, round: 7 }] });
	const { id } = await invitationOf(vault, 'ben');
	await resendInvitation(vault, id, letter, '', at(start + 2 * day));
	await settle(vault, start + 2 * day);
	await resendInvitation(vault, id, letter, '', at(start + 4 * day));
	const messages = (await vault.load('messages')).rows('messages');
	expect(messages.map(({ clientId, round }) => [clientId, round])).toEqual([
		['maya', 7],
		['ben', 2],
		['ben', 3],
	]);
	vault.close();
});

test('the answer to a letter that called him is his, and the link to copy is the one in it', async () => {
	const vault = await household([maya, ben], { door: openDoor });
	const before = await invitationOf(vault, 'ben');
	const shared = await lastMessage(vault);
	await resendInvitation(vault, before.id, { ...letter, door: openDoor }, '', at(start + 2 * day));
	const again = await lastMessage(vault);
	const linkIn = async ({ letterId, fields }: Message) => {
		const names = (await vault.load('letters')).get('letters', letterId)?.fieldNames ?? [];
		return fields[names.indexOf('invitation link')] ?? '';
	};
	const copied = await linkToCopy(vault, before, ben, { ...letter, door: openDoor }, start);
	expect(copied).toBe(await linkIn(again));
	const whoAnswered = async (message: Message) => {
		const token = (await linkIn(message)).split('#/welcome/')[1] ?? '';
		const text = await makeReceipt(token, 'joined', start + 3 * day, crypto);
		const keys = settingsFrom((await vault.load('settings')).rows('settings'), 'door-keys');
		const receipt = await verifyReceipt(text, keys, crypto);
		if (receipt.kind !== 'genuine') throw new Error(receipt.kind);
		const verdict = judgeAnswer(await vault.load(...all), receipt.receipt, start + 3 * day);
		if (verdict.kind !== 'ready') throw new Error(verdict.kind);
		return verdict.answer.people
			.filter(({ isAddressee }) => isAddressee)
			.map(({ client }) => client.id);
	};
	expect(await whoAnswered(again)).toEqual(['ben']);
	expect(await whoAnswered(shared)).toEqual(['maya']);
	vault.close();
});

function fail(): never {
	throw new Error('no letter was frozen');
}
