import { historyOf } from '$lib/clients/profile/history.ts';
import { householdChoicesFrom } from '$lib/domain/household.ts';
import { buildReport } from '$lib/domain/report.ts';
import { addGuardian, chooseForHousehold, mendAddress, takeBack } from '$lib/report/mend.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { onTestFinished, expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';

const needs = [
	'clients',
	'contacts',
	'invitations',
	'messages',
	'settings',
	'portalUsers',
] as const;
const now = Date.UTC(2026, 4, 4);
const nothing = { changes: [], imports: [], invitations: [], messages: [], letters: [] };
let made = 0;
const ports = { now, newId: () => `id${++made}` };

async function aPractice(): Promise<Vault> {
	const device = new Device();
	const vault = await openVault('report-mending', device.openContext().ports);
	onTestFinished(() => vault.close());
	const clients = [
		aClient({ id: 'slip', emailAddress: 'maya@gmial.example', hasBounced: true }),
		aClient({ id: 'child', emailAddress: 'child@example.com', dateOfBirth: '2016-01-01' }),
		aClient({ id: 'sam', emailAddress: 'home@example.com', dateOfBirth: '1980-01-01' }),
		aClient({ id: 'alex', emailAddress: 'home@example.com', dateOfBirth: '1980-01-01' }),
	];
	await vault.commit(() => ({ put: { clients } }), { what: 'test', count: 4 }, { needs });
	return vault;
}

async function rowsOf(vault: Vault) {
	const state = await vault.load(...needs);
	const { rows } = buildReport({
		clients: state.rows('clients'),
		contacts: state.rows('contacts'),
		invitations: [],
		messages: [],
		households: householdChoicesFrom(state.rows('settings')),
		now,
	});
	return new Map(rows.map((row) => [row.clientId, row]));
}

test('an address is mended in one commit, with the bounce that spoke of the old one, and undone', async () => {
	const vault = await aPractice();
	const before = vault.snapshot.get('clients', 'slip');
	const entryId = await mendAddress(vault, { clientId: 'slip' }, ' maya@gmail.example ', ports);
	expect((await rowsOf(vault)).get('slip')).toMatchObject({
		class: 'ready',
		inbox: 'maya@gmail.example',
	});
	const [change] = (await vault.load('clientChanges')).rows('clientChanges');
	expect(change).toMatchObject({ what: 'edited', clientIds: ['slip'], fields: ['emailAddress'] });

	expect(await takeBack(vault, entryId)).toBe(true);
	expect(vault.snapshot.get('clients', 'slip')).toEqual(before);
});

test('a guardian is added, her address mended where her card has it, and both are undone', async () => {
	const vault = await aPractice();
	expect((await rowsOf(vault)).get('child')?.class).toBe('held');
	const guardian = { name: ' Ada  Okafor', emailAddress: 'ada@gmial.example' };
	const added = await addGuardian(vault, 'child', guardian, ports);
	const row = (await rowsOf(vault)).get('child');
	expect(row).toMatchObject({ class: 'held', addressee: { name: 'Ada Okafor' } });
	const contactId = row?.addressee?.contactId ?? '';
	const changes = (await vault.load('clientChanges')).rows('clientChanges');
	expect(changes).toMatchObject([{ what: 'contact-saved', clientIds: ['child'], at: now }]);
	const child = (await vault.load('clients')).get('clients', 'child');
	expect(child && historyOf(child, { ...nothing, changes }).map(({ words }) => words)).toEqual([
		'A contact was saved',
	]);
	const mended = await mendAddress(
		vault,
		{ clientId: 'child', contactId },
		'ada@gmail.example',
		ports,
	);
	expect((await rowsOf(vault)).get('child')).toMatchObject({
		class: 'ready',
		inbox: 'ada@gmail.example',
	});
	expect(vault.snapshot.get('clients', 'child')?.emailAddress).toBe('child@example.com');

	await takeBack(vault, mended);
	await takeBack(vault, added);
	expect((await rowsOf(vault)).get('child')).toMatchObject({
		class: 'held',
		reasons: [{ kind: 'minor-without-guardian' }],
	});
});

test('a choice for a household is kept, undone, and undone not where another was made since', async () => {
	const vault = await aPractice();
	const choiceOf = async () => (await rowsOf(vault)).get('sam')?.household?.choice;
	const homes = ['home@example.com'];
	const each = await chooseForHousehold(vault, homes, 'each');
	expect(await choiceOf()).toBe('each');
	expect(await takeBack(vault, each)).toBe(true);
	expect(await choiceOf()).toBe('one');
	const again = await chooseForHousehold(vault, homes, 'each');
	await chooseForHousehold(vault, ['other@example.com'], 'each');
	expect(await takeBack(vault, again)).toBe(false);
	expect(await choiceOf()).toBe('each');
});

test('nobody is mended who is gone', async () => {
	const vault = await aPractice();
	expect(await mendAddress(vault, { clientId: 'nobody' }, 'a@example.com', ports)).toBe('');
	expect(await addGuardian(vault, 'nobody', { name: 'A', emailAddress: '' }, ports)).toBe('');
});
