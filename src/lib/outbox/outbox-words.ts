import type { OutboxStatus, RelaySettings } from '$lib/domain/settings.ts';
import type { GroupName, OutboxSummary, Run } from './outbox-list.ts';
import { clockTime, timeAhead } from './time-in-words.ts';

/** What keeps messages waiting, the weightiest first. */
export type Hindrance = 'no-relay' | 'paused' | 'offline' | 'limit' | 'none';

/** A limit longer than this is a clock that jumped; nobody waits for it. */
const longestLimitMs = 25 * 3_600_000;

export const groupWords: Record<GroupName, string> = {
	'needs-you': 'Needs you',
	waiting: 'Waiting',
	'sent-today': 'Sent today',
	earlier: 'Earlier',
};

export function hindranceOf(
	status: OutboxStatus,
	relay: RelaySettings,
	isOnline: boolean,
	now: number,
): Hindrance {
	if (relay.kind === '' || relay.url === '') return 'no-relay';
	if (status.pausedFor !== '') return 'paused';
	if (!isOnline) return 'offline';
	const left = status.resumeAt - now;
	return left > 0 && left < longestLimitMs ? 'limit' : 'none';
}

const waitingWords: Record<Hindrance, string> = {
	'no-relay': 'waiting for an email relay',
	paused: 'waiting until you resume',
	offline: 'waiting for the network',
	limit: 'waiting for the relay',
	none: 'waiting',
};

/** "128 sent, 12 waiting for the network, 2 need you" */
export function truthInWords(summary: OutboxSummary, hindrance: Hindrance): string {
	const { sent, waiting, needYou } = summary;
	const parts = [`${figure(sent)} sent`];
	if (waiting > 0) parts.push(`${figure(waiting)} ${waitingWords[hindrance]}`);
	if (needYou > 0) parts.push(`${figure(needYou)} ${needYou === 1 ? 'needs' : 'need'} you`);
	if (parts.length === 1) parts.push('nothing waits');
	return parts.join(', ');
}

/** "The relay asked to wait until 14:05: 25 messages an hour." */
export function limitInWords(status: OutboxStatus, now: number): string {
	const isToday = new Date(status.resumeAt).toDateString() === new Date(now).toDateString();
	const until = isToday
		? `until ${clockTime(status.resumeAt)}`
		: `until tomorrow, ${clockTime(status.resumeAt)}`;
	const why = status.waitingFor || 'Too many messages at once.';
	return `The relay asked to wait ${until}: ${why}`;
}

/** The label of the run's progress bar. */
export function runInWords(summary: OutboxSummary, hindrance: Hindrance, now: number): string {
	switch (hindrance) {
		case 'no-relay':
			return 'Waiting for an email relay';
		case 'paused':
			return 'Paused';
		case 'offline':
			return 'Waiting for the network';
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

function figure(count: number): string {
	return count.toLocaleString('en');
}
