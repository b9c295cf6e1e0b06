import { defaultTemplate } from './compose.ts';
import { letterLanguages, type LetterLanguage } from './letter-language.ts';
import type { Template, TemplateKind } from './message.ts';
import type { InvitationSettings } from './settings/practice.ts';
import { reminderWords } from './reminder-words.ts';

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

/** A letter by its name: '' is the standard one of its kind, which is there in every language. */
export interface LetterName {
	kind: TemplateKind;
	name: string;
}

export const standardInvitation: LetterName = Object.freeze({ kind: 'invitation', name: '' });

/** What the standard letter of each kind is called. */
export const standardNames: Readonly<Record<TemplateKind, string>> = {
	invitation: 'Invitation',
	reminder: 'Reminder',
};

/** The id of a language's standard template; the English invitation has had its id since there was no other. */
export function templateId(language: LetterLanguage, kind: TemplateKind = 'invitation'): string {
	return language === 'en' ? kind : `${kind}-${language}`;
}

/** What a practice writes in this language until it has its own words. */
export function defaultTemplateIn(
	language: LetterLanguage,
	kind: TemplateKind = 'invitation',
): Template {
	if (kind === 'invitation' && language === 'en') return defaultTemplate;
	const text = kind === 'reminder' || language === 'en' ? reminderWords[language] : words[language];
	return {
		id: templateId(language, kind),
		name: standardNames[kind],
		...(kind === 'reminder' && { kind }),
		language,
		...text,
		changedAt: 0,
	};
}

/**
 * The practice's letters of one name, one a language: its own words, else the default ones. Where a letter
 * that it named is not written in a language, the standard one stands in for it.
 */
export function templatesFrom(
	rows: readonly Template[],
	letter: LetterName = standardInvitation,
): Template[] {
	return letterLanguages.map(
		(language) => namedIn(rows, letter, language) ?? standardIn(rows, letter.kind, language),
	);
}

/** The template that a practice named, in this language; undefined where it has none, or means the standard one. */
export function namedIn(
	rows: readonly Template[],
	{ kind, name }: LetterName,
	language: LetterLanguage,
): Template | undefined {
	if (name === '') return undefined;
	return rows.find(
		(row) => isNamed(row) && kindOf(row) === kind && row.name === name && row.language === language,
	);
}

function standardIn(
	rows: readonly Template[],
	kind: TemplateKind,
	language: LetterLanguage,
): Template {
	const standard = defaultTemplateIn(language, kind);
	// A row of an older version names no language.
	return { ...standard, ...rows.find(({ id }) => id === standard.id), language };
}

/** Every letter that there is of a kind: the standard one, then those that the practice named, by name. */
export function letterNames(rows: readonly Template[], kind: TemplateKind): LetterName[] {
	const names = new Set<string>();
	for (const row of rows) if (isNamed(row) && kindOf(row) === kind && row.name) names.add(row.name);
	return ['', ...[...names].sort((a, b) => a.localeCompare(b))].map((name) => ({ kind, name }));
}

/** Which letter of a kind a practice sends: the one that it chose, the standard one where that is no more. */
export function letterToSend(
	rows: readonly Template[],
	{ letterNames: names }: Pick<InvitationSettings, 'letterNames'>,
	kind: TemplateKind,
): LetterName {
	const name = names[kind] ?? '';
	return letterNames(rows, kind).find((one) => one.name === name) ?? { kind, name: '' };
}

/** What a letter is called on the screen. */
export function letterInWords({ kind, name }: LetterName): string {
	return name || standardNames[kind];
}

/** Whether a practice named it, so that it can be renamed and deleted. */
export function isNamed({ id }: Pick<Template, 'id'>): boolean {
	return !standardIds.has(id);
}

export function kindOf({ kind }: Pick<Template, 'kind'>): TemplateKind {
	return kind ?? 'invitation';
}

const standardIds: ReadonlySet<string> = new Set(
	letterLanguages.flatMap((language) =>
		(['invitation', 'reminder'] as const).map((kind) => templateId(language, kind)),
	),
);

/** The default words of a language that the practice may not speak: somebody who does has not read them yet. */
export function isDraft({
	language = 'en',
	reviewedAt = 0,
}: Pick<Template, 'language' | 'reviewedAt'>): boolean {
	return language !== 'en' && reviewedAt === 0;
}
