import { letterNames, letterToSend, templatesFrom } from '$lib/domain/default-templates.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { textFor, wordingFrom } from '$lib/domain/wording.ts';
import {
	addLetter,
	chooseLetter,
	deleteLetter,
	duplicateLetter,
	letterNameError,
	renameLetter,
	undoLetter,
} from '$lib/invitations/manage-letters.ts';
import { saveTemplate, templateFrom } from '$lib/invitations/save-template.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';

const standard = { kind: 'invitation', name: '' } as const;
const short = { kind: 'invitation', name: 'Short' } as const;
let made = 0;
const ports = { newId: () => `l${++made}`, now: 5 };
const one = () => ({ id: ports.newId(), now: 5 });

async function aPractice(): Promise<Vault> {
	const vault = await openTestVault();
	await vault.load('templates', 'settings');
	return vault;
}

const templates = (vault: Vault) => vault.snapshot.rows('templates');
const names = (vault: Vault, kind: 'invitation' | 'reminder' = 'invitation') =>
	letterNames(templates(vault), kind).map(({ name }) => name);
const toSend = (vault: Vault) =>
	letterToSend(
		templates(vault),
		settingsFrom(vault.snapshot.rows('settings'), 'invitation'),
		'invitation',
	).name;

test('a letter of her own is written in one language, and the standard one stands in for the others', async () => {
	const vault = await aPractice();
	await addLetter(vault, short, standard, 'en', one());
	const edits = { body: { value: 'Hi: {invitation link}', base: templateFrom([], 'en').body } };
	expect(await saveTemplate(vault, edits, 6, 'en', short)).toMatchObject({ kind: 'saved' });
	expect(names(vault)).toEqual(['', 'Short']);
	expect(names(vault, 'reminder')).toEqual(['']);
	const wording = wordingFrom(templates(vault), 'en', short);
	expect(wording).toMatchObject({ body: 'Hi: {invitation link}', templateName: 'Short' });
	expect(textFor(wording, { language: 'es' })).toEqual(
		textFor(wordingFrom([], 'en'), { language: 'es' }),
	);
	// The standard letter is what it was.
	expect(wordingFrom(templates(vault), 'en')).toEqual(wordingFrom([], 'en'));
	await addLetter(vault, short, standard, 'es', one());
	expect(textFor(wordingFrom(templates(vault), 'en', short), { language: 'es' })).toMatchObject({
		templateName: 'Short',
	});
	vault.close();
});

test('what is chosen to be sent follows a new name, and falls back when the letter is deleted', async () => {
	const vault = await aPractice();
	await addLetter(vault, short, standard, 'en', one());
	await chooseLetter(vault, short);
	expect(toSend(vault)).toBe('Short');
	const renamed = await renameLetter(vault, short, '  Very   short ');
	expect([names(vault), toSend(vault)]).toEqual([['', 'Very short'], 'Very short']);
	await undoLetter(vault, renamed?.entryId ?? '');
	expect([names(vault), toSend(vault)]).toEqual([['', 'Short'], 'Short']);
	const deleted = await deleteLetter(vault, short);
	expect([names(vault), toSend(vault)]).toEqual([[''], '']);
	await undoLetter(vault, deleted?.entryId ?? '');
	expect([names(vault), toSend(vault)]).toEqual([['', 'Short'], 'Short']);
	vault.close();
});

test('a copy has every language, a name of its own, and the standard one can be copied too', async () => {
	const vault = await aPractice();
	const copy = await duplicateLetter(vault, { kind: 'reminder', name: '' }, ports);
	const again = await duplicateLetter(vault, { kind: 'reminder', name: '' }, ports);
	expect([copy.name, again.name]).toEqual(['Copy of Reminder', 'Copy of Reminder 2']);
	const rows = templates(vault).filter(({ name }) => name === copy.name);
	expect(rows.map(({ language }) => language)).toEqual(['en', 'es', 'fr', 'de', 'pt']);
	expect(templatesFrom(templates(vault), { kind: 'reminder', name: copy.name })).toEqual(rows);
	await undoLetter(vault, again.entryId);
	expect(names(vault, 'reminder')).toEqual(['', 'Copy of Reminder']);
	vault.close();
});

test('names are told apart, and no standard letter is renamed or deleted', async () => {
	const vault = await aPractice();
	await addLetter(vault, short, standard, 'en', one());
	const error = (name: string, own = '') =>
		letterNameError(templates(vault), 'invitation', name, own);
	expect(error(' ')).toBe('Enter a name.');
	expect(error('short')).toMatch(/already/);
	expect(error('INVITATION')).toMatch(/already/);
	expect(error('SHORT', 'Short')).toBe('');
	expect(error('x'.repeat(61))).toMatch(/at most/);
	expect(await addLetter(vault, short, standard, 'en', one())).toBeUndefined();
	expect(await renameLetter(vault, standard, 'Mine')).toBeUndefined();
	expect(await deleteLetter(vault, standard)).toBeUndefined();
	vault.close();
});

test('what was typed of a letter that another tab deleted does not become the standard one', async () => {
	const vault = await aPractice();
	await addLetter(vault, short, standard, 'en', one());
	const { body } = templateFrom(templates(vault), 'en', short);
	await deleteLetter(vault, short);
	const edits = { body: { value: 'New words', base: body } };
	expect(await saveTemplate(vault, edits, 6, 'en', short)).toEqual({
		kind: 'changed-elsewhere',
		fields: ['body'],
	});
	expect(templates(vault)).toEqual([]);
	vault.close();
});
