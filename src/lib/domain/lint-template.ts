import { languageOf, type LetterText } from './wording.ts';
import { isPracticeField, piecesOf, practiceValue, type TemplatePiece } from './merge-fields.ts';
import type { PracticeSettings } from './settings/practice.ts';
import { careWordsIn, privateFactsIn } from './telling-words.ts';

export type LintKind =
	| 'empty-subject'
	| 'empty-body'
	| 'no-link'
	| 'unresolved-field'
	| 'empty-field'
	| 'long-subject'
	| 'link-in-line'
	| 'typed-link'
	| 'care-word'
	| 'private-fact';

/** What is wrong with a letter, or worth a second look, and why. */
export interface LintNote {
	kind: LintKind;
	/** Nothing is sent with it; the others are for the person to weigh. */
	isError: boolean;
	where: 'subject' | 'body';
	words: string;
	why: string;
}

/** Phones show about this much of a subject; longer ones are cut in lists of mail. */
export const longestSubject = 60;
/** About as long as a first name is. */
const guessedValue = 'Alexandra';

/**
 * Reads a letter as somebody else would, while it is typed. `practice`: what the fields that are the same
 * for everybody stand for; left out, they are not looked into.
 */
export function lintTemplate(text: LetterText, practice?: PracticeSettings): LintNote[] {
	return [
		...missing(text),
		...fieldNotes(text, practice),
		...subjectNotes(text, practice),
		...linkNotes(text),
		...tellingNotes(text, practice),
	];
}

function missing({ subject, body }: LetterText): LintNote[] {
	const notes: LintNote[] = [];
	if (!subject.trim())
		notes.push({
			kind: 'empty-subject',
			isError: true,
			where: 'subject',
			words: 'The subject is empty.',
			why: 'Mail without a subject looks like spam, and is filtered as such.',
		});
	if (!body.trim())
		notes.push({
			kind: 'empty-body',
			isError: true,
			where: 'body',
			words: 'The text is empty.',
			why: 'There is nothing to send.',
		});
	else if (!piecesOf(body).some((piece) => piece.kind === 'field' && isLink(piece)))
		notes.push({
			kind: 'no-link',
			isError: true,
			where: 'body',
			words: 'The text lacks {invitation link}.',
			why: 'Without the link nobody can get in.',
		});
	return notes;
}

function isLink(piece: TemplatePiece): boolean {
	return piece.kind === 'field' && piece.name === 'invitation link';
}

function fieldNotes(text: LetterText, practice: PracticeSettings | undefined): LintNote[] {
	const notes = new Map<string, LintNote>();
	for (const where of ['subject', 'body'] as const)
		for (const piece of piecesOf(text[where])) {
			if (piece.kind === 'unresolved')
				notes.set(`${where} ${piece.text}`, {
					kind: 'unresolved-field',
					isError: true,
					where,
					words:
						piece.text.length > 1
							? `${piece.text} is no merge field.`
							: `A lone ${piece.text} stands in the ${where === 'body' ? 'text' : where}.`,
					why: /birth|diagnos|insur|treat/i.test(piece.text)
						? 'Portico puts no such fact into a mail: it belongs in the portal.'
						: 'Nothing can be filled in for it. Take a field from the menu instead.',
				});
			if (piece.kind !== 'field' || !practice || !isPracticeField(piece.name)) continue;
			if (practiceValue(piece.name, practice) === '')
				notes.set(piece.name, {
					kind: 'empty-field',
					isError: true,
					where,
					words: `{${piece.name}} is empty in your settings.`,
					why: 'The letter would have a hole there.',
				});
		}
	return [...notes.values()];
}

/** The text with what it stands for where that is known, so that what is read is what is judged. */
function readable(text: string, practice: PracticeSettings | undefined, unknown: string): string {
	return piecesOf(text)
		.map((piece) => {
			if (piece.kind !== 'field') return piece.text;
			return practice && isPracticeField(piece.name)
				? practiceValue(piece.name, practice)
				: unknown;
		})
		.join('');
}

function subjectNotes({ subject }: LetterText, practice: PracticeSettings | undefined): LintNote[] {
	const { length } = [...readable(subject.trim(), practice, guessedValue)];
	if (length <= longestSubject) return [];
	return [
		{
			kind: 'long-subject',
			isError: false,
			where: 'subject',
			words: `The subject has about ${length} characters; ${longestSubject} are the most that lists of mail show.`,
			why: 'Phones show about 40 of them: what matters must come first.',
		},
	];
}

function linkNotes({ body }: LetterText): LintNote[] {
	const notes: LintNote[] = [];
	const standsAlone =
		/(?:^|\n[^\S\n]*\n)[^\S\n]*\{\s*invitation\s+link\s*\}[^\S\n]*(?:\n[^\S\n]*\n|$)/i;
	const trimmed = body.trim();
	if (piecesOf(body).some(isLink) && !standsAlone.test(trimmed))
		notes.push({
			kind: 'link-in-line',
			isError: false,
			where: 'body',
			words: '{invitation link} does not stand alone between two empty lines.',
			why: 'Only there it becomes a button, which is easier to find and to press.',
		});
	const typed = /\b(?:https?:\/\/|www\.)[^\s{}]+/i.exec(body)?.[0];
	if (typed)
		notes.push({
			kind: 'typed-link',
			isError: false,
			where: 'body',
			words: `'${typed}' is typed into the text.`,
			why: "It opens nobody's own invitation, and a second address makes a mail look like a fraud.",
		});
	return notes;
}

function tellingNotes(text: LetterText, practice: PracticeSettings | undefined): LintNote[] {
	const language = languageOf(text);
	const notes: LintNote[] = [];
	for (const where of ['subject', 'body'] as const) {
		const own = readable(text[where], undefined, ' ');
		// A practice is named in its letters anyway; in a subject its name is read by bystanders too.
		const read = where === 'subject' ? readable(text[where], practice, ' ') : own;
		for (const word of careWordsIn(read, language)) {
			const isInName = !careWordsIn(own, language).includes(word);
			notes.push({
				kind: 'care-word',
				isError: false,
				where,
				words: `'${word}'${isInName ? ', from the name of your practice,' : ''} in the ${where === 'body' ? 'text' : where} tells that this is about care.`,
				why:
					where === 'subject'
						? 'A subject shows on a locked phone, and to whoever else looks at the inbox.'
						: 'Mail is not sealed: others who read this inbox should not learn of it.',
			});
		}
		for (const fact of privateFactsIn(own, language))
			notes.push({
				kind: 'private-fact',
				isError: false,
				where,
				words: `'${fact}' in the ${where === 'body' ? 'text' : where} speaks of something private.`,
				why: 'Such a fact belongs in the portal: a mail can be forwarded, and read on the way.',
			});
	}
	return notes;
}
