import { defaultTemplate } from './compose.ts';
import { letterLanguages, type LetterLanguage } from './letter-language.ts';
import type { Template } from './message.ts';

type Words = Pick<Template, 'subject' | 'body'>;

const words: Readonly<Record<Exclude<LetterLanguage, 'en'>, Words>> = {
	es: {
		subject: 'Su invitación al portal de {practice name}',
		body: `Hola, {client preferred name}:

{your name} le invita al portal de {practice name}, un lugar privado en línea para lo que queda entre usted y nosotros. Este enlace es solo para usted y está abierto hasta el {expiry date}:

{invitation link}

Recibe esta carta porque dio esta dirección a {practice name}. Si no es para usted, o si prefiere no usar el portal, responda simplemente «no es para mí» y no le escribiremos más.

{your name}
{practice name}`,
	},
	fr: {
		subject: 'Votre invitation au portail de {practice name}',
		body: `Bonjour {client preferred name},

{your name} vous invite sur le portail de {practice name}, un lieu privé en ligne pour ce qui reste entre vous et nous. Ce lien n’est destiné qu’à vous et reste ouvert jusqu’au {expiry date} :

{invitation link}

Vous recevez cette lettre parce que vous avez donné cette adresse à {practice name}. Si elle n’est pas pour vous, ou si vous préférez ne pas utiliser le portail, répondez simplement « pas pour moi » et nous ne vous écrirons plus.

{your name}
{practice name}`,
	},
	de: {
		subject: 'Ihre Einladung zum Portal von {practice name}',
		body: `Guten Tag {client preferred name},

{your name} lädt Sie in das Portal von {practice name} ein, einen privaten Ort im Netz für das, was zwischen Ihnen und uns bleibt. Dieser Link ist nur für Sie bestimmt und bis zum {expiry date} offen:

{invitation link}

Sie erhalten diesen Brief, weil Sie {practice name} diese Adresse gegeben haben. Wenn er nicht für Sie ist oder Sie das Portal lieber nicht nutzen, antworten Sie einfach „nicht für mich“, und wir schreiben Ihnen nicht wieder.

{your name}
{practice name}`,
	},
	pt: {
		subject: 'Seu convite para o portal de {practice name}',
		body: `Olá, {client preferred name},

{your name} convida você para o portal de {practice name}, um lugar privado on-line para o que fica entre você e nós. Este link é só para você e fica aberto até {expiry date}:

{invitation link}

Você recebe esta carta porque deu este endereço a {practice name}. Se ela não é para você, ou se prefere não usar o portal, basta responder “não é para mim” e não escreveremos mais.

{your name}
{practice name}`,
	},
};

/** The id of a language's template; the English one has had its id since there was no other. */
export function templateId(language: LetterLanguage): string {
	return language === 'en' ? defaultTemplate.id : `${defaultTemplate.id}-${language}`;
}

/** What a practice writes in this language until it has its own words. */
export function defaultTemplateIn(language: LetterLanguage): Template {
	if (language === 'en') return defaultTemplate;
	return {
		id: templateId(language),
		name: 'Invitation',
		language,
		...words[language],
		changedAt: 0,
	};
}

/** The practice's letters, one a language: its own words, else the default ones. */
export function templatesFrom(rows: readonly Template[]): Template[] {
	return letterLanguages.map((language) => {
		const standard = defaultTemplateIn(language);
		// A row of an older version names no language.
		return { ...standard, ...rows.find(({ id }) => id === standard.id), language };
	});
}

/** The default words of a language that the practice may not speak: somebody who does has not read them yet. */
export function isDraft({
	language = 'en',
	reviewedAt = 0,
}: Pick<Template, 'language' | 'reviewedAt'>): boolean {
	return language !== 'en' && reviewedAt === 0;
}
