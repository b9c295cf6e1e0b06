import type { HandOverWay } from '$lib/domain/message.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import {
	changeByHand,
	handOverByHand,
	scheduleByHand,
	setPaused,
	type StepByHand,
} from './by-hand.ts';

const tooLateWords: Record<StepByHand, string> = {
	cancel: 'It is on its way already and can no longer be called back.',
	confirmArrived: 'It has moved on meanwhile.',
	sendAgain: 'It has moved on meanwhile.',
	pause: 'It is on its way already.',
	release: 'It has moved on meanwhile.',
	tryNow: 'It is on its way already.',
};

/** Does a person's step, and says so when it came too late or could not be kept. Returns how many it changed. */
export async function actByHand(step: StepByHand, messageIds: readonly string[]): Promise<number> {
	return told(async () => {
		const count = await changeByHand(await theVault(), step, messageIds, Date.now());
		if (count === 0) showToast({ text: tooLateWords[step] });
		return count;
	}, 0);
}

/** `at` in epoch milliseconds; what is past: as soon as may be. Returns how many it changed. */
export async function scheduleMessages(messageIds: readonly string[], at: number): Promise<number> {
	return told(async () => {
		const count = await scheduleByHand(await theVault(), messageIds, at, Date.now());
		if (count === 0) showToast({ text: tooLateWords.tryNow });
		return count;
	}, 0);
}

/** Marks them as handed over by the practitioner herself. Returns how many it changed. */
export async function handOverMessages(
	messageIds: readonly string[],
	how: HandOverWay,
): Promise<number> {
	return told(async () => {
		const count = await handOverByHand(await theVault(), messageIds, how, Date.now());
		if (count === 0) showToast({ text: tooLateWords.confirmArrived });
		return count;
	}, 0);
}

/** `pausedFor` '' lets the outbox go on. */
export async function pauseByHand(pausedFor: string): Promise<void> {
	await told(async () => setPaused(await theVault(), pausedFor), undefined);
}

async function told<Result>(task: () => Promise<Result>, otherwise: Result): Promise<Result> {
	try {
		return await task();
	} catch (error) {
		const text = error instanceof Error ? error.message : 'Nothing was changed. Try again.';
		showToast({ tone: 'bad', text });
		return otherwise;
	}
}
