/** What a person typed, by field, and what each field held when she began. */
export type Edits<Row> = {
	readonly [Field in keyof Row]?: { value: Row[Field]; base: unknown };
};

/** What a person made of the fields of `base`: those that hold something else by now. */
export function editsBetween<Row extends object>(base: Row, typed: Row): Edits<Row> {
	const fields = Object.keys(base) as (keyof Row)[];
	return Object.fromEntries(
		fields
			.filter((field) => typed[field] !== base[field])
			.map((field) => [field, { value: typed[field], base: base[field] }]),
	) as Edits<Row>;
}

export type Merged<Row> =
	| { kind: 'changed'; row: Row; fields: (keyof Row & string)[] }
	| { kind: 'unchanged' }
	/** These fields hold neither what she began with nor what she typed. */
	| { kind: 'clash'; fields: (keyof Row & string)[] };

/**
 * Puts edits on top of what is stored now, three-way: a field that was changed since she began is a
 * clash and nothing is merged; fields that nobody edited keep what they hold.
 */
export function mergeEdits<Row extends object>(stored: Row, edits: Edits<Row>): Merged<Row> {
	const changed = (Object.keys(edits) as (keyof Row & string)[]).filter((field) => {
		const edit = edits[field];
		return edit !== undefined && edit.value !== stored[field];
	});
	if (changed.length === 0) return { kind: 'unchanged' };
	const clashes = changed.filter((field) => edits[field]?.base !== stored[field]);
	if (clashes.length > 0) return { kind: 'clash', fields: clashes };
	const row = { ...stored };
	for (const field of changed) assign(row, field, edits);
	return { kind: 'changed', row, fields: changed };
}

function assign<Row extends object, Field extends keyof Row>(
	row: Row,
	field: Field,
	edits: Edits<Row>,
): void {
	const edit = edits[field];
	if (edit) row[field] = edit.value;
}

/** Of the fields that a save had changed, those that its undo did not put back: they were changed since. */
export function fieldsLeft<Row>(before: Partial<Row>, now: Row): (keyof Row & string)[] {
	return (Object.keys(before) as (keyof Row & string)[]).filter(
		(field) => before[field] !== now[field],
	);
}

/** What is said of an undo: how many fields it was for, and the labels of those that it left. */
export function putBackInWords(fields: number, left: readonly string[]): string {
	if (left.length === 0) return 'It is as it was before.';
	const were = left.length === 1 ? 'was' : 'were';
	if (left.length >= fields)
		return `Nothing was put back: ${left.length === 1 ? 'it' : 'they'} ${were} changed since.`;
	const names = left.map((label) => `'${label}'`).join(', ');
	return `Put back, but for ${names}: ${left.length === 1 ? 'that' : 'those'} ${were} changed since.`;
}
