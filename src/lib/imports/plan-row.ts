import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { Outcome } from './decision.ts';
import { makeLikelyLook } from './likely-look.ts';
import type { ClientMatcher, IsKnown, Place } from './match-clients.ts';
import { likelyWords, type MatchPolicy, type MatchReason } from './match-policy.ts';
import { inheritAddressMarks, inheritMarks, mergeWays } from './merge-client.ts';
import {
	keyOf,
	makeRowOutcomes,
	nobody,
	type Found,
	type RowPerson,
	type RowPlanContext,
} from './row-outcomes.ts';
import { makeRowRepeats } from './row-repeats.ts';

/** Decides what becomes of people whose place is known. */
export interface RowPlanner {
	policyOf(person: RowPerson): MatchPolicy;
	/** Tells whether a row says nothing new of a client, by the row's policy. */
	isKnown(person: RowPerson): IsKnown;
	takeNew(person: RowPerson): Outcome;
	takeKnown(person: RowPerson, place: Place & { kind: 'known' }): Outcome;
	takeRepeat(
		person: RowPerson,
		place: Pick<Place & { kind: 'repeat' }, 'earlier' | 'person'>,
	): Outcome;
	/** A profile that was merged into this known client. */
	takeMergedAway(person: RowPerson, known: number, reason: MatchReason): Outcome;
}

export function makeRowPlanner(
	existing: { clients: readonly Client[]; contacts: readonly Contact[] },
	matcher: ClientMatcher,
	context: RowPlanContext,
): RowPlanner {
	const { fresh } = context;
	const outcomes = makeRowOutcomes(existing.contacts, matcher, context);
	const { chosenFor, policyOf, say, settle, create, skip, merge } = outcomes;
	const { takeRepeat, repeat } = makeRowRepeats(matcher, fresh, outcomes);
	const likelySame = makeLikelyLook(existing.clients, matcher, context);
	const isUpdated = outcomes.knownBy(mergeWays.update);
	const isFilled = outcomes.knownBy(mergeWays['fill-blanks']);

	/** What a person chose when she merged them is not gone over: without her choice only blanks are filled. */
	function takeMergedAway(who: RowPerson, person: number, reason: MatchReason): Outcome {
		const known = matcher.current(person);
		const found: Found = { known, reason, isLikely: false };
		const chosen = chosenFor(who) ?? (context.policy === 'update' ? 'fill-blanks' : context.policy);
		if (chosen === 'skip') return skip(who, found);
		const { row } = who;
		if (chosen === 'create') {
			inheritMarks(row.client, known);
			return create(who, chosen, found);
		}
		say(
			who,
			'This profile was merged into another client. Only what is blank there was taken from this row.',
		);
		const externalId = known.externalId || row.client.externalId;
		const hers = { ...who, row: { ...row, client: { ...row.client, externalId } } };
		return merge(hers, chosen, person, found);
	}

	return {
		policyOf,
		takeRepeat: (who, place) => takeRepeat(who, place),

		takeMergedAway,

		/** Nobody is certainly this client: without a person's choice she is new, and it is said. */
		takeNew(who) {
			const likely = likelySame(who);
			if (!likely) return create(who, 'create', nobody);
			const { person, reason, earlier } = likely;
			const { client } = who.row;
			const known = earlier === 0 ? matcher.current(person) : fresh.at(earlier);
			const found: Found = { known, reason, isLikely: true };
			if (earlier !== 0) found.earlierLine = Math.abs(earlier);
			if (known && reason === 'address') inheritAddressMarks(client, known);
			const chosen = chosenFor(who);
			if (chosen === undefined) {
				const whom =
					earlier === 0
						? 'a client who is here already'
						: `the same client as in line ${Math.abs(earlier)}`;
				say(who, `This may be ${whom}. ${likelyWords[reason]}.`);
				return create(who, 'create', found);
			}
			// Chosen as somebody else, of whom nothing is taken over.
			if (chosen === 'create') return create(who, chosen, found);
			if (chosen === 'skip') return skip(who, found);
			if (earlier !== 0) return takeRepeat(who, { earlier, person: -1 }, found);
			const claimedBy = matcher.claim(person, keyOf(who));
			return claimedBy === 0
				? merge(who, chosen, person, found)
				: repeat(who, claimedBy, person, { ...found, earlierLine: Math.abs(claimedBy) });
		},

		isKnown(who) {
			return policyOf(who) === 'fill-blanks' ? isFilled : isUpdated;
		},

		takeKnown(who, { person, reason, isExact }) {
			const known = matcher.current(person);
			const found: Found = { known, reason, isLikely: false };
			const chosen = policyOf(who);
			if (chosen === 'skip') return skip(who, found);
			if (isExact && chosen !== 'create') return settle(who, 'unchanged', chosen, found, known);
			if (chosen !== 'create') return merge(who, chosen, person, found);
			inheritMarks(who.row.client, known);
			return create(who, chosen, found);
		},
	};
}
