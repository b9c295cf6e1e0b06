import { htmlLetter, type LetterPiece } from './letter-html.ts';
import type { Letter, Message, Template } from './message.ts';
import { isPracticeField, piecesOf, practiceValue, type RecipientField } from './merge-fields.ts';
import type { OutgoingMessage } from './outcome.ts';
import { manyLines, oneLine } from './plain-text.ts';
import type { PracticeSettings } from './settings.ts';

/** What a practice writes until it has its own words. Nothing in it says what kind of practice it is. */
export const defaultTemplate: Template = Object.freeze({
	id: 'invitation',
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

/** Subject and body with what is the same for everybody filled in; what is left waits for each recipient. */
export function freezeLetter(
	template: Pick<Template, 'subject' | 'body'>,
	practice: PracticeSettings,
	id: string,
	now: number,
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
	const body = freeze(manyLines(template.body));
	return {
		id,
		format: 1,
		subject,
		body,
		fromName: senderName(practice),
		replyTo: oneLine(practice.replyTo),
		fieldNames: [...fieldNames],
		createdAt: now,
	};
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
		html: htmlLetter(pieces, { subject, sender: oneLine(letter.fromName) }),
	};
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
