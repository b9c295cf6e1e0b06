import {
	addContact,
	blankContact,
	removeContact,
	saveContact,
} from '$lib/clients/profile/contacts.ts';
import { newPortalUser } from '$lib/domain/portal-user.ts';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient } from '../support/some-client.ts';

const sam = { ...blankContact, name: ' Sam  Ortiz ', emailAddress: 'sam@exmaple.com ' };

async function practice() {
	const vault = await openTestVault();
	const user = newPortalUser({
		id: 'user',
		clientId: 'kim',
		contactId: 'sam',
		name: 'Sam Ortiz',
		emailAddress: 'sam@exmaple.com',
		addedAt: 1,
	});
	await vault.commit(
		() => ({ put: { clients: [someClient('kim')], portalUsers: [user] } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients', 'portalUsers'] },
	);
	await addContact(vault, 'kim', 'sam', sam);
	const load = () => vault.load('contacts', 'portalUsers');
	return { vault, load };
}

test('a corrected card corrects the portal user who has access by it', async () => {
	const { vault, load } = await practice();
	const emailAddress = { value: 'sam@example.com', base: 'sam@exmaple.com' };
	expect(await saveContact(vault, 'sam', { emailAddress })).toMatchObject({ kind: 'saved' });
	const state = await load();
	expect(state.get('contacts', 'sam')).toMatchObject({
		name: 'Sam Ortiz',
		emailAddress: 'sam@example.com',
	});
	expect(state.get('portalUsers', 'user')?.emailAddress).toBe('sam@example.com');
	await removeContact(vault, 'sam');
	const changes = (await vault.load('clientChanges')).rows('clientChanges');
	expect(changes.map(({ what, clientIds }) => [what, ...clientIds])).toEqual([
		['contact-saved', 'kim'],
		['contact-saved', 'kim'],
		['contact-removed', 'kim'],
	]);
	vault.close();
});

test('two tabs: different fields both stay, the same field is told, a removed card is gone', async () => {
	const { vault, load } = await practice();
	await saveContact(vault, 'sam', { phone: { value: '5', base: '' } });
	await saveContact(vault, 'sam', { name: { value: 'Sam', base: 'Sam Ortiz' } });
	expect((await load()).get('contacts', 'sam')).toMatchObject({ phone: '5', name: 'Sam' });
	expect(await saveContact(vault, 'sam', { phone: { value: '6', base: '' } })).toEqual({
		kind: 'clash',
		fields: ['phone'],
	});
	expect(await saveContact(vault, 'nobody', { phone: { value: '6', base: '' } })).toEqual({
		kind: 'gone',
	});
	expect(await addContact(vault, 'nobody', 'new', sam)).toEqual({ kind: 'gone' });
	vault.close();
});
