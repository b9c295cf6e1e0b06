import type { CollectionName } from '$lib/domain/collections.ts';
import { rowsForm } from './format/contents.ts';

type PlainRow = { id: string } & Record<string, unknown>;

/**
 * Brings one row of a form to the next. A step is frozen: it imports nothing of the living code, which
 * means something else a year later. `undefined` leaves the row out.
 */
export type UpgradeStep = (name: CollectionName, row: PlainRow) => PlainRow | undefined;

/** The step at a place leads from the form `place + 1` to the next one. Form 1 is the first there was. */
const steps: readonly UpgradeStep[] = [];

/** What brings rows of an older form to today's. */
export function upgradeFrom(
	form: number,
	path = steps,
	to = rowsForm,
): (name: CollectionName, rows: readonly PlainRow[]) => readonly PlainRow[] {
	const needed = path.slice(form - 1, to - 1);
	if (needed.length === 0) return (_name, rows) => rows;
	return (name, rows) =>
		rows.flatMap((row) => {
			let upgraded: PlainRow | undefined = row;
			for (const step of needed) upgraded = upgraded && step(name, upgraded);
			return upgraded ? [upgraded] : [];
		});
}
