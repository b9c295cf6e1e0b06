import { clockTime } from '$lib/domain/date-in-words.ts';
import type { Hindrance } from '$lib/domain/hindrance.ts';
import { quotaLeft } from '$lib/domain/quota.ts';
import type { OutboxStatus } from '$lib/domain/settings/outbox.ts';
import type { RelaySettings } from '$lib/domain/settings/relay.ts';
import type { GroupName, OutboxSummary, Run } from './outbox-list.ts';
import { figure, needInWords } from './open-messages.ts';
import { timeAhead, untilInWords } from './time-in-words.ts';

export const groupWords: Record<GroupName, string> = {
	'needs-you': 'Needs you',
	waiting: 'Waiting',
	'sent-today': 'Sent today',
	earlier: 'Earlier',
};

const waitingWords: Record<Hindrance, string> = {
	'no-relay': 'waiting for an email relay',
	'by-hand': 'waiting for you to hand them over',
	paused: 'waiting until you resume',
	storage: 'waiting until this device can note what leaves',
	offline: 'waiting for the network',
	unreachable: 'waiting for the relay, which is out of reach',
	limit: 'waiting for the relay',
	none: 'waiting',
};

/** "128 sent, 12 waiting for the network, 2 need you" */
export function truthInWords(summary: OutboxSummary, hindrance: Hindrance): string {
	const { sent, waiting, needYou } = summary;
	const parts = [`${figure(sent)} sent`];
	const why = waitingWords[hindrance];
	if (waiting > 0)
		parts.push(`${figure(waiting)} ${waiting === 1 ? why.replace('them', 'it') : why}`);
	if (needYou > 0) parts.push(needInWords(needYou));
	if (parts.length === 1) parts.push('nothing waits');
	return parts.join(', ');
}

/**
 * "The relay asked to wait until 14:05: 25 messages an hour.", or that the quota is used up.
 * `endsAt`: when that is over, epoch milliseconds.
 */
export function limitInWords(
	status: OutboxStatus,
	relay: RelaySettings,
	endsAt: number,
	now: number,
): string {
	const until = untilInWords(endsAt, now);
	switch (quotaLeft(relay, status, now).usedUp) {
		case 'day':
			return `Today's quota of ${messagesInWords(relay.messagesPerDay)} is used up. The rest waits ${until} and leaves by itself.`;
		case 'month':
			return `This month's quota of ${messagesInWords(relay.messagesPerMonth)} is used up. The rest waits ${until} and leaves by itself.`;
		case '':
			return `The relay asked to wait ${until}: ${status.waitingFor || 'Too many messages at once.'}`;
	}
}

/** `nextAt`: when the next look is due, epoch milliseconds; 0 when that is not known. */
export function unreachableInWords(waiting: number, nextAt: number): string {
	const stay =
		waiting === 1 ? 'stays here and leaves by itself' : 'stay here and leave by themselves';
	const next = nextAt > 0 ? ` Looking again at ${clockTime(nextAt)}.` : '';
	return `${messagesInWords(waiting)} ${stay} when it answers again.${next}`;
}

/** `trouble`: why the disk refused, in words. `nextAt` as above. */
export function notNotedInWords(trouble: string, waiting: number, nextAt: number): string {
	const stay = waiting === 1 ? 'stays here and leaves' : 'stay here and leave';
	const next = nextAt > 0 ? ` Trying again at ${clockTime(nextAt)}.` : '';
	return `${trouble} Nothing leaves that could not be noted first: ${messagesInWords(waiting)} ${stay} once it can.${next}`;
}

/** "You are offline. 1 message waits here and leaves by itself when the network is back." */
export function offlineInWords(unsent: number): string {
	const rest =
		unsent === 1 ? 'waits here and leaves by itself' : 'wait here and leave by themselves';
	return `You are offline. ${messagesInWords(unsent)} ${rest} when the network is back.`;
}

/** The label of the run's progress bar. */
export function runInWords(summary: OutboxSummary, hindrance: Hindrance, now: number): string {
	switch (hindrance) {
		case 'no-relay':
			return 'Waiting for an email relay';
		case 'by-hand':
			return 'Handed over by you';
		case 'paused':
			return 'Paused';
		case 'storage':
			return 'Waiting until this device can note what leaves';
		case 'offline':
			return 'Waiting for the network';
		case 'unreachable':
			return 'Waiting for the relay, which is out of reach';
		case 'limit':
			return 'Waiting for the relay';
		case 'none':
			return summary.inUndoWindow === summary.waiting
				? `Leaves ${timeAhead(summary.leavingAt, now)}`
				: 'Sending';
	}
}

/** "42 sent, 1 refused": what is said when a run has ended. */
export function endInWords(run: Run): string {
	const parts = [
		[run.sent, 'sent'],
		[run.failed, 'refused'],
		[run.unconfirmed, 'unconfirmed'],
		[run.held, 'held'],
		[run.cancelled, 'cancelled'],
	] as const;
	return parts
		.filter(([count]) => count > 0)
		.map(([count, word]) => `${figure(count)} ${word}`)
		.join(', ');
}

export function messagesInWords(count: number): string {
	return `${figure(count)} ${count === 1 ? 'message' : 'messages'}`;
}
