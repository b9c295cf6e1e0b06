import { expect, test } from 'vitest';
import { composeMessage } from '$lib/domain/compose.ts';
import { isDraft } from '$lib/domain/default-templates.ts';
import { buildReport, checkedRows } from '$lib/domain/report.ts';
import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import { wordingFrom } from '$lib/domain/wording.ts';
import { callBack } from '$lib/invitations/call-back.ts';
import { draftsInWords } from '$lib/invitations/editor/draft-words.ts';
import { notesFrom, noteTo, saveNote } from '$lib/invitations/editor/notes.ts';
import {
	markReviewed,
	resetTemplate,
	saveTemplate,
	templateFrom,
	undoTemplate,
} from '$lib/invitations/save-template.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { renderAnew } from '$lib/outbox/render-anew.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';

const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'office@harbor.example',
	portalAddress: 'https://portal.harbor.example',
};
const clients = [
	aClient({ id: 'maya' }),
	aClient({ id: 'lucia', firstName: 'Lucía', language: 'es' }),
	aClient({ id: 'aino', firstName: 'Aino', language: 'fi' }),
];

async function aPractice(): Promise<Vault> {
	const vault = await openVault('letters', new Device().openContext().ports);
	const relay = { ...defaultSettings.relay, kind: 'portico' as const, url: 'https://r.example' };
	await vault.commit(
		() => ({ put: { clients, settings: [practice, relay] } }),
		{ what: 'test', count: 3 },
		{ needs: ['clients', 'settings'] },
	);
	await vault.load('contacts', 'invitations', 'messages', 'letters', 'templates', 'settings');
	return vault;
}

function confirmed(vault: Vault, language = 'en') {
	const state = vault.snapshot;
	const report = buildReport({
		clients: state.rows('clients'),
		contacts: [],
		invitations: state.rows('invitations'),
		messages: state.rows('messages'),
		now: 0,
	});
	return {
		rows: checkedRows(report, {}),
		template: wordingFrom(state.rows('templates'), language),
		notes: notesFrom(state.rows('settings')),
		practice,
		invitation: { undoWindowMs: 10_000, expiryDays: 30 },
	};
}

/** The subject and the first two paragraphs that each client would get, by first name. */
function queued(vault: Vault): Record<string, string[]> {
	const letters = vault.snapshot.rows('letters');
	return Object.fromEntries(
		vault.snapshot
			.rows('messages')
			.filter(({ state }) => state === 'queued')
			.map((message) => {
				const letter = letters.find(({ id }) => id === message.letterId);
				if (!letter) throw new Error('no letter');
				const { subject, text } = composeMessage(letter, message);
				return [message.clientId, [subject, ...text.split('\n\n').slice(0, 2)]];
			}),
	);
}

test("each gets the letter of her language, else the practice's own; one letter a language", async () => {
	const vault = await aPractice();
	await sendInvitations(vault, confirmed(vault, 'de'));
	const mails = queued(vault);
	expect(mails.lucia?.slice(0, 2)).toEqual([
		'Su invitación al portal de Harbor Practice',
		'Hola, Lucía:',
	]);
	expect(mails.aino?.[1]).toBe('Guten Tag Aino,');
	expect(mails.maya?.[1]).toBe('Guten Tag Maya,');
	expect(vault.snapshot.rows('letters').map(({ language }) => language)).toEqual(['de', 'es']);
	vault.close();
});

test('a note is in the one letter, leaves the settings with it, and is back when the batch is called back', async () => {
	const vault = await aPractice();
	await saveNote(vault, 'maya', 'See you {soon}.');
	await saveNote(vault, 'gone', 'Never sent.');
	const batch = await sendInvitations(vault, confirmed(vault));
	expect(queued(vault).maya?.[2]).toBe('See you {soon}.');
	expect(queued(vault).lucia?.[2]).toMatch(/^Dana Reyes/);
	const notes = () => notesFrom(vault.snapshot.rows('settings'));
	expect(notes()).toEqual({ gone: 'Never sent.' });
	expect(noteTo('toString', notes())).toBe('');

	await callBack(vault, batch);
	expect(notes()).toEqual({ gone: 'Never sent.', maya: 'See you {soon}.' });
	await saveNote(vault, 'maya', '');
	expect(notes()).toEqual({ gone: 'Never sent.' });
	vault.close();
});

test('rendered anew, a letter keeps its language and its note', async () => {
	const vault = await aPractice();
	await saveNote(vault, 'lucia', 'Hasta pronto.');
	const { messageIds } = await sendInvitations(vault, confirmed(vault));
	const { subject } = templateFrom([], 'es');
	await saveTemplate(vault, { subject: { value: 'Su acceso', base: subject } }, 5, 'es');
	const { rendered } = await renderAnew(vault, messageIds);
	expect(rendered).toBe(3);
	expect(queued(vault).lucia).toEqual(['Su acceso', 'Hola, Lucía:', 'Hasta pronto.']);
	expect(queued(vault).maya?.[0]).toBe('Your invitation to the client portal of Harbor Practice');
	vault.close();
});

test('each language is saved, undone and reset on its own', async () => {
	const vault = await aPractice();
	const subjectIn = (language: 'en' | 'es') =>
		templateFrom(vault.snapshot.rows('templates'), language).subject;
	const { subject } = templateFrom([], 'es');
	const saved = await saveTemplate(vault, { subject: { value: 'Uno', base: subject } }, 5, 'es');
	expect([subjectIn('es'), subjectIn('en')]).toEqual(['Uno', templateFrom([]).subject]);
	if (saved.kind !== 'saved') throw new Error(saved.kind);
	expect(await undoTemplate(vault, saved, 'es')).toEqual([]);
	expect(subjectIn('es')).toBe(subject);
	await saveTemplate(vault, { subject: { value: 'Dos', base: subject } }, 6, 'es');
	await resetTemplate(vault, 'es');
	expect(subjectIn('es')).toBe(subject);
	vault.close();
});

test('a draft says so until a person said that it was read; her words stay read', async () => {
	const vault = await aPractice();
	const es = () => templateFrom(vault.snapshot.rows('templates'), 'es');
	const drafts = () => draftsInWords(confirmed(vault).rows, confirmed(vault).template);
	expect(drafts()).toEqual(['1 person gets the Spanish letter, a draft that nobody has read yet.']);
	await markReviewed(vault, 'es', 7);
	expect(isDraft(es())).toBe(false);
	expect(drafts()).toEqual([]);
	await saveTemplate(vault, { subject: { value: 'Uno', base: es().subject } }, 8, 'es');
	expect(es()).toMatchObject({ subject: 'Uno', reviewedAt: 7, language: 'es' });
	await markReviewed(vault, 'es', 0);
	expect(isDraft(es())).toBe(true);
	vault.close();
});

test("the practice's own language is English until it says otherwise", async () => {
	const vault = await aPractice();
	expect(settingsFrom(vault.snapshot.rows('settings'), 'invitation').language).toBe('en');
	vault.close();
});
