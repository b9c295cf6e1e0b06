import type { Client } from '$lib/domain/client.ts';
import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { isEqual } from '$lib/domain/equal.ts';
import { standingAnswer } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import { type Conflict, fieldConflict, rowConflict } from './conflict.ts';
import type { Facts, Side } from './facts.ts';

export interface Merged<Row> {
	/** The very row that is here where nothing is taken from the backup. */
	row: Row;
	conflicts: readonly Conflict[];
}

type Choose = (conflict: Conflict) => Side;

/** Facts that protect a person from unwanted mail hold if they stand on either side. */
const protecting: readonly (keyof Client)[] = [
	'isDoNotEmail',
	'isDeceased',
	'hasBounced',
	'hasJoinedPortal',
];

/** One row of two that differ: the newer one, a client field by field. What nobody can tell, a person chooses. */
export function mergedRow<N extends CollectionName>(
	name: N,
	here: Collections[N],
	there: Collections[N],
	facts: Facts,
	choose: Choose,
): Merged<Collections[N]> {
	const { ahead } = facts;
	if (ahead === 'here' || ahead === 'there')
		return { row: ahead === 'here' ? here : there, conflicts: [] };
	if (name === 'clients') {
		const merged = mergedClient(here as Client, there as Client, facts, choose);
		return merged as Merged<Collections[N]>;
	}
	const newer = newerRow(name, here, there, facts);
	if (newer) return { row: newer === 'here' ? here : there, conflicts: [] };
	const conflict = rowConflict(name, here, there);
	return { row: choose(conflict) === 'here' ? here : there, conflicts: [conflict] };
}

function mergedClient(here: Client, there: Client, facts: Facts, choose: Choose): Merged<Client> {
	const conflicts: Conflict[] = [];
	const taken: Partial<Client> = { ...here };
	let isTaken = false;
	for (const field of new Set([...Object.keys(here), ...Object.keys(there)])) {
		const key = field as keyof Client;
		if (isEqual(here[key], there[key])) continue;
		let side = facts.newerField(here.id, key);
		if (!side && protecting.includes(key)) side = there[key] === true ? 'there' : 'here';
		if (!side) {
			const conflict = fieldConflict(here, there, key);
			conflicts.push(conflict);
			side = choose(conflict);
		}
		if (side === 'here') continue;
		isTaken = true;
		if (there[key] === undefined) delete taken[key];
		else Object.assign(taken, { [key]: there[key] });
	}
	return { row: isTaken ? (taken as Client) : here, conflicts };
}

/** By the stamps that rows of these kinds have; undefined where they have none. */
function newerRow<N extends CollectionName>(
	name: N,
	here: Collections[N],
	there: Collections[N],
	facts: Facts,
): Side | undefined {
	const later = (stamp: (row: Collections[N]) => number): Side =>
		stamp(there) > stamp(here) ? 'there' : 'here';
	switch (name) {
		case 'templates':
			return later((row) => (row as Collections['templates']).changedAt);
		case 'imports':
			return later((row) => (row as Collections['imports']).undoneAt);
		case 'invitations':
			return later((row) => {
				const invitation = row as Collections['invitations'];
				return Math.max(standingAnswer(invitation)?.appliedAt ?? 0, invitation.expiresAt);
			});
		case 'messages':
			return newerMessage(here as Message, there as Message);
		case 'merges':
			return facts.newerAbout((here as Collections['merges']).kept.id) ?? 'here';
		case 'contacts':
		case 'portalUsers':
			return facts.newerAbout((here as Collections['contacts']).clientId);
		case 'journal':
		case 'clientChanges':
		case 'letters':
			// Written once: they differ only in what an undo marks.
			return 'here';
		default:
			return undefined;
	}
}

/** What is settled has moved on from what is not; else whatever happened last. */
function newerMessage(here: Message, there: Message): Side {
	const isHere = isSettled(here);
	if (isHere !== isSettled(there)) return isHere ? 'here' : 'there';
	const last = ({ history, queuedAt }: Message) => history?.at(-1)?.at ?? queuedAt;
	return last(there) > last(here) ? 'there' : 'here';
}

function isSettled({ state }: Message): boolean {
	return state === 'sent' || state === 'failed' || state === 'cancelled' || state === 'unconfirmed';
}
