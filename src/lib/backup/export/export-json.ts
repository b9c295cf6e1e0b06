import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { passingRows } from '$lib/vault/passing-rows.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { collectionNames } from '../format/contents.ts';
import { leftOut, openRow } from './left-out.ts';

/** The version of `docs/export-schema.json` that this is written by. */
const exportVersion = 1;

/** Everything as one JSON text, piece by piece: a row a line. `madeAt` in epoch milliseconds. */
export function* jsonPieces(
	now: Snapshot,
	about: { madeAt: number; appVersion: string },
): Generator<string> {
	const head = {
		format: 'portico-export',
		version: exportVersion,
		madeAt: new Date(about.madeAt).toISOString(),
		appVersion: about.appVersion,
		leftOut,
	};
	yield `${JSON.stringify(head, undefined, '\t').slice(0, -2)},\n\t"collections": {`;
	for (const [at, name] of collectionNames.entries()) {
		yield `${at === 0 ? '' : ','}\n\t\t"${name}": [`;
		let mark = '';
		for (const row of openRows(now, name)) {
			yield `${mark}\n\t\t\t${JSON.stringify(row)}`;
			mark = ',';
		}
		yield mark === '' ? ']' : '\n\t\t]';
	}
	yield '\n\t}\n}\n';
}

/** The rows of a collection that may be in an open file. */
export function* openRows(
	now: Snapshot,
	name: CollectionName,
): Generator<Collections[CollectionName]> {
	for (const row of passingRows<Collections[CollectionName]>(now.table(name))) {
		const open = openRow(name, row);
		if (open) yield open;
	}
}
