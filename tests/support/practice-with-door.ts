import { defaultTemplate } from '$lib/domain/compose.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Message } from '$lib/domain/message.ts';
import { buildReport, type Report } from '$lib/domain/report.ts';
import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import type { AnswerKind, Receipt } from '$lib/domain/welcome-receipt.ts';
import { makeReceipt, verifyReceipt } from '$lib/invitations/door/receipts.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import type { Changes, Vault } from '$lib/vault/types.ts';
import { day, openDoor } from './door.ts';
import { openTestVault } from './open-test-vault.ts';
import { someClient } from './some-client.ts';

export const now = Date.UTC(2026, 4, 3, 9);

export const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/join',
};

export const confirmed = {
	template: defaultTemplate,
	practice,
	invitation: { undoWindowMs: 0, expiryDays: 30 },
	door: openDoor,
};

export const all = [
	'clients',
	'contacts',
	'invitations',
	'messages',
	'letters',
	'settings',
	'portalUsers',
] as const;

/** A vault with these clients and nothing else. */
export async function practiceOf(...clients: Client[]): Promise<Vault> {
	const vault = await openTestVault();
	await put(vault, { clients });
	return vault;
}

/** Past every rule: the rows as they are. */
export async function put(vault: Vault, rows: Changes['put']): Promise<void> {
	await vault.commit(() => ({ put: rows }), { what: 'test', count: 1 }, { needs: all });
}

/** Whom the practice would invite now. */
export async function report(vault: Vault): Promise<Report> {
	const state = await vault.load(...all);
	return buildReport({
		clients: state.rows('clients'),
		contacts: state.rows('contacts'),
		invitations: state.rows('invitations'),
		messages: state.rows('messages'),
		now,
	});
}

/** Sends to all whom the report names, the door open; resolves with every message there is. */
export async function inviteAll(vault: Vault, about: object = {}): Promise<Message[]> {
	const { rows } = await report(vault);
	await sendInvitations(
		vault,
		{ rows: rows.filter((row) => row.class !== 'left-out'), ...confirmed, ...about },
		{ now: () => now, crypto },
	);
	return [...(await vault.load(...all)).rows('messages')];
}

/** The invitation's link in this message; '' where its letter has none. */
export async function linkIn(vault: Vault, message: Message | undefined): Promise<string> {
	const state = await vault.load(...all);
	const names = (message && state.get('letters', message.letterId)?.fieldNames) ?? [];
	return message?.fields[names.indexOf('invitation link')] ?? '';
}

/** What its link carries behind the welcome page's address. */
export async function tokenIn(vault: Vault, message: Message | undefined): Promise<string> {
	return (await linkIn(vault, message)).split('#/welcome/')[1] ?? '';
}

/** The answer as it comes back, verified. */
export async function answer(
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

/** Every message has left. */
export async function sent(vault: Vault): Promise<void> {
	const state = await vault.load(...all);
	const messages = state
		.rows('messages')
		.map((message) => ({ ...message, state: 'sent' as const, settledAt: now }));
	await put(vault, { messages });
}

export const maya = someClient('maya', {
	firstName: 'Maya',
	lastName: 'Okafor',
	language: 'es-MX',
});
