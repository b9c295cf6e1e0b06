/** Enough to tell; a file's accents are much alike from its start to its end. */
const mostJudged = 2_000;

const isLetter = (character: string | undefined) => /\p{L}/u.test(character ?? '');
const isLower = (character: string | undefined) => /\p{Ll}/u.test(character ?? '');
const isUpper = (character: string | undefined) => /\p{Lu}/u.test(character ?? '');

/** Whether bytes which are no UTF-8 make likelier words as Mac Roman than as windows-1252. */
export function isMacRoman(bytes: Uint8Array): boolean {
	return likelihood(bytes, 'macintosh') > likelihood(bytes, 'windows-1252');
}

function likelihood(bytes: Uint8Array, encoding: string): number {
	const text = new TextDecoder(encoding).decode(bytes);
	let score = 0;
	let judged = 0;
	for (let at = 0; at < text.length && judged < mostJudged; at += 1) {
		if (text.charCodeAt(at) < 128) continue;
		judged += 1;
		score += plausibility(text[at] ?? '', text[at - 1], text[at + 1]);
	}
	return score;
}

/** How well a character fits between its neighbours: 1 for the é of "Chloé", -1 for the Ž of "ChloŽ". */
function plausibility(
	character: string,
	before: string | undefined,
	after: string | undefined,
): number {
	if (/[áàâãäåçéèêëíìîïñóòôöõúùûüýÿßøæœšž]/u.test(character))
		return (isLetter(before) || isLower(after)) && !isUpper(after) ? 1 : isUpper(before) ? 0.5 : 0;
	if (/[ÁÀÂÃÄÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝØÆŒŠŽ]/u.test(character)) {
		if (isLower(before)) return -1;
		return isUpper(before) ? 0.75 : isLetter(after) ? 1 : 0;
	}
	if (character === '’') return isLetter(before) && isLetter(after) ? 1 : 0.25;
	if (/[‘“”–—…•\u00a0°·«»€£]/u.test(character))
		return isLetter(before) && isLetter(after) ? -1 : 0.25;
	return -1;
}
