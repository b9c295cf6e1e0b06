import type { CollectionName } from '$lib/domain/collections.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { collectionNames } from '../format/contents.ts';
import { isKept } from '../write-backup.ts';

/** How a backup and what is here differ, by rows. */
export interface Difference {
	onlyHere: number;
	onlyThere: number;
	changed: number;
	same: number;
}

export type Differences = { readonly [N in CollectionName]: Difference };

export function noDifferences(): { [N in CollectionName]: Difference } {
	const entries = collectionNames.map((name) => [
		name,
		{ onlyHere: 0, onlyThere: 0, changed: 0, same: 0 },
	]);
	return Object.fromEntries(entries) as { [N in CollectionName]: Difference };
}

/** So many ids are looked at before the page gets its turn. */
const idsATurn = 10_000;

/** The ids of the rows that are kept here and not among those of the backup. */
export async function idsOnlyHere(
	on: Snapshot,
	name: CollectionName,
	there: ReadonlySet<string>,
): Promise<string[]> {
	const table = on.table(name);
	const ids = table.column('id');
	const onlyHere: string[] = [];
	for (let at = 0; at < table.length; at++) {
		const id = ids.at(at);
		if (isKept(name, id) && !there.has(id)) onlyHere.push(id);
		if (at % idsATurn === idsATurn - 1) await new Promise((resolve) => setTimeout(resolve));
	}
	return onlyHere;
}
