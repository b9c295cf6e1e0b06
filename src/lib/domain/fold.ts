/** Text as it is searched and sorted: without capitals and accents, so that "jose" finds "José". */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	// Most names have nothing to take apart, and taking apart costs more than all the rest.
	return beyondAscii.test(lower) ? lower.normalize('NFKD').replace(/\p{M}+/gu, '') : lower;
}

const beyondAscii = /[^ -~]/;
/** More names than these are seldom written with accents, or it is no list of names. */
const mostKept = 5_000;

/** `fold` for many names: one with accents is taken apart once, however often it comes. */
export function makeFold(): (text: string) => string {
	const folded = new Map<string, string>();
	return (text) => {
		if (!beyondAscii.test(text)) return text.toLowerCase();
		let found = folded.get(text);
		if (found === undefined) {
			found = fold(text);
			if (folded.size < mostKept) folded.set(text, found);
		}
		return found;
	};
}
