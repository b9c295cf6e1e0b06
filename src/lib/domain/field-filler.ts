import { valueOf, type Recipient } from './merge-fields.ts';
import type { Letter } from './message.ts';
import type { ProfessionalOf } from './professional.ts';
import type { PracticeSettings } from './settings/practice.ts';
import { invitationLinks } from './web-address.ts';

type FilledLetter = Pick<Letter, 'fieldNames' | 'language'>;
type About = Pick<Recipient, 'client' | 'invitation' | 'link'>;

/** `fieldValues` for a whole batch: what many recipients share is worked out once. */
export function fieldFiller(
	practice: PracticeSettings,
	professionalOf: ProfessionalOf | undefined,
): (letter: FilledLetter, about: About) => string[] {
	const linkOf = invitationLinks(practice.portalAddress);
	const ends = new Map<FilledLetter, (expiresAt: number, make: () => string) => string>();
	return (letter, { client, invitation, link }) => {
		const { fieldNames, language } = letter;
		let endOf = ends.get(letter);
		if (!endOf) ends.set(letter, (endOf = lastOne()));
		const recipient = { client, practice, invitation, professionalOf, language };
		const values: string[] = [];
		for (const name of fieldNames)
			if (name === 'invitation link') values.push(link ?? linkOf(invitation.code));
			else if (name === 'expiry date')
				values.push(endOf(invitation.expiresAt, () => valueOf(name, recipient)));
			else values.push(valueOf(name, recipient));
		return values;
	};
}

/** Those who leave together expire together: the last day's words are mostly those of the next message. */
function lastOne(): (at: number, make: () => string) => string {
	let last: number | undefined;
	let text = '';
	return (at, make) => {
		if (last !== at) {
			text = make();
			last = at;
		}
		return text;
	};
}
