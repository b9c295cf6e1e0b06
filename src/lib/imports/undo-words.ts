import type { ImportKind, UndoneCounts } from '$lib/domain/import.ts';
import { countOf } from './counts-in-words.ts';

type Tense = 'will' | 'did';

/**
 * What an undo will do or did, as a sentence whose numbers add up: "181 of 200 clients will be removed,
 * 12 stay because they were invited since; 3 updates go back, 1 stays."
 */
export function undoneInWords(counts: UndoneCounts, of: ImportKind, tense: Tense): string {
	const parts = [newClients(counts, tense), updates(counts, of, tense)].filter(Boolean);
	return parts.length === 0 ? 'There is nothing to undo.' : `${parts.join('; ')}.`;
}

const number = (count: number) => count.toLocaleString('en');
const stayed = (tense: Tense, count: number) =>
	tense === 'did' ? 'stayed' : count === 1 ? 'stays' : 'stay';
function newClients(counts: UndoneCounts, tense: Tense): string {
	const { removed, invited, edited, changedLater, gone } = counts;
	const total = removed + invited + edited + changedLater + gone;
	if (total === 0) return '';
	const be = tense === 'will' ? 'will be' : removed === 1 && total === 1 ? 'was' : 'were';
	const isAll = removed === total && total > 1;
	const subject =
		removed === total
			? `${isAll ? 'all ' : ''}${countOf(total, 'client')}`
			: `${removed === 0 ? 'none' : number(removed)} of ${countOf(total, 'client')}`;
	const parts = removed === 0 && total === 1 ? [] : [`${subject} ${be} removed`];
	const add = (count: number, why: string) => {
		const who = parts.length === 0 ? countOf(count, 'client') : number(count);
		if (count > 0) parts.push(`${who} ${stayed(tense, count)} ${why}`);
	};
	add(invited, 'because they were invited since');
	add(edited, 'because they were edited since');
	add(changedLater, 'for a later import that changed them');
	if (gone > 0) {
		const who = parts.length === 0 ? countOf(gone, 'client') : number(gone);
		parts.push(`${who} ${gone === 1 ? 'was' : 'were'} removed before`);
	}
	return capital(parts.join(', '));
}

function updates(counts: UndoneCounts, of: ImportKind, tense: Tense): string {
	const { back, backInPart, stay } = counts;
	if (back + backInPart + stay === 0) return '';
	const goes = (count: number) =>
		tense === 'did' ? 'went back' : count === 1 ? 'goes back' : 'go back';
	const what = of === 'portal-status' ? 'client' : 'update';
	const parts: string[] = [];
	if (back > 0) parts.push(`${countOf(back, what)} ${goes(back)}`);
	if (backInPart > 0)
		parts.push(`${subjectOf(backInPart, what, parts)} ${goes(backInPart)} in part`);
	if (stay > 0) parts.push(`${subjectOf(stay, what, parts)} ${stayed(tense, stay)} as changed`);
	const text = parts.join(', ');
	return counts.removed + counts.invited + counts.edited + counts.changedLater + counts.gone > 0
		? text
		: capital(text);
}

const subjectOf = (count: number, what: string, before: readonly string[]) =>
	before.length === 0 ? countOf(count, what) : number(count);

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
