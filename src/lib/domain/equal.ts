/** Whether two plain values (rows, lists and objects of them) hold the same. A field that is undefined is absent. */
export function isEqual(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	if (Array.isArray(a) !== Array.isArray(b)) return false;
	const left = a as Readonly<Record<string, unknown>>;
	const right = b as Readonly<Record<string, unknown>>;
	return (
		Object.keys(left).every((field) => isEqual(left[field], right[field])) &&
		Object.keys(right).every((field) => Object.hasOwn(left, field) || right[field] === undefined)
	);
}
