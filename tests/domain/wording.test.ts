import { describe, expect, it } from 'vitest';
import { composeMessage, defaultTemplate } from '../../src/lib/domain/compose.ts';
import {
	defaultTemplateIn,
	isDraft,
	templateId,
	templatesFrom,
} from '../../src/lib/domain/default-templates.ts';
import { frozenLetters } from '../../src/lib/domain/frozen-letters.ts';
import {
	dateInLanguage,
	letterLanguageFor,
	letterLanguages,
} from '../../src/lib/domain/letter-language.ts';
import { fieldsIn, fieldValues, unresolvedFields } from '../../src/lib/domain/merge-fields.ts';
import { whatBlocksSending } from '../../src/lib/domain/sending-blockers.ts';
import { defaultSettings } from '../../src/lib/domain/settings.ts';
import { textFor, wordingFrom } from '../../src/lib/domain/wording.ts';
import { aClient } from '../support/clients.ts';

const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/',
};
const spanish = aClient({ id: 'c1', language: 'es-MX' });
const english = aClient({ id: 'c2' });

describe('the default letters', () => {
	it.each(letterLanguages)(
		'%s: needs nothing that Portico does not know, and holds the link',
		(language) => {
			const template = defaultTemplateIn(language);
			expect(unresolvedFields(template)).toEqual([]);
			expect(template.body).toContain('\n{invitation link}\n');
			expect(new Set(fieldsIn(`${template.subject}\n${template.body}`))).toEqual(
				new Set(fieldsIn(`${defaultTemplate.subject}\n${defaultTemplate.body}`)),
			);
			expect(template.language).toBe(language);
		},
	);

	it('all but the English one are drafts until a person said that they were read', () => {
		expect(letterLanguages.filter((language) => isDraft(defaultTemplateIn(language)))).toEqual([
			'es',
			'fr',
			'de',
			'pt',
		]);
		expect(isDraft({ ...defaultTemplateIn('es'), reviewedAt: 5 })).toBe(false);
	});

	it('a row of an older version, which names no language, is the English letter', () => {
		const old = { id: 'invitation', subject: 'Hi', body: 'x', changedAt: 1 };
		expect(templatesFrom([old])[0]).toMatchObject({ ...old, language: 'en' });
		expect(templatesFrom([old])).toHaveLength(letterLanguages.length);
	});
});

describe('the letter of a client', () => {
	it('is in her language, whatever its region', () => {
		expect(textFor(wordingFrom([], 'en'), spanish).language).toBe('es');
		expect(textFor(wordingFrom([], 'en'), { language: 'PT_br' }).language).toBe('pt');
	});

	it("is in the practice's own language where hers is not known or has no letter", () => {
		expect(textFor(wordingFrom([], 'de'), {}).language).toBe('de');
		expect(textFor(wordingFrom([], 'de'), { language: 'fi' }).language).toBe('de');
		expect(textFor(wordingFrom([], 'de'), { language: 'en' }).language).toBe('en');
	});

	it("takes the practice's words before the default ones", () => {
		const own = { ...defaultTemplateIn('es'), subject: 'Su acceso', changedAt: 9 };
		expect(textFor(wordingFrom([own], 'en'), spanish).subject).toBe('Su acceso');
	});
});

describe('frozen letters', () => {
	const expiresAt = new Date(2026, 4, 3, 12).getTime();
	const frozen = () => {
		let made = 0;
		return frozenLetters(wordingFrom([], 'en'), practice, [], {
			newId: () => `l${++made}`,
			now: 1,
		});
	};
	const sent = (client: typeof spanish, note = '') => {
		const letter = frozen().for(client, note);
		const fields = fieldValues(letter.fieldNames, {
			client,
			practice,
			invitation: { code: 'abc', expiresAt },
			language: letter.language,
		});
		return composeMessage(letter, { toName: 'Maya', toAddress: 'maya@example.com', fields });
	};

	it('one for each language and note, made once', () => {
		const letters = frozen();
		expect(letters.for(spanish)).toBe(letters.for(aClient({ id: 'c3', language: 'es' })));
		expect(letters.for(spanish)).not.toBe(letters.for(english));
		expect(letters.for(english, 'See you.')).not.toBe(letters.for(english));
		expect(letters.for(english, 'See you.')).toBe(letters.for(english, 'See you.'));
	});

	it('speaks one language throughout: subject, text, date and button', () => {
		const { subject, text, html } = sent(spanish);
		expect(subject).toBe('Su invitación al portal de Harbor Practice');
		expect(text).toContain('hasta el 3 de mayo de 2026:');
		expect(html).toContain('<html lang="es"');
		expect(html).toContain('>Abrir el portal</a>');
		expect(html).toContain('O copie esta dirección:');
		expect(sent(english).text).toContain('until 3 May 2026:');
		expect(sent(english).html).toContain('<html lang="en"');
	});

	it('a note stands after the greeting, as it was typed, in this one letter', () => {
		const { text, html } = sent(english, 'See you on {expiry date} & <b>soon</b>.\r\n\r\n\r\nD.');
		expect(text.split('\n\n').slice(1, 3)).toEqual([
			'See you on {expiry date} & <b>soon</b>.',
			'D.',
		]);
		expect(html).toContain('See you on {expiry date} &amp; &lt;b&gt;soon&lt;/b&gt;.');
		expect(frozen().for(english, 'Hello')).toMatchObject({ note: 'Hello' });
		expect(frozen().for(english)).not.toHaveProperty('note');
	});
});

it('dates are written as the language writes them', () => {
	const at = new Date(2027, 2, 1, 12).getTime();
	expect(letterLanguages.map((language) => dateInLanguage(at, language))).toEqual([
		'1 March 2027',
		'1 de marzo de 2027',
		'1er mars 2027',
		'1. März 2027',
		'1 de março de 2027',
	]);
	expect(letterLanguageFor('')).toBeUndefined();
});

describe('what blocks sending', () => {
	const broken = { ...defaultTemplateIn('es'), body: 'Hola' };
	const relay = { ...defaultSettings.relay, kind: 'portico' as const, url: 'https://r.example' };
	const template = wordingFrom([broken], 'en');
	const rowOf = (client: typeof spanish) => ({
		client,
		clientId: client.id,
		class: 'ready' as const,
		reasons: [],
		inbox: 'x@example.com',
	});

	it('a broken letter stops nobody who does not get it', () => {
		expect(whatBlocksSending({ practice, relay, template, rows: [rowOf(english)] })).toEqual([]);
		const [blocker] = whatBlocksSending({ practice, relay, template, rows: [rowOf(spanish)] });
		expect(blocker).toMatchObject({ kind: 'no-link', where: 'template' });
		expect(blocker?.words).toMatch(/^The Spanish letter: /);
	});

	it('where it is not known who gets one, every letter is looked at', () => {
		expect(whatBlocksSending({ practice, relay, template }).map(({ kind }) => kind)).toEqual([
			'no-link',
		]);
	});

	it('each language has its id, and English the one of old', () => {
		expect(letterLanguages.map((language) => templateId(language))).toEqual([
			'invitation',
			'invitation-es',
			'invitation-fr',
			'invitation-de',
			'invitation-pt',
		]);
	});
});
