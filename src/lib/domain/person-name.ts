import { spelledOut } from './fold.ts';

/** A name as a file's single column gave it, parted. */
export interface PersonName {
	firstName: string;
	lastName: string;
	preferredName: string;
	isCouple: boolean;
	/** The two people of a couple, each with a first name; where they cannot be told, it is left out. */
	people?: readonly [OnePerson, OnePerson];
}

type OnePerson = Pick<PersonName, 'firstName' | 'lastName'>;

const titles = new Set(
	'mr mrs ms miss mx dr prof professor rev fr sr sister brother sir dame lady lord hon capt'.split(
		' ',
	),
);
const generations = new Set('jr jnr sr snr ii iii iv v'.split(' '));
const degrees = new Set(
	'phd psyd md do dds dmd edd jd esq rn lcsw lpc lmft lmhc msw ma mba bsc msc cpa obe mbe'.split(
		' ',
	),
);
/** Begin a last name however they are written. */
const particles = new Set(
	'van von der den de del della dela bin ibn binti bint mc st ter'.split(' '),
);
/** Begin a last name only in lower case: capitalised they are given names or part of them. */
const lowParticles = new Set('da di do dos das du la le el al ben ten zu zur af av y'.split(' '));

const couple = /\s+(?:&|\+|and|und|et)\s+|\s*&\s*/i;
const aside = /["“”„«»]([^"“”„«»]+)["“”„«»]|\(([^()]*)\)|(?:^|\s)[‘']([^‘’']+)[’'](?=\s|$|,)/u;
const notAName =
	/^(?:née|nee|né|born|formerly|aka|minor|child|self|deceased|inactive|archived)\b|\d/iu;

/**
 * Parts a full name: "Maya Okafor", "Okafor, Maya", "Dr. Jan van der Berg Jr.",
 * `Jonathan "Jon" Reyes`; two people ("A & B Last") stay one couple. A single word is a first name,
 * after a title a last name. Titles and degrees are dropped, "Jr." and its like stay with the last name.
 */
export function splitFullName(text: string): PersonName {
	// Nobody is called so; it is kept as it is, without the looks that take longer on longer texts.
	if (text.length > longestName)
		return { firstName: text, lastName: '', preferredName: '', isCouple: false };
	const gap = plainGap(text);
	if (gap > 0)
		return {
			firstName: text.slice(0, gap),
			lastName: text.slice(gap + 1),
			preferredName: '',
			isCouple: false,
		};
	if (gap === severalGaps && !/ (?:and|und|et) /i.test(text))
		return { ...splitInOrder(text), preferredName: '', isCouple: false };
	const { rest, preferredName } = takeAside(text);
	const people = rest.split(couple).filter((part) => part.trim() !== '');
	if (people.length > 1) return { ...splitCouple(people), preferredName, isCouple: true };
	return { ...splitPerson(rest), preferredName, isCouple: false };
}

/** A name without what stands in it in quotation marks or brackets, which is what the person is called. */
export function takeAside(text: string): { rest: string; preferredName: string } {
	let rest = text.replace(/\s+/gu, ' ').trim();
	if (text.length > longestName) return { rest, preferredName: '' };
	let preferredName = '';
	for (let found = aside.exec(rest); found; found = aside.exec(rest)) {
		const inside = (found[1] ?? found[2] ?? found[3] ?? '').trim();
		if (inside && !preferredName && !notAName.test(inside)) preferredName = inside;
		const isWholeName = rest.length === found[0].length;
		rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
			.replace(/\s+/gu, ' ')
			.replace(/\s+,/gu, ',')
			.trim();
		if (isWholeName) rest = inside;
	}
	return { rest, preferredName };
}

const severalGaps = -1;
const longestName = 300;

/**
 * Where the one blank of a plain "First Last" is, `severalGaps` for more words of letters alone;
 * 0 when the name needs a closer look. Most names of a file are plain, so this is without expressions.
 */
function plainGap(text: string): number {
	let gap = 0;
	let isSeveral = false;
	for (let at = 0; at < text.length; at += 1) {
		const code = text.charCodeAt(at);
		if (code === 32) {
			// A blank at either end or a doubled one.
			if (at === 0 || at === text.length - 1 || text.charCodeAt(at - 1) === 32) return 0;
			isSeveral = gap > 0;
			gap = at;
		} else if (!isLetter(code) && code !== 45) {
			// An apostrophe stands between letters, a quotation mark does not.
			if ((code !== 39 && code !== 8217) || !isLetter(text.charCodeAt(at - 1))) return 0;
			if (!isLetter(text.charCodeAt(at + 1))) return 0;
		}
	}
	if (isSeveral) return severalGaps;
	// No degree is longer than four letters, and few titles are.
	if (gap > 0 && text.length - gap <= 5 && isSuffix(text.slice(gap + 1))) return 0;
	const mayBeTitle = gap > 0 && (gap <= 4 || /^(?:prof|sist|brot)/i.test(text));
	return mayBeTitle && titles.has(text.slice(0, gap).toLowerCase()) ? 0 : gap;
}

/** Latin letters, the accented ones of Europe among them; NaN, beyond an end, is none. */
function isLetter(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 192 && code <= 591);
}

function splitCouple(people: string[]): Omit<PersonName, 'preferredName' | 'isCouple'> {
	const parted = people.map(splitPerson);
	const lastNames = [...new Set(parted.map((person) => person.lastName).filter(Boolean))];
	return {
		firstName: parted
			.map((person) => person.firstName)
			.filter(Boolean)
			.join(' & '),
		lastName: lastNames.join(' & '),
		people: twoPeople(parted),
	};
}

/** "Ann & Bob Lee" names Lee once for both. */
function twoPeople([one, two, ...more]: readonly OnePerson[]): PersonName['people'] {
	if (!one?.firstName || !two?.firstName || more.length > 0) return undefined;
	return [
		{ firstName: one.firstName, lastName: one.lastName || two.lastName },
		{ firstName: two.firstName, lastName: two.lastName || one.lastName },
	];
}

function splitPerson(text: string): OnePerson {
	const parts = text
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
	const suffixes = parts.slice(1).filter(isSuffix);
	const [whole = '', ...given] = [parts[0] ?? '', ...parts.slice(1).filter((p) => !isSuffix(p))];
	if (given.length === 0) return splitInOrder([whole, ...suffixes].join(' '));
	const last = splitSuffix(withoutTitles(whole.split(' ')).words);
	const first = splitSuffix(withoutTitles(given.join(' ').split(' ')).words);
	const generation = [...last.generations, ...first.generations, ...suffixes.filter(isGeneration)];
	return {
		firstName: first.words.join(' '),
		lastName: [...last.words, ...generation].join(' '),
	};
}

function splitInOrder(text: string): OnePerson {
	const { words: untitled, hadTitle } = withoutTitles(text.split(' ').filter(Boolean));
	const { words, generations: generation } = splitSuffix(untitled);
	if (words.length < 2) {
		const lastName = [...(hadTitle ? words : []), ...generation].join(' ');
		return { firstName: hadTitle ? '' : (words[0] ?? ''), lastName };
	}
	const particle = words.findIndex(
		(word, at) => at > 0 && at < words.length - 1 && isParticle(word),
	);
	const start = particle > 0 ? particle : words.length - 1;
	return {
		firstName: words.slice(0, start).join(' '),
		lastName: [...words.slice(start), ...generation].join(' '),
	};
}

function withoutTitles(words: string[]): { words: string[]; hadTitle: boolean } {
	let start = 0;
	while (start < words.length - 1 && titles.has(bare(words[start] ?? ''))) start += 1;
	return { words: words.slice(start), hadTitle: start > 0 };
}

function splitSuffix(words: string[]): { words: string[]; generations: string[] } {
	let end = words.length;
	while (end > 1 && isSuffix(words[end - 1] ?? '')) end -= 1;
	return { words: words.slice(0, end), generations: words.slice(end).filter(isGeneration) };
}

const bare = (word: string): string => word.toLowerCase().replace(/\./gu, '');
const isGeneration = (word: string): boolean => generations.has(bare(word));
/** Degrees are two capitals or more, or dotted: "Ma" is a name, "MA" a degree. */
const isDegree = (word: string): boolean =>
	degrees.has(bare(word)) && (/\p{Lu}.*\p{Lu}/u.test(word) || word.includes('.'));
const isSuffix = (word: string): boolean => isGeneration(word) || isDegree(word);
const isParticle = (word: string): boolean => particles.has(bare(word)) || lowParticles.has(word);

/** The form in which two spellings of a name are equal: no case, accents, dots or doubled blanks. */
export function foldName(text: string): string {
	return spelledOut(text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, ''))
		.replace(/[-‐‑–\s]+/gu, ' ')
		.replace(/[^\p{L}\p{N} ]/gu, '')
		.replace(/ +/gu, ' ')
		.trim();
}
