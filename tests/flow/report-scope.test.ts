// 'Invite to portal' in Clients: the report of just these, and nobody else is written to while it stands.
import { chooseForReport } from '$lib/clients/bulk/choose-for-report.ts';
import { deleteClients } from '$lib/clients/change-clients.ts';
import type { Client } from '$lib/domain/client.ts';
import { defaultTemplate } from '$lib/domain/compose.ts';
import { reportScope, reportWithin } from '$lib/domain/report-scope.ts';
import { buildReport, checkedRows } from '$lib/domain/report.ts';
import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import { callBack } from '$lib/invitations/call-back.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { saveChoices } from '$lib/report/save-choices.ts';
import { showEveryone, showOnly } from '$lib/report/show-everyone.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { someClient } from '../support/some-client.ts';

const everything = ['clients', 'contacts', 'invitations', 'messages', 'settings'] as const;

const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'office@harbor.example',
	portalAddress: 'https://portal.harbor.example',
};

async function aTab(device: Device): Promise<Vault> {
	const vault = await openVault('scope', device.openContext().ports);
	await vault.load(...everything);
	return vault;
}

async function aPractice(about: (at: number) => Partial<Client> = () => ({})) {
	const device = new Device();
	const vault = await aTab(device);
	const clients = Array.from({ length: 6 }, (_, at) => someClient(`c${at}`, about(at)));
	await vault.commit(
		() => ({ put: { clients } }),
		{ what: 'test', count: 6 },
		{ needs: ['clients'] },
	);
	return { device, vault };
}

function reportOf(vault: Vault) {
	const now = vault.snapshot;
	return buildReport({
		clients: now.rows('clients'),
		contacts: now.rows('contacts'),
		invitations: now.rows('invitations'),
		messages: now.rows('messages'),
		now: Date.UTC(2026, 4, 4),
	});
}

/** A send of everybody who is checked in a report of all, as from a page that knows of no scope. */
function sendToAll(vault: Vault) {
	const { choices } = settingsFrom(vault.snapshot.rows('settings'), 'report-selection');
	return sendInvitations(vault, {
		rows: checkedRows(reportOf(vault), choices),
		template: defaultTemplate,
		practice,
		invitation: { undoWindowMs: 10_000, expiryDays: 30 },
	});
}

const scopeIn = (vault: Vault) => reportScope(vault.snapshot.rows('settings'));
const writtenTo = (vault: Vault) => vault.snapshot.rows('messages').map((one) => one.toAddress);

test('whom a person chose survives a reload', async () => {
	const { device, vault } = await aPractice();
	await chooseForReport(vault, ['c1', 'c4', 'c1'], 7);
	vault.close();
	const again = await aTab(device);
	expect(scopeIn(again)).toEqual({ id: 'report-scope', clientIds: ['c1', 'c4'], chosenAt: 7 });
	again.close();
});

test('nobody outside the scope is written to, even by a page that shows everyone', async () => {
	const { vault } = await aPractice();
	await saveChoices(vault, new Map([['c1', false]]));
	await chooseForReport(vault, ['c1', 'c4', 'c5'], 7);
	const batch = await sendToAll(vault);
	expect(batch).toMatchObject({ people: 2, skipped: 3 });
	expect(writtenTo(vault)).toEqual(['c4@example.com', 'c5@example.com']);
	vault.close();
});

test('two tabs: who chooses in one while the other is about to send to all writes to the chosen alone', async () => {
	const { device, vault } = await aPractice();
	const other = await aTab(device);
	await chooseForReport(other, ['c2'], 7);
	await sendToAll(vault);
	expect(writtenTo(vault)).toEqual(['c2@example.com']);
	vault.close();
	other.close();
});

test('a sending ends the scope, its undo brings it back, and the choices stay as they were', async () => {
	const { vault } = await aPractice();
	await saveChoices(vault, new Map([['c0', false]]));
	await chooseForReport(vault, ['c1', 'c4'], 7);
	const batch = await sendToAll(vault);
	expect(scopeIn(vault)).toBeUndefined();
	await callBack(vault, batch);
	expect(scopeIn(vault)?.clientIds).toEqual(['c1', 'c4']);
	const { choices } = settingsFrom(vault.snapshot.rows('settings'), 'report-selection');
	expect(choices).toEqual({ c0: false });
	vault.close();
});

test('an undo does not take the place of whom the person chose since', async () => {
	const { vault } = await aPractice();
	await chooseForReport(vault, ['c1'], 7);
	const batch = await sendToAll(vault);
	await chooseForReport(vault, ['c2', 'c3'], 8);
	await callBack(vault, batch);
	expect(scopeIn(vault)?.clientIds).toEqual(['c2', 'c3']);
	vault.close();
});

test('when nobody in the scope can be written to, nothing is queued and the scope stands', async () => {
	const { vault } = await aPractice((at) => (at === 3 ? { isDoNotEmail: true } : {}));
	await chooseForReport(vault, ['c3'], 7);
	expect(await sendToAll(vault)).toMatchObject({ people: 0 });
	expect(writtenTo(vault)).toEqual([]);
	expect(scopeIn(vault)?.clientIds).toEqual(['c3']);
	vault.close();
});

test('to be chosen overrides no reason, and who was deleted since is counted no more', async () => {
	const { vault } = await aPractice((at) => ({
		...(at === 0 ? { isDoNotEmail: true } : {}),
		...(at === 1 ? { emailAddress: 'c1@gmial.com' } : {}),
	}));
	await chooseForReport(vault, ['c0', 'c1', 'c2', 'c3'], 7);
	await deleteClients(vault, ['c3'], 8);
	const within = reportWithin(reportOf(vault), scopeIn(vault)?.clientIds ?? []);
	expect(within.counts).toEqual({ ready: 1, held: 1, 'left-out': 1 });
	expect(within.rows.map((row) => row.reasons[0]?.kind)).toEqual([
		'do-not-email',
		'looks-mistyped',
		undefined,
	]);
	vault.close();
});

test('everyone again, and its undo', async () => {
	const { vault } = await aPractice();
	expect(await showEveryone(vault)).toBeUndefined();
	await chooseForReport(vault, ['c1'], 7);
	const ended = await showEveryone(vault);
	expect(scopeIn(vault)).toBeUndefined();
	if (ended) await showOnly(vault, ended);
	expect(scopeIn(vault)?.clientIds).toEqual(['c1']);
	vault.close();
});

test('who chooses all clients limits nothing', async () => {
	const { vault } = await aPractice();
	await chooseForReport(vault, ['c1'], 7);
	await chooseForReport(vault, ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'], 8);
	expect(scopeIn(vault)).toBeUndefined();
	vault.close();
});
