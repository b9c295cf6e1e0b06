import type { Message } from '$lib/domain/message.ts';
import { canBeReleased } from '$lib/domain/standing-against.ts';
import type { Question } from './asking.svelte.ts';
import type { StepByHand } from './by-hand.ts';
import { figure } from './open-messages.ts';
import { messagesInWords } from './outbox-words.ts';

/** Whether a person may take this step with the message as it stands. */
export function fits(step: StepByHand, { state, heldFor }: Message): boolean {
	switch (step) {
		case 'cancel':
			return state !== 'sending' && state !== 'sent' && state !== 'cancelled';
		case 'confirmArrived':
			return state === 'unconfirmed';
		case 'sendAgain':
			return state === 'failed' || state === 'unconfirmed';
		case 'release':
			return state === 'held' && (heldFor === '' || canBeReleased(heldFor));
		case 'pause':
		case 'tryNow':
			return state === 'queued';
	}
}

/** A step for several messages, with what it says on its button and what is asked first. */
export interface StepForMany {
	step: StepByHand;
	label: string;
	messageIds: readonly string[];
	question: Omit<Question, 'step' | 'messageIds' | 'line'>;
}

/** What can be done with these messages at once, the safest first; a step that fits none is left out. */
export function stepsForMany(messages: readonly Message[], isByHand: boolean): StepForMany[] {
	return (['confirmArrived', 'release', 'sendAgain', 'pause', 'cancel'] as const).flatMap(
		(step) => {
			const fitting = messages.filter((message) => fits(step, message));
			// What she hands over herself leaves only when she does it: there is nothing to pause.
			if (fitting.length === 0 || (isByHand && step === 'pause')) return [];
			const messageIds = fitting.map(({ id }) => id);
			const isAll = fitting.length === messages.length;
			const label = isAll ? labels[step] : `${labels[step]} (${figure(fitting.length)})`;
			return [{ step, label, messageIds, question: questionFor(step, fitting) }];
		},
	);
}

type StepOfMany = Exclude<StepByHand, 'tryNow'>;

const labels: Record<StepOfMany, string> = {
	confirmArrived: 'They arrived',
	release: 'Send',
	sendAgain: 'Send again',
	pause: 'Pause',
	cancel: 'Cancel',
};

export function questionFor(
	step: StepOfMany,
	messages: readonly Message[],
): StepForMany['question'] {
	const many = messagesInWords(messages.length);
	const isOne = messages.length === 1;
	const isDanger = step === 'cancel';
	switch (step) {
		case 'confirmArrived':
			return {
				title: isOne ? 'Did it arrive?' : `Did all ${figure(messages.length)} arrive?`,
				text: `${isOne ? 'It counts' : 'They count'} as sent from now on, and ${isOne ? 'it is' : 'none of them is'} ${isOne ? 'not sent' : 'sent'} again.`,
				verb: isOne ? 'It arrived' : 'They all arrived',
				isDanger,
			};
		case 'release':
			return {
				title: `Send ${many}?`,
				text: isOne
					? 'It leaves as soon as the relay can be reached, with the text that was confirmed then.'
					: 'They leave as soon as the relay can be reached, with the text that was confirmed then.',
				verb: isOne ? 'Send' : 'Send all',
				isDanger,
			};
		case 'sendAgain':
			return {
				title: `Send ${many} again?`,
				text: againInWords(messages),
				verb: 'Send again',
				isDanger,
			};
		case 'pause':
			return {
				title: `Pause ${many}?`,
				text: `${isOne ? 'It is' : 'They are'} held here until you send ${isOne ? 'it' : 'them'}.`,
				verb: isOne ? 'Pause' : 'Pause all',
				isDanger,
			};
		case 'cancel':
			return {
				title: `Cancel ${many}?`,
				text: cancelInWords(messages),
				verb: isOne ? 'Cancel the message' : 'Cancel all',
				isDanger,
			};
	}
}

function againInWords(messages: readonly Message[]): string {
	const doubtful = messages.filter(({ state }) => state === 'unconfirmed').length;
	if (doubtful === 0) return messages.length === 1 ? 'It is queued anew.' : 'They are queued anew.';
	if (doubtful === 1)
		return messages.length === 1
			? 'It may have arrived already. If it has, the same invitation arrives twice.'
			: 'One of them may have arrived already. If it has, the same invitation arrives twice.';
	return `${figure(doubtful)} of them may have arrived already. Whoever got one gets the same invitation twice.`;
}

function cancelInWords(messages: readonly Message[]): string {
	const doubtful = messages.filter(({ maybeSentAt }) => maybeSentAt > 0).length;
	const isOne = messages.length === 1;
	const rest = isOne
		? 'Whoever it was for can be invited again from the report.'
		: 'Whoever they were for can be invited again from the report.';
	if (doubtful === 0) return `${isOne ? 'It does not leave.' : 'None of them leaves.'} ${rest}`;
	if (doubtful === messages.length)
		return isOne
			? 'It may have arrived all the same; it is not sent again.'
			: 'They may have arrived all the same; none is sent again.';
	return `${figure(doubtful)} of them may have arrived all the same; the others do not leave.`;
}
