import type { Client } from '$lib/domain/client.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import {
	buildReminderReport,
	buildReturnedReport,
	type ReportAgain,
} from '$lib/domain/report-again.ts';
import { buildReport, checkedRows } from '$lib/domain/report.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { wordingFrom } from '$lib/domain/wording.ts';
import type { ConfirmedSending } from '$lib/invitations/confirmed-sending.ts';
import { resendInvitation } from '$lib/invitations/portal/resend-invitation.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import type { Changes, Vault } from '$lib/vault/types.ts';
import { openTestVault } from './open-test-vault.ts';
import { someClient } from './some-client.ts';

export const day = 86_400_000;
export const minute = 60_000;
export const start = Date.UTC(2026, 4, 3, 9);
export const all = [
	'clients',
	'contacts',
	'portalUsers',
	'invitations',
	'messages',
	'letters',
	'settings',
	'clientChanges',
] as const;
export const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'office@harbor.example',
	portalAddress: 'https://portal.harbor.example',
};
export const base = { practice, invitation: { undoWindowMs: 10_000, expiryDays: 30 } };
export const home = 'home@example.com';
export const people = [
	someClient('maya', { firstName: 'Maya' }),
	someClient('ben', { firstName: 'Ben', emailAddress: home }),
	someClient('sam', { firstName: 'Sam', emailAddress: home }),
];

export async function put(vault: Vault, rows: Changes['put']): Promise<void> {
	await vault.commit(() => ({ put: rows }), { what: 'test', count: 1 }, { needs: all });
}

export const inputOf = (vault: Vault, now: number) => ({
	clients: vault.snapshot.rows('clients'),
	contacts: vault.snapshot.rows('contacts'),
	invitations: vault.snapshot.rows('invitations'),
	messages: vault.snapshot.rows('messages'),
	portalUsers: vault.snapshot.rows('portalUsers'),
	now,
});

export async function remindersAt(vault: Vault, now: number): Promise<ReportAgain> {
	await vault.load(...all);
	return buildReminderReport(inputOf(vault, now), 7);
}

export async function returnedAt(vault: Vault, now: number): Promise<ReportAgain> {
	await vault.load(...all);
	return buildReturnedReport(inputOf(vault, now));
}

export function confirmed(
	report: ReportAgain,
	kind: 'waiting' | 'returned',
	about: Partial<ConfirmedSending> = {},
): ConfirmedSending {
	const letter = { kind: kind === 'waiting' ? 'reminder' : 'invitation', name: '' } as const;
	return {
		...base,
		kind,
		histories: report.histories,
		rows: checkedRows(report, {}),
		template: wordingFrom([], 'en', letter),
		...about,
	};
}

export const at = (now: number) => ({ now: () => now, crypto });

export async function settle(vault: Vault, settledAt: number): Promise<void> {
	const messages = (await vault.load('messages')).rows('messages');
	await put(vault, {
		messages: messages
			.filter(({ state }) => state === 'queued')
			.map((message) => ({ ...message, state: 'sent' as const, settledAt })),
	});
}

/** A practice whose clients were invited at `start`. */
export async function invitedPractice(
	clients: readonly Client[] = people,
	about: Partial<ConfirmedSending> = {},
	others: Changes['put'] = {},
): Promise<Vault> {
	const vault = await openTestVault();
	await put(vault, { ...others, clients });
	await vault.load(...all);
	const { rows } = buildReport(inputOf(vault, start));
	const template = wordingFrom([], 'en');
	await sendInvitations(vault, { ...base, rows, template, ...about }, at(start));
	await settle(vault, start);
	return vault;
}

export function invitationOf(vault: Vault, clientId: string): Invitation {
	const own = vault.snapshot.rows('invitations').findLast((one) => one.clientId === clientId);
	if (!own) throw new Error('nobody was invited');
	return own;
}

export const newMessages = (vault: Vault): Message[] =>
	vault.snapshot.rows('messages').filter(({ state }) => state === 'queued');

/** Sends this client's invitation to her again, with the usual letter. */
export const resendTo = (vault: Vault, clientId: string, now: number) =>
	resendInvitation(
		vault,
		invitationOf(vault, clientId).id,
		{ template: wordingFrom([], 'en'), ...base },
		'',
		{ now, newId: () => crypto.randomUUID() },
	);
