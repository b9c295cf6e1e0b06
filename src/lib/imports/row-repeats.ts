import { repeatWords, type Outcome } from './decision.ts';
import { marksOfAny, newMarks } from './marks.ts';
import type { ClientMatcher, Place } from './match-clients.ts';
import { inheritMarks } from './merge-client.ts';
import type { PlannedFresh } from './planned-fresh.ts';
import { nobody, type Found, type RowOutcomes, type RowPerson } from './row-outcomes.ts';

/** Decides what becomes of a second row of the same person. */
export interface RowRepeats {
	takeRepeat(
		who: RowPerson,
		place: Pick<Place & { kind: 'repeat' }, 'earlier' | 'person'>,
		found?: Found,
	): Outcome;
	/** Only what stands against writing to somebody is taken from a second row of hers. */
	repeat(who: RowPerson, earlier: number, person: number, why: Found): Outcome;
}

export function makeRowRepeats(
	matcher: ClientMatcher,
	fresh: PlannedFresh,
	{ chosenFor, policyAtKey, say, settle, create, skip, merge, mergeFresh, change }: RowOutcomes,
): RowRepeats {
	function takeRepeat(
		who: RowPerson,
		{ earlier, person }: { earlier: number; person: number },
		found: Found = nobody,
	): Outcome {
		const chosen = chosenFor(who) ?? 'skip';
		const known = person >= 0 ? matcher.current(person) : fresh.at(earlier);
		const why: Found = { ...found, known, earlierLine: Math.abs(earlier) };
		if (chosen === 'create') {
			if (known) inheritMarks(who.row.client, known);
			return create(who, chosen, why);
		}
		if (chosen === 'skip' || !known) return repeat(who, earlier, person, why);
		return person >= 0
			? merge(who, chosen, person, why)
			: mergeFresh(who, chosen, known, earlier, why);
	}

	function repeat(who: RowPerson, earlier: number, person: number, why: Found): Outcome {
		const { client } = who.row;
		/** What the row says may be noted of another whom it may be: it is not said of both. */
		const namesakes = () => matcher.everybody(who.row).map((one) => matcher.current(one));
		const earlierPolicy = policyAtKey(earlier);
		const isFresh = person < 0 || earlierPolicy === 'create';
		const isLeft = chosenFor(who) === 'skip' || (!isFresh && earlierPolicy === 'skip');
		const before = isFresh ? undefined : matcher.current(person);
		const marks = isLeft
			? undefined
			: before
				? newMarks(before, client) && newMarks(marksOfAny([before, ...namesakes()]), client)
				: fresh.mark(earlier, client);
		const words = marks ? ' What it says against writing to this client was taken over.' : '';
		say(who, repeatWords(Math.abs(earlier)) + words);
		if (!marks || !before) return skip(who, why);
		const merged = { ...before, ...marks };
		change(person, merged);
		return settle(who, 'updated', 'update', { ...why, known: before }, merged);
	}

	return { takeRepeat, repeat };
}
