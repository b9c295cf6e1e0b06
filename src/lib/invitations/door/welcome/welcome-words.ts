import type { AnswerKind } from '$lib/domain/welcome-receipt.ts';
import type { TokenRefusal, WelcomeLanguage } from '$lib/domain/welcome-token.ts';
import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { pt } from './words/pt.ts';

/** Why no invitation is shown. */
export type WelcomeProblem =
	| TokenRefusal
	/** Made later than this device's clock says. */
	| 'not-yet'
	/** Whoever hosts this page lists the keys of its practices, and this is none of them. */
	| 'unknown-key'
	/** That list could not be read. */
	| 'no-list'
	/** This browser cannot verify a signature here. */
	| 'no-crypto';

/** What the welcome page says in one language. In braces: names, which are put in as they are. */
export interface WelcomeWords {
	/** The language's own name. */
	name: string;
	language: string;
	invitation: string;
	greeting: string;
	invites: string;
	invitesAlone: string;
	about: string;
	nextTitle: string;
	nextPortal: string;
	nextNoPortal: string;
	open: string;
	leadsTo: string;
	checkHost: string;
	tell: string;
	notForYou: string;
	answers: Record<AnswerKind, string>;
	until: string;
	keepsNothing: string;
	yourAnswer: string;
	notSentYet: string;
	/** The same where the practice's relay takes answers. */
	notSentBox: string;
	sendAnswer: string;
	sending: string;
	answerSent: string;
	answerFailed: string;
	orByMail: string;
	writeMail: string;
	copy: string;
	copied: string;
	copyByHand: string;
	answerLink: string;
	noMailProgram: string;
	tooLong: string;
	otherAnswer: string;
	/** Says nothing of what it is about: subjects are read over shoulders. */
	subject: string;
	checking: string;
	expiredTitle: string;
	expired: string;
	problems: Record<WelcomeProblem, { title: string; text: string }>;
	tryAgain: string;
}

export const welcomeWords: Record<WelcomeLanguage, WelcomeWords> = { en, es, fr, de, pt };

/** A sentence cut at its names, so that each can stand by itself whatever its script. */
export function piecesOf(
	sentence: string,
	names: Readonly<Record<string, string>>,
): { text: string; isName: boolean }[] {
	return sentence
		.split(/\{(\w+)\}/)
		.map((text, place) =>
			place % 2 === 1
				? { text: Object.hasOwn(names, text) ? (names[text] ?? '') : '', isName: true }
				: { text, isName: false },
		)
		.filter(({ text }) => text !== '');
}
