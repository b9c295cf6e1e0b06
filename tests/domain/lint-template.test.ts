import { describe, expect, it } from 'vitest';
import { defaultTemplate } from '../../src/lib/domain/compose.ts';
import { defaultTemplateIn } from '../../src/lib/domain/default-templates.ts';
import { letterLanguages } from '../../src/lib/domain/letter-language.ts';
import { type LintKind, lintTemplate } from '../../src/lib/domain/lint-template.ts';
import { whatBlocksSending } from '../../src/lib/domain/sending-blockers.ts';
import { defaultSettings } from '../../src/lib/domain/settings.ts';

const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/',
};
const { subject, body } = defaultTemplate;
const kindsOf = (text: Partial<typeof defaultTemplate>, settings = practice): LintKind[] =>
	lintTemplate({ ...defaultTemplate, ...text }, settings).map(({ kind }) => kind);

describe('a letter is read while it is typed', () => {
	it.each(letterLanguages)('nothing is to be said of the default one (%s)', (language) => {
		expect(lintTemplate(defaultTemplateIn(language), practice)).toEqual([]);
	});

	it('what is missing, with the reason', () => {
		expect(kindsOf({ subject: ' ' })).toEqual(['empty-subject']);
		expect(kindsOf({ body: '' })).toEqual(['empty-body']);
		expect(lintTemplate({ subject, body: 'Hello' }, practice)).toEqual([
			{
				kind: 'no-link',
				isError: true,
				where: 'body',
				words: 'The text lacks {invitation link}.',
				why: 'Without the link nobody can get in.',
			},
		]);
	});

	it('fields that are none, each once, and lone braces', () => {
		expect(kindsOf({ body: `${body} {nobody} {nobody} {` })).toEqual([
			'unresolved-field',
			'unresolved-field',
		]);
		const [note] = lintTemplate({ subject, body: `${body} {date of birth}` }, practice);
		expect(note).toMatchObject({ kind: 'unresolved-field', isError: true });
		expect(note?.why).toContain('belongs in the portal');
	});

	it('fields that the settings leave empty', () => {
		expect(kindsOf({}, { ...practice, practiceName: ' ' })).toEqual(['empty-field']);
	});

	it('a subject that is too long, in figures, as it will read', () => {
		const long = 'An invitation to what we keep for you at {practice name}, from us';
		const [note] = lintTemplate({ subject: long, body }, practice);
		expect(note?.words).toContain('about 65 characters; 60 are the most');
		expect(kindsOf({ subject: long }, { ...practice, practiceName: 'Us' })).toEqual([]);
	});

	it('a link that becomes no button, and an address that was typed', () => {
		expect(kindsOf({ body: 'Go to {invitation link}.' })).toEqual(['link-in-line']);
		expect(kindsOf({ body: '{ Invitation  Link }\n\nBye' })).toEqual([]);
		expect(kindsOf({ body: 'See www.portal.example\n\n{invitation link}' })).toEqual([
			'typed-link',
		]);
	});
});

describe('words that tell of care', () => {
	it.each([
		['en', 'Your next therapy session', ['therapy', 'session']],
		['en', 'For our PATIENTS', ['PATIENTS']],
		['en', 'Carefully made, obsessional about a patio', []],
		['es', 'Su próxima sesión de terapia', ['sesión', 'terapia']],
		['fr', 'Votre séance de psychothérapie', ['séance', 'psychothérapie']],
		['de', 'Ihre Gesprächstherapiesitzung', ['Gesprächstherapiesitzung']],
		['pt', 'Sua sessão, seu diagnóstico', ['sessão', 'diagnóstico']],
		['de', 'Your diagnosis', ['diagnosis']],
	] as const)('%s: %s', (language, subject, words) => {
		const notes = lintTemplate({ subject, body, language }, practice);
		expect(
			notes
				.filter(({ where }) => where === 'subject')
				.map(({ words }) => /'([^']*)'/.exec(words)?.[1]),
		).toEqual(words);
		expect(notes.every(({ isError, why }) => !isError && why !== '')).toBe(true);
	});

	it('also in the name of the practice where the subject shows it', () => {
		const named = { ...practice, practiceName: 'Harbor Therapy' };
		const [note, ...more] = lintTemplate({ subject, body }, named);
		expect(note?.words).toBe(
			"'Therapy', from the name of your practice, in the subject tells that this is about care.",
		);
		expect(more).toEqual([]);
	});

	it.each([
		['en', 'Bring your date of birth'],
		['es', 'Su fecha de nacimiento'],
		['fr', 'Votre date de naissance'],
		['de', 'Ihr Geburtsdatum'],
		['pt', 'Sua data de nascimento'],
	] as const)('%s: a private fact: %s', (language, words) => {
		expect(
			lintTemplate({ subject, body: `${words}\n\n{invitation link}`, language }, practice),
		).toMatchObject([{ kind: 'private-fact', isError: false, where: 'body' }]);
	});
});

it('errors are what blocks sending, and warnings never are', () => {
	const relay = { ...defaultSettings.relay, kind: 'portico' as const, url: 'https://r.example' };
	for (const text of [
		{ subject: '', body },
		{ subject, body: '' },
		{ subject, body: 'x' },
		{ subject, body: `${body} {x}` },
		{ subject: 'Therapy', body },
		{ subject: 'x'.repeat(90), body: 'At {invitation link}' },
		{ subject, body },
	]) {
		const isBlocked = whatBlocksSending({ practice, relay, template: text }).length > 0;
		expect(lintTemplate(text, practice).some(({ isError }) => isError)).toBe(isBlocked);
	}
});
