import { checkProfile, clientFrom, formOf } from '$lib/clients/profile/profile-form.ts';
import { saveProfile } from '$lib/clients/profile/save-profile.ts';
import { editClients } from '$lib/clients/change-clients.ts';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient } from '../support/some-client.ts';

const maya = someClient('maya', {
	otherEmailAddresses: ['work@example.com'],
	otherPhones: ['+1 555 0100'],
	tags: ['evening', 'group'],
	language: 'es',
	notes: 'Two\n\nparagraphs',
	hasBounced: true,
});

async function practice() {
	const vault = await openTestVault();
	await vault.commit(
		() => ({ put: { clients: [maya] } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	const client = async () => (await vault.load('clients')).get('clients', 'maya');
	return { vault, client };
}

test('a profile that goes through the form unedited is the same', () => {
	for (const client of [maya, someClient('sam')])
		expect(clientFrom(formOf(client), client)).toEqual(client);
});

test('a corrected address has not bounced yet', () => {
	const form = { ...formOf(maya), emailAddress: ' maya@example.org ' };
	expect(clientFrom(form, maya)).toMatchObject({
		emailAddress: 'maya@example.org',
		hasBounced: false,
	});
});

test('lists are taken as they are typed, blanks and repeats left out', () => {
	const form = { ...formOf(maya), tags: ' evening,, new ; evening', otherEmailAddresses: '' };
	const client = clientFrom(form, maya);
	expect(client.tags).toEqual(['evening', 'new']);
	expect('otherEmailAddresses' in client).toBe(false);
});

test('what is wrong is said by its field', () => {
	const form = {
		...formOf(maya),
		firstName: '',
		lastName: ' ',
		emailAddress: 'maya@gmial.com',
		otherEmailAddresses: 'work@example.com\nnobody',
		dateOfBirth: '2030-01-01',
	};
	const errors = checkProfile({ ...form, preferredName: '' }, '2026-11-23');
	expect(errors.firstName).toBe('Enter a name.');
	expect(errors.emailAddress).toBe('');
	expect(errors.otherEmailAddresses).toContain('email address');
	expect(errors.dateOfBirth).toContain('yet to come');
});

test('edits of different fields in two tabs both stay; of the same field, the second hears of it', async () => {
	const { vault, client } = await practice();
	const before = formOf(maya);
	await editClients(vault, ['maya'], { professional: 'Dr. Rowan' });
	const phone = { phone: { value: '5', base: before.phone } };
	expect(await saveProfile(vault, 'maya', phone)).toMatchObject({ kind: 'saved' });
	expect(await client()).toMatchObject({ professional: 'Dr. Rowan', phone: '5' });
	const late = { professional: { value: 'Ada', base: before.professional } };
	expect(await saveProfile(vault, 'maya', late)).toEqual({
		kind: 'clash',
		fields: ['professional'],
	});
	expect(await saveProfile(vault, 'maya', phone)).toEqual({ kind: 'unchanged' });
	expect(await saveProfile(vault, 'nobody', phone)).toEqual({ kind: 'gone' });
	vault.close();
});
