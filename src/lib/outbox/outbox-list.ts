import type { Message } from '$lib/domain/message.ts';
import { isWaiting, needsSomeone } from './open-messages.ts';

/** How many messages there are of each kind that a person cares about. */
export interface OutboxSummary {
	sent: number;
	/** Queued or being sent. */
	waiting: number;
	/** Unconfirmed, failed and held. */
	needYou: number;
	held: number;
	unconfirmed: number;
	/** Waiting for a time that a person or the plan set: `scheduledAt` says when the first is due. */
	scheduled: number;
	scheduledAt: number;
	/** Waiting in their undo window: `leavingAt` says when the first of them leaves. */
	inUndoWindow: number;
	leavingAt: number;
}

/** What became of the messages of one run: those queued since the oldest that still waits. */
export interface Run {
	/** Epoch milliseconds; every message queued from here on belongs to it. */
	since: number;
	total: number;
	/** Settled, one way or the other. */
	done: number;
	sent: number;
	failed: number;
	unconfirmed: number;
	cancelled: number;
	held: number;
}

export const groupNames = ['needs-you', 'waiting', 'sent-today', 'earlier'] as const;
export type GroupName = (typeof groupNames)[number];
export type MessageGroups = Record<GroupName, readonly Message[]>;

/** One line of the list on screen: a group's heading or a message. */
export type ListLine =
	| { kind: 'heading'; id: string; group: GroupName; messages: readonly Message[] }
	| { kind: 'message'; id: string; group: GroupName; message: Message };

/** Queued and never tried, with time left in which it can be called back. */
export function isInUndoWindow(message: Message, now: number): boolean {
	return (
		message.state === 'queued' &&
		message.attempts === 0 &&
		message.dueAt > now &&
		!isScheduled(message, now)
	);
}

/** Waits for a set time, today or another day. */
export function isScheduled({ state, scheduledFor }: Message, now: number): boolean {
	return state === 'queued' && scheduledFor > now;
}

export function summarise(messages: readonly Message[], now: number): OutboxSummary {
	const summary: OutboxSummary = {
		sent: 0,
		waiting: 0,
		needYou: 0,
		held: 0,
		unconfirmed: 0,
		scheduled: 0,
		scheduledAt: 0,
		inUndoWindow: 0,
		leavingAt: 0,
	};
	for (const message of messages) {
		if (message.state === 'sent') summary.sent++;
		if (message.state === 'held') summary.held++;
		if (message.state === 'unconfirmed') summary.unconfirmed++;
		if (needsSomeone(message)) summary.needYou++;
		if (!isWaiting(message)) continue;
		summary.waiting++;
		if (isScheduled(message, now)) {
			summary.scheduled++;
			summary.scheduledAt = Math.min(summary.scheduledAt || message.dueAt, message.dueAt);
		}
		if (!isInUndoWindow(message, now)) continue;
		summary.inUndoWindow++;
		summary.leavingAt = Math.min(summary.leavingAt || message.dueAt, message.dueAt);
	}
	return summary;
}

/** When the run under way began: the oldest message that waits; undefined when none does. */
export function runSince(messages: readonly Message[]): number | undefined {
	let since: number | undefined;
	for (const message of messages)
		if (isWaiting(message)) since = Math.min(since ?? message.queuedAt, message.queuedAt);
	return since;
}

export function runFrom(messages: readonly Message[], since: number): Run {
	const run: Run = {
		since,
		total: 0,
		done: 0,
		sent: 0,
		failed: 0,
		unconfirmed: 0,
		cancelled: 0,
		held: 0,
	};
	for (const message of messages) {
		if (message.queuedAt < since) continue;
		run.total++;
		if (message.state === 'queued' || message.state === 'sending') continue;
		run.done++;
		run[message.state]++;
	}
	return run;
}

/**
 * What needs someone and what is done, newest first; what waits, in the order in which it leaves.
 * `today` is the first millisecond of the person's day.
 */
export function groupMessages(messages: readonly Message[], today: number): MessageGroups {
	const groups: Record<GroupName, Message[]> = {
		'needs-you': [],
		waiting: [],
		'sent-today': [],
		earlier: [],
	};
	for (const message of messages) groups[groupOf(message, today)].push(message);
	const newestFirst = (one: Message, other: Message) => lastChangeOf(other) - lastChangeOf(one);
	groups['needs-you'].sort(newestFirst);
	groups.waiting.sort(
		(one, other) =>
			Number(other.state === 'sending') - Number(one.state === 'sending') ||
			one.dueAt - other.dueAt,
	);
	groups['sent-today'].sort(newestFirst);
	groups.earlier.sort(newestFirst);
	return groups;
}

function groupOf(message: Message, today: number): GroupName {
	if (needsSomeone(message)) return 'needs-you';
	if (isWaiting(message)) return 'waiting';
	return message.state === 'sent' && message.settledAt >= today ? 'sent-today' : 'earlier';
}

function lastChangeOf(message: Message): number {
	return message.settledAt || message.queuedAt;
}

/** The groups as one list, so that one virtual list can hold them; a group with nothing in it has no heading. */
export function linesOf(groups: MessageGroups): ListLine[] {
	const lines: ListLine[] = [];
	for (const group of groupNames) {
		const messages = groups[group];
		if (messages.length === 0) continue;
		lines.push({ kind: 'heading', id: `group-${group}`, group, messages });
		for (const message of messages) lines.push({ kind: 'message', id: message.id, group, message });
	}
	return lines;
}
