import { type Filler, fillerOfField, type Recipient } from './merge-fields.ts';
import type { Letter } from './message.ts';
import type { SheetColumn } from './sheet.ts';
import { TextLists } from './text-columns.ts';

type FilledLetter = Pick<Letter, 'fieldNames' | 'language'>;

/** Whom a batch of one practice writes to, by place. */
export interface BatchRecipients extends Pick<Recipient, 'practice' | 'professionalOf'> {
	clients: readonly Recipient['client'][];
	codes: SheetColumn<string>;
	/** Whole, as they stand in the letter. */
	links: SheetColumn<string>;
	/** Epoch milliseconds. */
	expireAt: readonly number[];
}

/** `fieldValues` of a whole batch, of each recipient in her letter. */
export function fillLetters(
	letters: readonly FilledLetter[],
	recipients: BatchRecipients,
): TextLists {
	const different = [...new Set(letters)];
	const most = Math.max(0, ...different.map(({ fieldNames }) => fieldNames.length));
	const places = Array.from({ length: most }, (_, field): SheetColumn<string> => {
		const isLink = different.every(({ fieldNames }) => fieldNames[field] === 'invitation link');
		return isLink ? recipients.links : filled(field, letters, recipients);
	});
	return new TextLists(letters.length, places);
}

/** The values of one place; undefined where a letter has fewer. */
function filled(
	field: number,
	letters: readonly FilledLetter[],
	{ practice, professionalOf, clients, codes, links, expireAt }: BatchRecipients,
): (string | undefined)[] {
	let at = 0;
	// One for all of them, each in her turn: most fields read one thing of a recipient.
	const recipient: Recipient = {
		practice,
		professionalOf,
		invitation: {
			get code() {
				return codes.at(at) ?? '';
			},
			get expiresAt() {
				return expireAt[at] ?? 0;
			},
		},
		get client() {
			return clients[at] as Recipient['client'];
		},
		get link() {
			return links.at(at);
		},
		get language() {
			return letters[at]?.language;
		},
	};
	const fillers = new Map<FilledLetter, Filler>();
	return letters.map((letter, place) => {
		const name = letter.fieldNames[field];
		if (name === undefined) return undefined;
		let fill = fillers.get(letter);
		if (!fill) fillers.set(letter, (fill = fillerFor(name)));
		at = place;
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
