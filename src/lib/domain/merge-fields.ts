import { fullName, greetingName, type Client } from './client.ts';
import { dateInLanguage, letterLanguageFor } from './letter-language.ts';
import { withCredentials, type ProfessionalOf } from './professional.ts';
import { invitationLink } from './web-address.ts';
import type { PracticeSettings } from './settings/practice.ts';

/** What a template may name in braces: `{client first name}`. */
export const mergeFields = [
	'client first name',
	'client preferred name',
	'client full name',
	'professional',
	'professional with credentials',
	'invitation link',
	'expiry date',
	'practice name',
	'your name',
	'portal address',
] as const;

export type MergeField = (typeof mergeFields)[number];

/** The same for everybody: filled in when the letter is frozen. */
export type PracticeField = 'practice name' | 'your name' | 'portal address';
export type RecipientField = Exclude<MergeField, PracticeField>;

/** A text cut at its braces. `unresolved` is what stands in braces and names no field, or a lone brace. */
export type TemplatePiece =
	| { kind: 'text'; text: string }
	| { kind: 'field'; name: MergeField }
	| { kind: 'unresolved'; text: string };

const known = new Map<string, MergeField>(mergeFields.map((name) => [name, name]));

/** Reads a template's text once from left to right. Capitals and repeated blanks in a field do not matter. */
export function piecesOf(text: string): TemplatePiece[] {
	const pieces: TemplatePiece[] = [];
	let end = 0;
	for (const match of text.matchAll(/\{([^{}]*)\}|[{}]/g)) {
		if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
		end = match.index + match[0].length;
		const name = known.get((match[1] ?? '').trim().replace(/\s+/g, ' ').toLowerCase());
		// In '{{practice name}}' the outer braces stay behind as lone ones, and so block sending.
		pieces.push(name ? { kind: 'field', name } : { kind: 'unresolved', text: match[0] });
	}
	if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
	return pieces;
}

/** The fields that a text names, each once, in the order in which they first come. */
export function fieldsIn(text: string): MergeField[] {
	const names = new Set<MergeField>();
	for (const piece of piecesOf(text)) if (piece.kind === 'field') names.add(piece.name);
	return [...names];
}

/** What stands in braces in subject or body and names no field, as written; lone braces included. */
export function unresolvedFields(template: { subject: string; body: string }): string[] {
	const found = new Set<string>();
	for (const text of [template.subject, template.body])
		for (const piece of piecesOf(text)) if (piece.kind === 'unresolved') found.add(piece.text);
	return [...found];
}

export function isPracticeField(name: MergeField): name is PracticeField {
	return name === 'practice name' || name === 'your name' || name === 'portal address';
}

export interface Recipient {
	client: Pick<Client, 'firstName' | 'lastName' | 'preferredName' | 'professional'>;
	practice: PracticeSettings;
	invitation: { code: string; expiresAt: number };
	/** The invitation's link where it is not made of the portal's address and the code. */
	link?: string | undefined;
	/** The letter's, for the words of a date; English where it is left out. */
	language?: string | undefined;
	/** Whose credentials are known; without it nobody's are. */
	professionalOf?: ProfessionalOf | undefined;
}

/** One value for each name, in the same order; '' where it is not known. */
export function fieldValues(names: readonly string[], recipient: Recipient): string[] {
	return names.map((name) => fillerOfField(name)(recipient));
}

/** Makes the value of one name; '' where it is not known. */
export type Filler = (recipient: Recipient) => string;

export function fillerOfField(name: string): Filler {
	const field = known.get(name);
	return field ? fillers[field] : () => '';
}

// In a solo practice nobody else can be meant.
const professionalOf: Filler = ({ client, practice }) =>
	client.professional.trim() || practice.yourName.trim();

const fillers: Record<MergeField, Filler> = {
	'client first name': ({ client }) => client.firstName.trim() || fullName(client),
	'client preferred name': ({ client }) => greetingName(client).trim(),
	'client full name': ({ client }) => fullName(client) || client.preferredName.trim(),
	professional: professionalOf,
	'professional with credentials': (recipient) => {
		const professional = professionalOf(recipient);
		return withCredentials(professional, recipient.professionalOf?.(professional));
	},
	'invitation link': ({ practice, invitation, link }) =>
		link ?? invitationLink(practice.portalAddress, invitation.code),
	'expiry date': ({ invitation, language = '' }) =>
		dateInLanguage(invitation.expiresAt, letterLanguageFor(language) ?? 'en'),
	'practice name': ({ practice }) => practiceValue('practice name', practice),
	'your name': ({ practice }) => practiceValue('your name', practice),
	'portal address': ({ practice }) => practiceValue('portal address', practice),
};

/** The value that is the same in everybody's letter. */
export function practiceValue(name: PracticeField, practice: PracticeSettings): string {
	switch (name) {
		case 'practice name':
			return practice.practiceName.trim();
		case 'your name':
			return practice.yourName.trim();
		case 'portal address':
			return practice.portalAddress.trim();
	}
}

/** The names whose value is empty: a letter with such a hole must not leave. */
export function emptyFields(names: readonly string[], values: readonly string[]): string[] {
	return names.filter((_, index) => (values[index] ?? '').trim() === '');
}
