import type { CollectionName } from '$lib/domain/collections.ts';
import type { UndoData } from './undo-record.ts';

/** A commit with what it takes to undo it. */
export interface UndoLayer {
	entryId: string;
	/** The revision that it made: later ones lie above it. */
	revision: number;
	data: UndoData;
}

/** What later commits that stand did to one row. */
export interface RowCover {
	/** The newest of them. */
	by: string;
	fields: ReadonlySet<string>;
}

export type CoverOf = (name: CollectionName, id: string) => RowCover | undefined;

/** What the standing layers above a revision did. */
export function coverAbove(revision: number, standing: readonly UndoLayer[]): CoverOf {
	const covers = new Map<string, { by: string; fields: Set<string> }>();
	const keyOf = (name: string, id: string) => `${name}/${id}`;
	for (const layer of standing) {
		if (layer.revision <= revision) continue;
		for (const [name, undo] of Object.entries(layer.data.collections)) {
			const cover = (id: string) => {
				const known = covers.get(keyOf(name, id));
				if (known) known.by = layer.entryId;
				const made = known ?? { by: layer.entryId, fields: new Set<string>() };
				if (!known) covers.set(keyOf(name, id), made);
				return made;
			};
			for (const row of undo.created) cover(row.id);
			for (const { id, before, added } of undo.changed) {
				const { fields } = cover(id);
				for (const field of [...Object.keys(before), ...added]) fields.add(field);
			}
		}
	}
	return (name, id) => (covers.size === 0 ? undefined : covers.get(keyOf(name, id)));
}
