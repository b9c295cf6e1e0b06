import { composeMessage, defaultTemplate } from '$lib/domain/compose.ts';
import { fullName, type Client } from '$lib/domain/client.ts';
import { householdChoicesFrom } from '$lib/domain/household.ts';
import { buildReport, checkedRows, type ReportRow } from '$lib/domain/report.ts';
import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import { callBack } from '$lib/invitations/call-back.ts';
import { saveTemplate } from '$lib/invitations/save-template.ts';
import type { ConfirmedSending } from '$lib/invitations/confirmed-sending.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { saveChoices } from '$lib/report/save-choices.ts';
import type { Changes, CommitOptions, Snapshot, Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';

const everything = [
	'clients',
	'contacts',
	'invitations',
	'messages',
	'portalUsers',
	'letters',
	'templates',
	'settings',
	'journal',
] as const;

const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'office@harbor.example',
	portalAddress: 'https://portal.harbor.example',
};

let names = 0;

async function aTab(device = new Device()): Promise<Vault> {
	return openVault('report', device.openContext().ports);
}

async function aPractice(clients: readonly Client[], device = new Device()): Promise<Vault> {
	const vault = await aTab(device);
	const entry = { what: 'test', count: clients.length };
	await vault.commit(() => ({ put: { clients } }), entry, { needs: ['clients'] });
	await vault.load(...everything);
	return vault;
}

function people(count: number): Client[] {
	return Array.from({ length: count }, (_, i) =>
		aClient({ id: `c${i}`, firstName: 'Maya', lastName: `Okafor ${names++}` }),
	);
}

function reportOf(now: Snapshot) {
	return buildReport({
		clients: now.rows('clients'),
		contacts: now.rows('contacts'),
		invitations: now.rows('invitations'),
		messages: now.rows('messages'),
		households: householdChoicesFrom(now.rows('settings')),
		now: Date.UTC(2026, 4, 4),
	});
}

function checked(vault: Vault): ReportRow[] {
	const { choices } = settingsFrom(vault.snapshot.rows('settings'), 'report-selection');
	return checkedRows(reportOf(vault.snapshot), choices);
}

const confirmed = (rows: readonly ReportRow[]): ConfirmedSending => ({
	rows,
	template: defaultTemplate,
	practice,
	invitation: { undoWindowMs: 10_000, expiryDays: 30 },
});

test('a send is one commit: letter, invitations, messages and the secret together', async () => {
	const vault = await aPractice(people(12));
	const before = vault.snapshot.revision;
	const batch = await sendInvitations(vault, confirmed(checked(vault)));
	const now = vault.snapshot;
	expect(now.revision).toBe(before + 1);
	expect(batch).toMatchObject({ people: 12, skipped: 0 });
	expect(now.rows('invitations')).toHaveLength(12);
	expect(now.rows('messages').map(({ state }) => state)).toEqual(Array(12).fill('queued'));
	expect(now.rows('letters')).toHaveLength(1);
	expect(now.rows('journal').at(-1)).toMatchObject({ what: 'invitations queued', count: 12 });
	const { messageKeySecret } = settingsFrom(now.rows('settings'), 'secrets');
	expect(messageKeySecret).toMatch(/^[0-9a-f]{64}$/);
	const codes = now.rows('invitations').map(({ code }) => code);
	expect(new Set(codes).size).toBe(12);
	expect(codes.every((code) => /^[0-9a-f]{32}$/.test(code))).toBe(true);
	expect(reportOf(now).counts).toEqual({ ready: 0, held: 0, 'left-out': 12 });
	vault.close();
});

test('the secret is made once', async () => {
	const vault = await aPractice(people(4));
	const rows = checked(vault);
	await sendInvitations(vault, confirmed(rows.slice(0, 2)));
	const first = settingsFrom(vault.snapshot.rows('settings'), 'secrets').messageKeySecret;
	await sendInvitations(vault, confirmed(rows.slice(2)));
	expect(settingsFrom(vault.snapshot.rows('settings'), 'secrets').messageKeySecret).toBe(first);
	vault.close();
});

test('a double click queues nobody twice', async () => {
	const vault = await aPractice(people(20));
	const sending = confirmed(checked(vault));
	const batches = await Promise.all([
		sendInvitations(vault, sending),
		sendInvitations(vault, sending),
	]);
	expect(batches.map((batch) => batch.people).sort((a, b) => a - b)).toEqual([0, 20]);
	expect(vault.snapshot.rows('messages')).toHaveLength(20);
	vault.close();
});

test('a refusal or a doubt that came after the confirmation is not overridden by it', async () => {
	const vault = await aPractice(people(3));
	const shown = checked(vault);
	await sendInvitations(vault, confirmed(shown));
	const became = [
		{ state: 'failed', settledAt: 5, reason: 'No such inbox.' },
		{ state: 'cancelled', maybeSentAt: 7 },
		// Called back before it left: nothing is in doubt.
		{ state: 'cancelled' },
	] as const;
	const messages = vault.snapshot
		.rows('messages')
		.map((message, at) => ({ ...message, ...became[at] }));
	await vault.commit(
		() => ({ put: { messages } }),
		{ what: 'test', count: 3 },
		{ needs: ['messages'] },
	);

	const late = await sendInvitations(vault, confirmed(shown));

	expect(late).toMatchObject({ people: 1, skipped: 2 });
	expect(vault.snapshot.rows('messages').at(-1)?.clientId).toBe('c2');
	const { rows } = reportOf(vault.snapshot);
	const knowing = rows.filter((row) => row.class === 'held');
	expect(await sendInvitations(vault, confirmed(knowing))).toMatchObject({ people: 2 });
	vault.close();
});

test.each([true, false])('two tabs at once queue nobody twice (locks: %s)', async (hasLocks) => {
	const device = new Device();
	device.hasLocks = hasLocks;
	const one = await aPractice(people(30), device);
	const two = await aTab(device);
	await two.load(...everything);
	const batches = await Promise.all([
		sendInvitations(one, confirmed(checked(one).slice(0, 20))),
		sendInvitations(two, confirmed(checked(two).slice(10))),
	]);
	expect(batches.reduce((sum, batch) => sum + batch.people, 0)).toBe(30);
	expect(batches.reduce((sum, batch) => sum + batch.skipped, 0)).toBe(10);
	const now = await one.load('messages', 'invitations');
	expect(new Set(now.rows('messages').map(({ clientId }) => clientId)).size).toBe(30);
	expect(now.rows('messages')).toHaveLength(30);
	one.close();
	two.close();
});

test('a client who changed after the confirmation is left out, and may be looked at again', async () => {
	const device = new Device();
	const one = await aPractice(people(3), device);
	const rows = checked(one);
	const two = await aTab(device);
	const now = await two.load('clients');
	const edited = { ...(now.get('clients', 'c1') as Client), emailAddress: 'new@example.com' };
	await two.commit(
		() => ({ put: { clients: [edited] }, remove: { clients: ['c2'] } }),
		{ what: 'test', count: 2 },
		{ needs: ['clients'] },
	);
	const batch = await sendInvitations(one, confirmed(rows));
	expect(batch).toMatchObject({ people: 1, skipped: 2 });
	expect(one.snapshot.rows('messages').map(({ toAddress }) => toAddress)).toEqual([
		'c0@example.com',
	]);
	expect(checked(one).map(({ inbox }) => inbox)).toEqual(['new@example.com']);
	one.close();
	two.close();
});

test('clients at one inbox get one message', async () => {
	const [anna, ben, cleo] = people(3) as [Client, Client, Client];
	const vault = await aPractice([anna, { ...ben, emailAddress: anna.emailAddress }, cleo]);
	const batch = await sendInvitations(vault, confirmed(checked(vault)));
	expect(batch.people).toBe(3);
	expect(batch.messageIds).toHaveLength(2);
	vault.close();
});

test('a choice is used up by the invitation', async () => {
	const [anna] = people(1) as [Client];
	const vault = await aPractice([{ ...anna, dateOfBirth: '', kind: 'minor' }]);
	await saveChoices(vault, new Map([[anna.id, true]]));
	expect(await sendInvitations(vault, confirmed(checked(vault)))).toMatchObject({ people: 1 });
	const choices = settingsFrom(vault.snapshot.rows('settings'), 'report-selection').choices;
	expect(choices).toEqual({});
	vault.close();
});

test('a household, or a guardian, that changed after the confirmation is left out, too', async () => {
	const device = new Device();
	const [anna, ben, mia] = people(3) as [Client, Client, Client];
	const child = { ...mia, dateOfBirth: '', kind: 'minor' } as const;
	const guardian = {
		id: 'g',
		clientId: mia.id,
		name: 'Ada Okafor',
		emailAddress: 'ada@example.com',
		phone: '',
		relationship: 'guardian',
		importId: '',
	} as const;
	const shared = { ...ben, emailAddress: anna.emailAddress };
	const vault = await aPractice([anna, shared, child], device);
	const put = (put: Changes['put'], needs: CommitOptions['needs']) =>
		vault.commit(() => (put ? { put } : undefined), { what: 'test', count: 1 }, { needs });
	await put({ contacts: [guardian] }, ['contacts']);
	const rows = checked(vault);
	expect(rows.map(({ inbox }) => inbox)).toEqual([
		anna.emailAddress,
		anna.emailAddress,
		'ada@example.com',
	]);
	const byInbox = { [anna.emailAddress]: 'each' } as const;
	await put({ settings: [{ id: 'households', byInbox }] }, ['settings']);
	await put({ contacts: [{ ...guardian, emailAddress: 'new@example.com' }] }, ['contacts']);

	expect(await sendInvitations(vault, confirmed(rows))).toMatchObject({ people: 0, skipped: 3 });
	const batch = await sendInvitations(vault, confirmed(checked(vault)));
	expect(batch).toMatchObject({ people: 3 });
	const { messages, invitations } = {
		messages: vault.snapshot.rows('messages'),
		invitations: vault.snapshot.rows('invitations'),
	};
	expect(messages.map(({ toName, toAddress }) => [toName, toAddress])).toEqual([
		[fullName(anna), anna.emailAddress],
		[fullName(ben), anna.emailAddress],
		['Ada Okafor', 'new@example.com'],
	]);
	expect(invitations.map(({ contactId }) => contactId)).toEqual([undefined, undefined, 'g']);
	const users = () => vault.snapshot.rows('portalUsers');
	expect(users()).toMatchObject([
		{ clientId: mia.id, contactId: 'g', name: 'Ada Okafor', emailAddress: 'new@example.com' },
	]);
	await callBack(vault, batch);
	expect(users()).toEqual([]);
	vault.close();
});

test('a batch that is called back was never invited, and is chosen as it was', async () => {
	const [anna, ben, cleo] = people(3) as [Client, Client, Client];
	const vault = await aPractice([anna, { ...ben, dateOfBirth: '', kind: 'minor' }, cleo]);
	await saveChoices(
		vault,
		new Map([
			[anna.id, false],
			[ben.id, true],
		]),
	);
	const before = checked(vault).map((row) => row.client.id);
	const batch = await sendInvitations(vault, confirmed(checked(vault)));
	const revision = vault.snapshot.revision;
	expect(await callBack(vault, batch)).toEqual({ calledBack: 2, left: 0 });
	expect(vault.snapshot.revision).toBe(revision + 1);
	expect(vault.snapshot.rows('messages').map(({ state }) => state)).toEqual([
		'cancelled',
		'cancelled',
	]);
	expect(checked(vault).map((row) => row.client.id)).toEqual(before);
	const again = await sendInvitations(vault, confirmed(checked(vault)));
	expect(again.people).toBe(2);
	expect(vault.snapshot.rows('invitations').map(({ round }) => round)).toEqual([1, 1, 2, 2]);
	vault.close();
});

test('what has been claimed is not called back', async () => {
	const vault = await aPractice(people(3));
	const batch = await sendInvitations(vault, confirmed(checked(vault)));
	const [claimed] = vault.snapshot.rows('messages');
	if (!claimed) throw new Error('nothing was queued');
	const sending = { ...claimed, state: 'sending', attempts: 1 } as const;
	await vault.commit(
		() => ({ put: { messages: [sending] } }),
		{ what: 'test', count: 1 },
		{ needs: ['messages'] },
	);
	expect(await callBack(vault, batch)).toEqual({ calledBack: 2, left: 1 });
	expect(vault.snapshot.get('messages', claimed.id)).toEqual(sending);
	expect(await callBack(vault, batch)).toEqual({ calledBack: 0, left: 1 });
	vault.close();
});

test('TROUBLE 5: template and client edited after queueing: what leaves is what was confirmed', async () => {
	const vault = await aPractice(people(1));
	await sendInvitations(vault, confirmed(checked(vault)));
	const outgoing = () => {
		const now = vault.snapshot;
		const [message] = now.rows('messages');
		const letter = message && now.get('letters', message.letterId);
		if (!message || !letter) throw new Error('nothing was queued');
		return composeMessage(letter, message);
	};
	const before = outgoing();
	const edits = {
		subject: { value: 'Other', base: defaultTemplate.subject },
		body: { value: 'Other {invitation link}', base: defaultTemplate.body },
	};
	expect((await saveTemplate(vault, edits, 1)).kind).toBe('saved');
	const client = vault.snapshot.get('clients', 'c0') as Client;
	const edited = { ...client, firstName: 'Noor', emailAddress: 'other@example.com' };
	const settings = [{ ...practice, practiceName: 'Other Practice' }];
	await vault.commit(
		() => ({ put: { clients: [edited], settings } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients', 'settings'] },
	);
	expect(outgoing()).toEqual(before);
	expect(before.text).toContain('Dear Maya');
	vault.close();
});

test('10,000 are queued in one commit and read back by the next tab', async () => {
	const device = new Device();
	const vault = await aPractice(people(10_000), device);
	const before = vault.snapshot.revision;
	const batch = await sendInvitations(vault, confirmed(checked(vault)));
	expect(batch.people).toBe(10_000);
	expect(vault.snapshot.revision).toBe(before + 1);
	const other = await aTab(device);
	const now = await other.load(...everything);
	expect(now.rows('messages')).toHaveLength(10_000);
	expect(reportOf(now).counts).toEqual({ ready: 0, held: 0, 'left-out': 10_000 });
	vault.close();
	other.close();
});
