import type { ClientChange } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { openBackup } from '$lib/backup/read-backup.ts';
import { previewRestore } from '$lib/backup/restore/restore-backup.ts';
import { checkHistory } from '$lib/vault/journal-chain.ts';
import type { Vault } from '$lib/vault/types.ts';
import { beforeEach, expect, test } from 'vitest';
import {
	backUp,
	furnishPractice,
	passphrase,
	put,
	quickPorts,
	restore,
} from '../support/backups.ts';
import { aClient } from '../support/clients.ts';
import { openTestVault } from '../support/open-test-vault.ts';

/** Two devices of one practice: they knew the same until `furnishPractice`, and went on by themselves. */
let here: Vault;
let there: Vault;

beforeEach(async () => {
	here = await openTestVault();
	await furnishPractice(here);
	there = await openTestVault();
	await restore(there, await backUp(here));
});

const client = (vault: Vault, id: string) => vault.snapshot.get('clients', id) as Client;

let notes = 0;
const edit = (vault: Vault, id: string, fields: Partial<Client>, at: number) => {
	const note: ClientChange = {
		...{ id: `note-${(notes += 1)}`, at, what: 'edited', clientIds: [id] },
		fields: Object.keys(fields),
	};
	return put(vault, {
		put: { clients: [{ ...client(vault, id), ...fields }], clientChanges: [note] },
	});
};

async function conflictsOf() {
	const backup = await openBackup(await backUp(there), passphrase, quickPorts);
	return (await previewRestore(here, backup, quickPorts)).conflicts;
}

test('each field is the one that was changed last, on whichever device', async () => {
	await edit(here, 'p0', { phone: '1 here', firstName: 'Wrenna' }, 100);
	await edit(there, 'p0', { phone: '2 there', lastName: 'Ferreira-Okafor' }, 200);
	await edit(here, 'p1', { phone: '4 here' }, 400);
	await edit(there, 'p1', { phone: '3 there' }, 300);
	expect(await conflictsOf()).toEqual([]);
	await restore(here, await backUp(there), { mode: 'merge' });
	expect(client(here, 'p0')).toMatchObject({
		phone: '2 there',
		firstName: 'Wrenna',
		lastName: 'Ferreira-Okafor',
	});
	expect(client(here, 'p1').phone).toBe('4 here');
});

test('where one device did nothing since, the other is simply newer', async () => {
	const older = await backUp(here);
	await put(there, { put: { clients: [{ ...client(there, 'p0'), phone: '2 there' }] } });
	expect(await conflictsOf()).toEqual([]);
	await restore(here, await backUp(there), { mode: 'merge' });
	expect(client(here, 'p0').phone).toBe('2 there');
	await restore(there, older, { mode: 'merge' });
	expect(client(there, 'p0').phone).toBe('2 there');
});

test('what nobody knows the time of is asked, and the chosen side counts', async () => {
	for (const [vault, phone] of [
		[here, '1 here'],
		[there, '2 there'],
	] as const)
		await put(vault, {
			put: { clients: ['p0', 'p1'].map((id) => ({ ...client(vault, id), phone })) },
		});
	const conflicts = await conflictsOf();
	expect(conflicts).toEqual([
		{
			...{ id: 'clients/p0/phone', collection: 'clients', name: 'Wren Ferreira 0' },
			...{ field: 'phone', here: '1 here', there: '2 there' },
		},
		expect.objectContaining({ id: 'clients/p1/phone' }),
	]);
	await restore(here, await backUp(there), {
		mode: 'merge',
		choose: (id) => (id === 'clients/p1/phone' ? 'there' : 'here'),
	});
	expect([client(here, 'p0').phone, client(here, 'p1').phone]).toEqual(['1 here', '2 there']);
});

test('who asked not to be emailed, or has died, stays so without a question', async () => {
	await put(here, { put: { clients: [{ ...client(here, 'p0'), isDeceased: true }] } });
	await put(there, { put: { clients: [{ ...client(there, 'p0'), isDoNotEmail: true }] } });
	expect(await conflictsOf()).toEqual([]);
	await restore(here, await backUp(there), { mode: 'merge' });
	expect(client(here, 'p0')).toMatchObject({ isDeceased: true, isDoNotEmail: true });
});

test('nobody is removed, and who is only in the backup comes along', async () => {
	await put(here, { put: { clients: [aClient({ id: 'only-here' })] } });
	await put(there, { put: { clients: [aClient({ id: 'only-there' })] } });
	const restored = await restore(here, await backUp(there), { mode: 'merge' });
	expect(client(here, 'only-here')).toBeDefined();
	expect(client(here, 'only-there')).toBeDefined();
	expect(restored.removed).toBe(0);
});

const noteOf = (what: ClientChange['what'], clientIds: string[], at: number): ClientChange => ({
	...{ id: `note-${(notes += 1)}`, at, what, clientIds, fields: [] },
});

/** p1 becomes a part of p0. */
function mergeTwo(vault: Vault) {
	return vault.commit(
		(now) => ({
			put: {
				clients: [{ ...(now.get('clients', 'p0') as Client), formerIds: ['p1'] }],
				clientChanges: [noteOf('merged', ['p0', 'p1'], 100)],
			},
			remove: { clients: ['p1'] },
		}),
		{ what: 'clients merged', count: 2 },
		{ needs: ['clients', 'clientChanges'] },
	);
}

test('a profile that was merged into another here does not come back beside it', async () => {
	await mergeTwo(here);
	await edit(there, 'p5', { phone: '5' }, 50);
	await restore(here, await backUp(there), { mode: 'merge' });
	expect(here.snapshot.get('clients', 'p1')).toBeUndefined();
	expect(client(here, 'p0').formerIds).toEqual(['p1']);
});

test('a profile that was merged into another there goes here as well', async () => {
	await mergeTwo(there);
	await edit(here, 'p5', { phone: '5' }, 50);
	await restore(here, await backUp(there), { mode: 'merge' });
	expect(here.snapshot.get('clients', 'p1')).toBeUndefined();
	expect(client(here, 'p0').formerIds).toEqual(['p1']);
});

test('a client who was made a contact card on one device is not both afterwards', async () => {
	const convert = (vault: Vault, at: number) =>
		vault.commit(
			(now) => ({
				put: {
					contacts: [
						{
							...{ id: 'card', clientId: 'p0', name: 'Wren', emailAddress: '', phone: '' },
							...{ relationship: 'partner', importId: '' },
							profile: now.get('clients', 'p1') as Client,
						},
					],
					clientChanges: [noteOf('converted', ['p1', 'p0'], at)],
				},
				remove: { clients: ['p1'] },
			}),
			{ what: 'clients converted to contacts', count: 1 },
			{ needs: ['clients', 'contacts', 'clientChanges'] },
		);
	await convert(there, 100);
	await edit(here, 'p5', { phone: '5' }, 50);
	const file = await backUp(there);
	const other = await openTestVault();
	await restore(other, await backUp(here));
	await restore(here, file, { mode: 'merge' });
	expect(here.snapshot.get('clients', 'p1')).toBeUndefined();
	expect(here.snapshot.get('contacts', 'card')).toBeDefined();

	await restore(there, await backUp(other), { mode: 'merge' });
	expect(there.snapshot.get('clients', 'p1')).toBeUndefined();
	expect(there.snapshot.get('contacts', 'card')).toBeDefined();
});

test('two sets of practice details are a question; the secret of this device stays', async () => {
	await put(here, { put: { settings: [{ ...defaultSettings.practice, practiceName: 'Vale' }] } });
	await put(there, {
		put: {
			settings: [
				{ ...defaultSettings.practice, practiceName: 'Mill Row' },
				{ id: 'secrets', messageKeySecret: 'another' },
				{ ...defaultSettings.jmap, sessionUrl: 'https://jmap.example', token: 'hush' },
			],
		},
	});
	const conflicts = await conflictsOf();
	expect(conflicts).toEqual([
		expect.objectContaining({ id: 'settings/practice/', here: 'Vale', there: 'Mill Row' }),
	]);
	await restore(here, await backUp(there), { mode: 'merge', choose: () => 'there' });
	const now = here.snapshot;
	expect(now.get('settings', 'practice')).toMatchObject({ practiceName: 'Mill Row' });
	expect(now.get('settings', 'secrets')).toMatchObject({ messageKeySecret: '5ec2e7'.repeat(10) });
	expect(now.get('settings', 'jmap')).toMatchObject({ token: 'hush' });
});

test('the history of both holds together afterwards, and of one that came into an empty vault', async () => {
	await edit(there, 'p0', { phone: '2 there' }, 200);
	await edit(there, 'p1', { phone: '3 there' }, 300);
	await edit(here, 'p1', { phone: '1 here' }, 100);
	await restore(here, await backUp(there), { mode: 'merge' });
	await edit(here, 'p2', { phone: '5 here' }, 500);
	for (const vault of [here, there])
		expect(await checkHistory(crypto, vault.snapshot.rows('journal'))).toMatchObject({
			...{ kind: 'whole', unchained: 0 },
		});
	expect(here.snapshot.table('journal').length).toBe(7);
});

test('merging the same backup twice changes nothing the second time', async () => {
	await edit(there, 'p0', { phone: '2 there' }, 200);
	await edit(here, 'p1', { phone: '1 here' }, 100);
	const file = await backUp(there);
	await restore(here, file, { mode: 'merge' });
	const again = await restore(here, file, { mode: 'merge' });
	expect(again).toMatchObject({ added: 0, changed: 0, removed: 0 });
});
