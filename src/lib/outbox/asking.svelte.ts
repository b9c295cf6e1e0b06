import type { StepByHand } from './by-hand.ts';

/** A step that a person confirms first, and the words it is put in. */
export interface Question {
	step?: StepByHand;
	messageIds: readonly string[];
	title: string;
	text: string;
	/** The button that does it. */
	verb: string;
	isDanger: boolean;
	/** What is done in place of a step. */
	run?: () => Promise<unknown>;
	/** The line of the list that it was asked at, to give the focus back. */
	line: number;
}

/** The one question that is open on the screen; rows come and go under it. */
export class Asking {
	question = $state.raw<Question>();
}
