import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as english, translations } from '@zxcvbn-ts/language-en';

/** How hard a passphrase is to guess. */
export interface Strength {
	/** 0 (guessed at once) to 4 (very hard). */
	score: number;
	/** What makes it weak and what would help, in words; '' when nothing. */
	advice: string;
}

/** Below this a passphrase is not taken: who has a copy of the disk tries millions a day. */
export const lowestScore = 3;

/** Longer ones only cost time; all of them are taken. */
const longestLooked = 100;

const estimator = new ZxcvbnFactory({
	dictionary: { ...common, ...english },
	graphs: adjacencyGraphs,
	translations,
	useLevenshteinDistance: false,
});

/** Estimates by zxcvbn: words, names, dates, patterns and what people usually put together. */
export function strengthOf(passphrase: string): Strength {
	const { score, feedback } = estimator.check(passphrase.slice(0, longestLooked));
	const advice = [feedback.warning, ...feedback.suggestions].filter(Boolean).join(' ');
	return { score, advice };
}
