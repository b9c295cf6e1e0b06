import type { Message } from '$lib/domain/message.ts';

/** What is not settled: the same two figures in the rail, on the app's icon and on the Outbox. */
export interface OpenMessages {
	/** Queued or being sent. */
	waiting: number;
	/** Unconfirmed, failed and held. */
	needYou: number;
}

export function isWaiting({ state }: Message): boolean {
	return state === 'queued' || state === 'sending';
}

export function needsSomeone({ state }: Message): boolean {
	return state === 'unconfirmed' || state === 'failed' || state === 'held';
}

export function countOpen(messages: readonly Message[]): OpenMessages {
	const open = { waiting: 0, needYou: 0 };
	for (const message of messages)
		if (isWaiting(message)) open.waiting++;
		else if (needsSomeone(message)) open.needYou++;
	return open;
}

/** "12 waiting, 2 need you": what the rail's figure is made of; '' when all is settled. */
export function openInWords({ waiting, needYou }: OpenMessages): string {
	const parts: string[] = [];
	if (waiting > 0) parts.push(`${figure(waiting)} waiting`);
	if (needYou > 0) parts.push(needInWords(needYou));
	return parts.join(', ');
}

export function needInWords(count: number): string {
	return `${figure(count)} ${count === 1 ? 'needs' : 'need'} you`;
}

export function figure(count: number): string {
	return count.toLocaleString('en');
}
