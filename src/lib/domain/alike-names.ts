/**
 * Whether two first names, folded by `foldName`, may be one person's: the same, one short for the other
 * ("Jo", "Joanna"; "M", "Maya"), or a slip of the hand apart. Nobody without a name is like anybody.
 */
export function areFirstNamesAlike(one: string, other: string): boolean {
	if (one === '' || other === '') return false;
	return one.startsWith(other) || other.startsWith(one) || isOneLetterApart(one, other);
}

/** One letter more, less or other, in names long enough for that to be a slip of the hand. */
export function isOneLetterApart(a: string, b: string): boolean {
	if (Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) return false;
	let start = 0;
	while (start < a.length && a[start] === b[start]) start += 1;
	const [restA, restB] = [a.slice(start), b.slice(start)];
	return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}
