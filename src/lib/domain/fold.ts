/** Text without capitals and accents: two that are equal are one and the same tag, professional or view. */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	// Most names have nothing to take apart, and taking apart costs more than all the rest.
	return beyondAscii.test(lower) ? lower.normalize('NFKD').replace(/\p{M}+/gu, '') : lower;
}

/** Text as it is searched and sorted: "jose" finds "José", and "soren" finds "Søren", who is nobody else. */
export function foldToFind(text: string): string {
	const folded = fold(text);
	return beyondAscii.test(folded) ? spelledOut(folded) : folded;
}

const lettersOfTheirOwn: Readonly<Record<string, string>> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	đ: 'd',
	ð: 'd',
	ł: 'l',
	ı: 'i',
	þ: 'th',
};

/** Small letters that no accent makes, as they are written where a keyboard lacks them. */
export function spelledOut(text: string): string {
	return text.replace(/[ßæœøđðłıþ]/g, (letter) => lettersOfTheirOwn[letter] ?? letter);
}

const beyondAscii = /[^ -~]/;
/** More names than these are seldom written with accents, or it is no list of names. */
const mostKept = 5_000;

/** `foldToFind` for many names: one with accents is taken apart once, however often it comes. */
export function makeFold(): (text: string) => string {
	const folded = new Map<string, string>();
	return (text) => {
		if (!beyondAscii.test(text)) return text.toLowerCase();
		let found = folded.get(text);
		if (found === undefined) {
			found = foldToFind(text);
			if (folded.size < mostKept) folded.set(text, found);
		}
		return found;
	};
}
