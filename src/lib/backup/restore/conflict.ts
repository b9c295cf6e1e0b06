import { fullName, type Client } from '$lib/domain/client.ts';
import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { isEqual } from '$lib/domain/equal.ts';
import type { Side } from './facts.ts';

/** Something that differs here and in a backup, and nobody knows which is newer. */
export interface Conflict {
	/** `collection/row/field`. */
	id: string;
	collection: CollectionName;
	/** Whose it is, for the screen; '' where nobody's name is known. */
	name: string;
	/** What differs, as it is called in code; '' for the whole row. */
	field: string;
	/** What stands on each side, for the screen. */
	here: string;
	there: string;
}

/** Which side counts, conflict by conflict. */
export type Choose = (conflictId: string) => Side;

type Row = Record<string, unknown>;

export function fieldConflict(here: Client, there: Client, field: keyof Client): Conflict {
	return {
		id: `clients/${here.id}/${field}`,
		collection: 'clients',
		name: fullName(here) || fullName(there),
		field,
		here: valueInWords(here[field]),
		there: valueInWords(there[field]),
	};
}

/** Two forms of one row of which a person sees the fields that differ; secrets are not told. */
export function rowConflict<N extends CollectionName>(
	collection: N,
	here: Collections[N],
	there: Collections[N],
): Conflict {
	const [ours, theirs] = [here as unknown as Row, there as unknown as Row];
	const fields = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter(
		(field) => !isEqual(ours[field], theirs[field]),
	);
	const told = (row: Row) =>
		fields
			.map((field) => (secret.test(field) ? `another ${field}` : valueInWords(row[field])))
			.join(' · ');
	const name = ours['name'] ?? theirs['name'];
	return {
		id: `${collection}/${here.id}/`,
		collection,
		name: typeof name === 'string' && name !== '' ? name : here.id,
		field: '',
		here: told(ours),
		there: told(theirs),
	};
}

const secret = /token|key|secret/iu;

function valueInWords(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'nothing';
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
		return value.length > 0 ? value.join(', ') : 'nothing';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
