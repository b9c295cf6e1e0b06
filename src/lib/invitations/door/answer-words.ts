import { dateInWords } from '$lib/domain/date-in-words.ts';
import { isJoining, type AnswerKind } from '$lib/domain/welcome-receipt.ts';
import { nameOf, type ConcernedPerson, type JudgedAnswer } from './judge-answer.ts';

/** What was answered, as the welcome page said it. */
export const answerWords: Record<AnswerKind, string> = {
	joined: 'I have joined',
	'would-like': 'I would like to join',
	declined: 'No, thank you',
	'not-mine': 'This was not meant for me',
	'do-not-email': 'Please do not email me',
};

/** What 'Apply' would change, a sentence each. */
export function effectsInWords({ kind, at, people, waiting }: JudgedAnswer): string[] {
	return people
		.flatMap((person) => effectOn(person, kind, at))
		.concat(calledBack(kind, waiting.length));
}

function effectOn(person: ConcernedPerson, kind: AnswerKind, at: number): string[] {
	const name = nameOf(person);
	const whose = person.user ? `${name}’s access for ${nameOf({ ...person, user: undefined })}` : '';
	const address = person.invitation.emailAddress;
	switch (kind) {
		case 'joined':
			if (person.user) return [`${whose} is marked as joined on ${dateInWords(at)}.`];
			if (!person.isAddressee) return [];
			return person.client.hasJoinedPortal
				? [`${name} is marked as joined already; the answer is noted.`]
				: [`${name} is marked as joined on ${dateInWords(at)}.`];
		case 'would-like':
			return person.isAddressee ? [`It is noted that ${name} would like to join.`] : [];
		case 'declined':
			return person.user
				? [`${whose} is revoked.`]
				: [`${name} is left out of the report as somebody who declined.`];
		case 'not-mine':
			return person.user
				? [`${whose} is revoked.`]
				: [`${name} counts as not invited, and is held back as long as ${address} is the address.`];
		case 'do-not-email':
			if (person.user) return [`${whose} is revoked: no more letters go to ${address}.`];
			return person.isSameInbox
				? [`${name} is marked ‘Do not email’.`]
				: [`${name} has another address by now and is not changed; the answer is noted.`];
	}
}

function calledBack(kind: AnswerKind, count: number): string[] {
	if (isJoining(kind) || count === 0) return [];
	return [
		count === 1
			? 'The letter that still waits in the outbox is called back.'
			: `The ${count} letters that still wait in the outbox are called back.`,
	];
}
