import { valueOf, type Recipient } from './merge-fields.ts';
import type { Letter } from './message.ts';
import type { ProfessionalOf } from './professional.ts';
import type { PracticeSettings } from './settings/practice.ts';
import { invitationLinks } from './web-address.ts';

type FilledLetter = Pick<Letter, 'fieldNames' | 'language'>;
type About = Pick<Recipient, 'client' | 'invitation' | 'link'>;
type Filler = (about: About) => string;

/** `fieldValues` for a whole batch: what many recipients share is worked out once. */
export function fieldFiller(
	practice: PracticeSettings,
	professionalOf: ProfessionalOf | undefined,
): (letter: FilledLetter, about: About) => string[] {
	const linkOf = invitationLinks(practice.portalAddress);
	const fillerOf = (name: string, { language }: FilledLetter): Filler => {
		const fill: Filler = ({ client, invitation }) =>
			valueOf(name, { client, practice, invitation, professionalOf, language });
		if (name === 'invitation link')
			return ({ invitation, link }) => link ?? linkOf(invitation.code);
		return name === 'expiry date' ? oncePerEnd(fill) : fill;
	};
	const fillersOf = new Map<FilledLetter, readonly Filler[]>();
	return (letter, about) => {
		let fillers = fillersOf.get(letter);
		if (!fillers) {
			fillers = letter.fieldNames.map((name) => fillerOf(name, letter));
			fillersOf.set(letter, fillers);
		}
		return fillers.map((fill) => fill(about));
	};
}

/** Those who leave together expire together: the last day's words are mostly those of the next message. */
function oncePerEnd(make: Filler): Filler {
	let last: number | undefined;
	let text = '';
	return (about) => {
		const { expiresAt } = about.invitation;
		if (last !== expiresAt) {
			text = make(about);
			last = expiresAt;
		}
		return text;
	};
}
