import { type Filler, fillerOfField, type Recipient } from './merge-fields.ts';
import type { Letter } from './message.ts';
import type { SheetColumn } from './sheet.ts';
import { PrefixedTexts, TextLists } from './text-columns.ts';
import { codeInLink, partsOfLink } from './web-address.ts';

type FilledLetter = Pick<Letter, 'fieldNames' | 'language'>;

/** `fieldValues` of a whole batch of one practice, of each recipient in her letter. */
export function fillLetters<SomeLetter extends FilledLetter>(
	letters: readonly SomeLetter[],
	recipientOf: (place: number, letter: SomeLetter) => Recipient,
): TextLists {
	const different = [...new Set(letters)];
	const recipients = letters.map((letter, place) => recipientOf(place, letter));
	const most = Math.max(0, ...different.map(({ fieldNames }) => fieldNames.length));
	const places = Array.from({ length: most }, (_, field): SheetColumn<string> => {
		const isLink = different.every(({ fieldNames }) => fieldNames[field] === 'invitation link');
		return (isLink && linksTo(recipients)) || filled(field, letters, recipients);
	});
	return new TextLists(letters.length, places);
}

/** Links to the portal's own address share all but their codes. */
function linksTo(recipients: readonly Recipient[]): PrefixedTexts | undefined {
	const [first] = recipients;
	if (!first || recipients.some(({ link }) => link !== undefined)) return undefined;
	const { before, after } = partsOfLink(first.practice.portalAddress);
	const codes = recipients.map(({ invitation }) => codeInLink(invitation.code) + after);
	return new PrefixedTexts(before, codes);
}

/** The values of one place; undefined where a letter has fewer. */
function filled(
	field: number,
	letters: readonly FilledLetter[],
	recipients: readonly Recipient[],
): (string | undefined)[] {
	const fillers = new Map<FilledLetter, Filler>();
	return letters.map((letter, place) => {
		const name = letter.fieldNames[field];
		const recipient = recipients[place];
		if (name === undefined || !recipient) return undefined;
		let fill = fillers.get(letter);
		if (!fill) fillers.set(letter, (fill = fillerFor(name)));
		return fill(recipient);
	});
}

function fillerFor(name: string): Filler {
	const fill = fillerOfField(name);
	return name === 'expiry date' ? oncePerEnd(fill) : fill;
}

/** Those who leave together expire together: the last day's words are mostly those of the next message. */
function oncePerEnd(make: Filler): Filler {
	let last: number | undefined;
	let text = '';
	return (recipient) => {
		const { expiresAt } = recipient.invitation;
		if (last !== expiresAt) {
			text = make(recipient);
			last = expiresAt;
		}
		return text;
	};
}
