import { htmlLetter, type LetterPiece } from './letter-html.ts';
import type { Letter, Message, Template } from './message.ts';
import { isPracticeField, piecesOf, practiceValue, type RecipientField } from './merge-fields.ts';
import type { OutgoingMessage } from './outcome.ts';
import { manyLines, oneLine } from './plain-text.ts';
import { responsiveLetter } from './responsive-letter.ts';
import type { PracticeSettings } from './settings/practice.ts';
import { letterLanguageFor } from './letter-language.ts';

/** What a practice writes until it has its own words. Nothing in it says what kind of practice it is. */
export const defaultTemplate: Template = Object.freeze({
	id: 'invitation',
	name: 'Invitation',
	language: 'en',
	subject: 'Your invitation to the client portal of {practice name}',
	body: `Dear {client preferred name},

{your name} invites you to the client portal of {practice name}, a private place online for what is between you and us. This link is meant for you alone and is open until {expiry date}:

{invitation link}

You get this letter because you gave {practice name} this address. If it is not for you, or you would rather not use the portal, just reply 'not for me' and you will not be written to again.

{your name}
{practice name}`,
	changedAt: 0,
});

/**
 * Stands in a frozen letter for a brace that is only a brace, so that a practice called "{your name}"
 * never becomes a field. No template can name it.
 */
const leftBrace = '{left brace}';

/**
 * Subject and body with what is the same for everybody filled in; what is left waits for each recipient.
 * A `note` to this one recipient stands after the greeting, as it was typed: braces in it are no fields.
 */
export function freezeLetter(
	template: Pick<Template, 'subject' | 'body' | 'language'> & Pick<Letter, 'kind' | 'templateName'>,
	practice: PracticeSettings,
	id: string,
	now: number,
	note = '',
): Letter {
	const fieldNames = new Set<RecipientField>();
	const freeze = (text: string) =>
		piecesOf(text)
			.map((piece) => {
				if (piece.kind !== 'field') return literal(piece.text);
				if (isPracticeField(piece.name))
					return literal(oneLine(practiceValue(piece.name, practice)));
				fieldNames.add(piece.name);
				return `{${piece.name}}`;
			})
			.join('');
	const subject = freeze(oneLine(template.subject));
	const body = withNote(freeze(manyLines(template.body)), literal(manyLines(note)));
	return {
		id,
		format: 2,
		language: letterLanguageFor(template.language ?? '') ?? 'en',
		...(template.kind !== undefined && { kind: template.kind }),
		...(template.templateName !== undefined && { templateName: template.templateName }),
		...(note.trim() !== '' && { note }),
		subject,
		body,
		fromName: senderName(practice),
		replyTo: oneLine(practice.replyTo),
		fieldNames: [...fieldNames],
		createdAt: now,
	};
}

/** After the first paragraph, which is the greeting. */
function withNote(body: string, note: string): string {
	if (note === '') return body;
	const [greeting = '', ...rest] = body.split('\n\n');
	return [greeting, note, ...rest].join('\n\n');
}

function literal(text: string): string {
	return text.replaceAll('{', leftBrace);
}

/** "Dana Reyes, Harbor Practice": whom the recipient knows, then the practice. */
export function senderName(practice: Pick<PracticeSettings, 'yourName' | 'practiceName'>): string {
	const names = [oneLine(practice.yourName), oneLine(practice.practiceName)].filter(Boolean);
	return [...new Set(names)].join(', ');
}

/**
 * What leaves for one message. Depends on nothing but its arguments: the same key must always carry
 * the same bytes, so a change of wording or markup needs a new `format` beside this one.
 */
export function composeMessage(
	letter: Letter,
	message: Pick<Message, 'toName' | 'toAddress' | 'fields'>,
): OutgoingMessage {
	const subject = oneLine(textOf(filled(letter.subject, letter, message.fields)));
	const pieces = filled(letter.body, letter, message.fields);
	return {
		to: { name: oneLine(message.toName), address: oneLine(message.toAddress) },
		from: { name: oneLine(letter.fromName) },
		replyTo: oneLine(letter.replyTo),
		subject,
		text: `${textOf(pieces)}\n`,
		html: htmlOf(letter, pieces, subject),
	};
}

function htmlOf(letter: Letter, pieces: readonly LetterPiece[], subject: string): string {
	const sender = oneLine(letter.fromName);
	switch (letter.format) {
		case 1:
			return htmlLetter(pieces, { subject, sender });
		case 2: {
			const language = letterLanguageFor(letter.language ?? '') ?? 'en';
			return responsiveLetter(pieces, { subject, sender, language });
		}
	}
}

/** Puts the values in, reading the letter once: a value is never looked at again for fields. */
function filled(text: string, { fieldNames }: Letter, values: readonly string[]): LetterPiece[] {
	const pieces: LetterPiece[] = [];
	let end = 0;
	for (const match of text.matchAll(/\{([^{}]*)\}/g)) {
		const name = match[1] ?? '';
		const index = fieldNames.indexOf(name);
		const isBrace = match[0] === leftBrace;
		if (index < 0 && !isBrace) continue;
		if (match.index > end) pieces.push({ kind: 'text', text: text.slice(end, match.index) });
		end = match.index + match[0].length;
		const value = isBrace ? '{' : oneLine(values[index] ?? '');
		pieces.push({ kind: name === 'invitation link' ? 'link' : 'text', text: value });
	}
	if (end < text.length) pieces.push({ kind: 'text', text: text.slice(end) });
	return pieces;
}

function textOf(pieces: readonly LetterPiece[]): string {
	return pieces.map((piece) => piece.text).join('');
}
