const rowsAPage = 10;

/** Where a key takes the focus in a list of `count` rows, from the row at `index`; undefined for other keys. */
export function rowAfterKey(key: string, index: number, count: number): number | undefined {
	const steps: Record<string, number> = {
		ArrowDown: index + 1,
		ArrowUp: index - 1,
		PageDown: index + rowsAPage,
		PageUp: index - rowsAPage,
		Home: 0,
		End: count - 1,
	};
	const next = Object.hasOwn(steps, key) ? steps[key] : undefined;
	return next === undefined || count === 0 ? undefined : Math.min(Math.max(next, 0), count - 1);
}
