import type { WeekChanges } from '$lib/domain/week-changes.ts';
import { clientsInWords } from '../clients-in-words.ts';

type Change = Exclude<keyof WeekChanges, 'since'>;

const sentences: readonly [Change, (count: number) => string][] = [
	['added', (count) => `${clientsInWords(count)} ${was(count)} added`],
	['invited', (count) => `${clientsInWords(count)} ${was(count)} invited for the first time`],
	['joined', (count) => `${clientsInWords(count)} joined the portal`],
	['refused', (count) => `${count.toLocaleString('en')} ${messages(count)} ${was(count)} refused`],
	['bounced', (count) => `Mail to ${clientsInWords(count)} came back`],
	['doNotEmail', (count) => `${clientsInWords(count)} asked not to be emailed`],
	['removed', (count) => `${clientsInWords(count)} ${was(count)} removed from the list`],
];

/** What the week brought, a sentence each; empty when it brought nothing. */
export function weekInWords(week: WeekChanges): { change: Change; words: string }[] {
	return sentences.flatMap(([change, words]) =>
		week[change] > 0 ? [{ change, words: words(week[change]) }] : [],
	);
}

function was(count: number): string {
	return count === 1 ? 'was' : 'were';
}

function messages(count: number): string {
	return count === 1 ? 'message' : 'messages';
}
