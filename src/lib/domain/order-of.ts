/** The positions of the keys in their order by code unit; equal ones keep theirs, empty ones come last. */
export function orderOfTexts(keys: readonly string[], isDescending: boolean): Uint32Array {
	const sign = isDescending ? -1 : 1;
	const heads = new Float64Array(keys.length);
	for (const [index, key] of keys.entries())
		heads[index] = key === '' ? Infinity : sign * headOf(key);
	return placesOf(heads, (a, b) => {
		const [left, right] = [keys[a] ?? '', keys[b] ?? ''];
		return left === right ? a - b : left < right ? -sign : sign;
	});
}

/** The same of numbers. */
export function orderOfNumbers(keys: readonly number[], isDescending: boolean): Uint32Array {
	const sign = isDescending ? -1 : 1;
	const heads = Float64Array.from(keys, (key) => sign * key || 0);
	return placesOf(heads, (a, b) => a - b);
}

/**
 * Sorts by the heads alone, as plain numbers, which a browser does many times faster than by a
 * comparison of ours; only those whose heads are equal are compared.
 */
function placesOf(heads: Float64Array, compare: (a: number, b: number) => number): Uint32Array {
	const sorted = heads.slice().sort();
	const order = new Uint32Array(heads.length);
	/** How many share the head that first stands here in the sorted ones. */
	const shared = new Uint32Array(heads.length);
	for (let index = 0; index < heads.length; index++) {
		const start = firstPlace(sorted, heads[index] ?? 0);
		const before = shared[start] ?? 0;
		order[start + before] = index;
		shared[start] = before + 1;
	}
	for (let start = 0; start < order.length; start += shared[start] ?? 1) {
		const count = shared[start] ?? 1;
		if (count > 1) sortSome(order, start, start + count, compare);
	}
	return order;
}

/** Up to so many are put in order by insertion: a call of the browser's own sort costs more. */
const few = 40;

function sortSome(
	order: Uint32Array,
	start: number,
	end: number,
	compare: (a: number, b: number) => number,
): void {
	if (end - start > few) {
		order.subarray(start, end).sort(compare);
		return;
	}
	for (let next = start + 1; next < end; next++) {
		const index = order[next] ?? 0;
		let at = next;
		for (; at > start && compare(order[at - 1] ?? 0, index) > 0; at--)
			order[at] = order[at - 1] ?? 0;
		order[at] = index;
	}
}

function firstPlace(sorted: Float64Array, head: number): number {
	let from = 0;
	let to = sorted.length;
	while (from < to) {
		const middle = (from + to) >>> 1;
		if ((sorted[middle] ?? 0) < head) from = middle + 1;
		else to = middle;
	}
	return from;
}

/** Letters that have a rank of their own in a head. The others share one with their neighbours and end it. */
const ranked = " '-.0123456789@abcdefghijklmnopqrstuvwxyz";
const rankOfCode = new Uint8Array(128);
const endsHead = new Uint8Array(128).fill(1);
let base = 0;
for (let code = 0; code < 128; code++) {
	const isRanked = ranked.includes(String.fromCharCode(code));
	if (isRanked) endsHead[code] = 0;
	if (isRanked || code === 0 || endsHead[code - 1] === 0) base++;
	rankOfCode[code] = base;
}
base++;
/** As many as a number holds exactly. */
const lettersAHead = Math.floor(Math.log(Number.MAX_SAFE_INTEGER) / Math.log(base));

/** The first letters as one number that sorts as they do. */
function headOf(key: string): number {
	let head = 0;
	let hasEnded = false;
	for (let at = 0; at < lettersAHead; at++) {
		let rank = 0;
		if (!hasEnded && at < key.length) {
			const code = Math.min(key.charCodeAt(at), 127);
			rank = rankOfCode[code] ?? 0;
			hasEnded = endsHead[code] === 1;
		}
		head = head * base + rank;
	}
	return head;
}
