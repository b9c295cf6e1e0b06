import { composeMessage, defaultTemplate } from '$lib/domain/compose.ts';
import type { Professional } from '$lib/domain/professional.ts';
import { buildReport } from '$lib/domain/report.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { answerPlaces } from '$lib/invitations/answers-go-to.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { checkProfessional } from '$lib/settings/professionals/professional-form.ts';
import {
	addProfessional,
	deactivate,
	reactivate,
	saveProfessional,
	undoProfessional,
} from '$lib/settings/professionals/save-professional.ts';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient } from '../support/some-client.ts';

let made = 0;
const ports = () => ({ now: 7, newId: () => `id-${++made}` });
const rowan = { name: 'Rowan Vale', credentials: 'LCSW', replyTo: 'rowan@harbor.example' };

async function practice() {
	const vault = await openTestVault();
	const clients = [
		someClient('a', { professional: 'Rowan Vale' }),
		someClient('b', { professional: 'rowan vale ' }),
		someClient('c', { professional: 'Ada Lee' }),
		someClient('d'),
	];
	await vault.commit(
		() => ({ put: { clients } }),
		{ what: 'test', count: 4 },
		{ needs: ['clients'] },
	);
	const load = () => vault.load('clients', 'professionals', 'clientChanges', 'messages', 'letters');
	const ofClients = async () => (await load()).rows('clients').map((client) => client.professional);
	const row = async (name: string): Promise<Professional> => {
		const found = (await load()).rows('professionals').find((one) => one.name === name);
		if (!found) throw new Error(`${name} is not here`);
		return found;
	};
	return { vault, load, ofClients, row };
}

test('deactivating gives the clients away in the same commit, and its undo brings all back', async () => {
	const { vault, load, ofClients, row } = await practice();
	await addProfessional(vault, rowan, ports());
	const done = await deactivate(vault, 'Rowan Vale', 'Ada Lee', ports());
	expect(done.clients).toBe(2);
	expect(await ofClients()).toEqual(['Ada Lee', 'Ada Lee', 'Ada Lee', '']);
	expect((await row('Rowan Vale')).isActive).toBe(false);
	expect((await load()).rows('clientChanges')).toMatchObject([
		{ clientIds: ['a', 'b'], fields: ['professional'] },
	]);
	expect(await undoProfessional(vault, done.entryId)).toBe(0);
	expect(await ofClients()).toEqual(['Rowan Vale', 'rowan vale ', 'Ada Lee', '']);
	expect((await row('Rowan Vale')).isActive).toBe(true);
	vault.close();
});

test('a client who was given to somebody else since stays there when it is undone', async () => {
	const { vault, ofClients } = await practice();
	await addProfessional(vault, rowan, ports());
	const done = await deactivate(vault, 'Rowan Vale', '', ports());
	await vault.commit(
		(state) => {
			const client = state.get('clients', 'a');
			return client && { put: { clients: [{ ...client, professional: 'Ada Lee' }] } };
		},
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	expect(await undoProfessional(vault, done.entryId)).toBe(1);
	expect(await ofClients()).toEqual(['Ada Lee', 'rowan vale ', 'Ada Lee', '']);
	vault.close();
});

test('one whom only clients name is deactivated as well, and can come back', async () => {
	const { vault, ofClients, row } = await practice();
	expect(await deactivate(vault, 'Ada Lee', '', ports())).toMatchObject({ clients: 1 });
	expect(await ofClients()).toEqual(['Rowan Vale', 'rowan vale ', '', '']);
	const { id, isActive } = await row('Ada Lee');
	expect(isActive).toBe(false);
	await reactivate(vault, id);
	expect((await row('Ada Lee')).isActive).toBe(true);
	expect((await reactivate(vault, id)).entryId).toBe('');
	vault.close();
});

test('a new name is written into the clients; another professional’s name is refused', async () => {
	const { vault, ofClients, row } = await practice();
	await addProfessional(vault, rowan, ports());
	const { id } = await row('Rowan Vale');
	const name = { value: 'Rowan Hill', base: 'Rowan Vale' };
	expect(await saveProfessional(vault, id, { name }, ports())).toMatchObject({
		kind: 'saved',
		clients: 2,
	});
	expect(await ofClients()).toEqual(['Rowan Hill', 'Rowan Hill', 'Ada Lee', '']);
	const twice = { ...rowan, name: 'ROWAN  hill' };
	expect(await addProfessional(vault, twice, ports())).toEqual({ kind: 'taken' });
	expect(checkProfessional(twice, [await row('Rowan Hill')]).name).toContain('already');
	vault.close();
});

test('two tabs: different fields both stay, the same field is told', async () => {
	const { vault, row } = await practice();
	await addProfessional(vault, rowan, ports());
	const { id } = await row('Rowan Vale');
	const save = (edits: Parameters<typeof saveProfessional>[2]) =>
		saveProfessional(vault, id, edits, ports());
	await save({ credentials: { value: 'PhD', base: 'LCSW' } });
	await save({ replyTo: { value: '', base: rowan.replyTo } });
	expect(await row('Rowan Vale')).toMatchObject({ credentials: 'PhD', replyTo: '' });
	expect(await save({ credentials: { value: 'MA', base: 'LCSW' } })).toEqual({
		kind: 'clash',
		fields: ['credentials'],
	});
	vault.close();
});

test('answers of a professional’s clients go to her address: one batch, a letter for each address', async () => {
	const { vault, load } = await practice();
	await addProfessional(vault, rowan, ports());
	const state = await load();
	const professionals = state.rows('professionals');
	const { rows } = buildReport({
		clients: state.rows('clients'),
		contacts: [],
		invitations: [],
		messages: [],
		now: 9,
	});
	const practiceSettings = {
		...defaultSettings.practice,
		yourName: 'Dana Reyes',
		replyTo: 'office@harbor.example',
		portalAddress: 'https://portal.example',
	};
	const template = {
		...defaultTemplate,
		body: '{professional with credentials} {invitation link}',
	};
	const { invitation } = defaultSettings;
	await sendInvitations(vault, {
		rows,
		template,
		practice: practiceSettings,
		invitation,
		professionals,
	});
	const after = await load();
	expect(after.rows('letters')).toHaveLength(2);
	expect(after.rows('letters').filter(({ skipped }) => skipped !== undefined)).toHaveLength(1);
	const sent = after.rows('messages').map((message) => {
		const letter = after.get('letters', message.letterId);
		if (!letter) throw new Error('no letter');
		const { replyTo, text } = composeMessage(letter, message);
		return [replyTo, text.split(' https')[0]];
	});
	expect(sent).toEqual([
		['rowan@harbor.example', 'Rowan Vale, LCSW'],
		['rowan@harbor.example', 'rowan vale, LCSW'],
		['office@harbor.example', 'Ada Lee'],
		['office@harbor.example', 'Dana Reyes'],
	]);
	expect(answerPlaces(rows, 'office@harbor.example', professionals)).toEqual([
		{ address: 'rowan@harbor.example', people: 2 },
		{ address: 'office@harbor.example', people: 2 },
	]);
	vault.close();
});
