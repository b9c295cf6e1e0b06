import type { Message } from '$lib/domain/message.ts';
import {
	groupMessages,
	groupNames,
	linesOf,
	runFrom,
	runSince,
	summarise,
} from '$lib/outbox/outbox-list.ts';
import { countOpen, openInWords } from '$lib/outbox/open-messages.ts';
import { endInWords, truthInWords } from '$lib/outbox/outbox-words.ts';
import { timeAgo, timeAhead, untilInWords } from '$lib/outbox/time-in-words.ts';
import { whenInWords } from '$lib/outbox/message-words.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aMessage } from '../support/messages.ts';

const now = new Date(2026, 4, 4, 14, 5).getTime();
const today = new Date(2026, 4, 4).getTime();
const states = [
	'queued',
	'sending',
	'sent',
	'failed',
	'unconfirmed',
	'held',
	'cancelled',
] as const satisfies readonly Message['state'][];

function someOf(state: Message['state'], count: number, fields: Partial<Message> = {}): Message[] {
	return Array.from({ length: count }, (_, i) =>
		aMessage({ id: `${state}${i}`, state, ...fields }),
	);
}

test('one line of truth counts what is sent, what waits and what needs someone', () => {
	const messages = [
		...someOf('sent', 128),
		...someOf('queued', 11),
		...someOf('sending', 1),
		...someOf('unconfirmed', 1),
		...someOf('held', 1),
		...someOf('cancelled', 3),
	];
	const summary = summarise(messages, now);
	expect(truthInWords(summary, 'offline')).toBe('128 sent, 12 waiting for the network, 2 need you');
	expect(truthInWords(summary, 'paused')).toBe('128 sent, 12 waiting until you resume, 2 need you');
	expect(truthInWords(summarise(someOf('failed', 1), now), 'none')).toBe('0 sent, 1 needs you');
	expect(truthInWords(summarise(someOf('sent', 1200), now), 'none')).toBe(
		'1,200 sent, nothing waits',
	);
});

test('every message is in exactly one group, and every group with something in it has a heading', () => {
	const message = fc.record({
		state: fc.constantFrom(...states),
		settledAt: fc.integer({ min: 0, max: now }),
		queuedAt: fc.integer({ min: 0, max: now }),
	});
	fc.assert(
		fc.property(fc.array(message), (drafts) => {
			const messages = drafts.map((draft, i) => aMessage({ id: `m${i}`, ...draft }));
			const groups = groupMessages(messages, today);
			const ids = groupNames.flatMap((name) => groups[name].map(({ id }) => id));
			expect(ids.toSorted()).toEqual(messages.map(({ id }) => id).toSorted());
			const lines = linesOf(groups);
			expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
			const headings = lines.filter(({ kind }) => kind === 'heading');
			expect(headings).toHaveLength(groupNames.filter((name) => groups[name].length > 0).length);
		}),
	);
});

test('what needs someone comes first, then what waits, then today, then earlier', () => {
	const messages = [
		aMessage({ id: 'old', state: 'sent', settledAt: today - 1 }),
		aMessage({ id: 'new', state: 'sent', settledAt: today }),
		aMessage({ id: 'later', dueAt: now + 2 }),
		aMessage({ id: 'next', dueAt: now + 1 }),
		aMessage({ id: 'now', state: 'sending', dueAt: now + 3 }),
		aMessage({ id: 'no', state: 'failed', settledAt: 1 }),
		aMessage({ id: 'perhaps', state: 'unconfirmed', settledAt: 2 }),
		aMessage({ id: 'back', state: 'cancelled', settledAt: now }),
	];
	const lines = linesOf(groupMessages(messages, today));
	expect(lines.map(({ id }) => id)).toEqual([
		'group-needs-you',
		'perhaps',
		'no',
		'group-waiting',
		'now',
		'next',
		'later',
		'group-sent-today',
		'new',
		'group-earlier',
		'back',
		'old',
	]);
});

test('a run is told by what was queued with the oldest message that waits', () => {
	const before = someOf('sent', 5, { queuedAt: 1 });
	const run = [
		...someOf('sent', 42, { queuedAt: 10 }),
		...someOf('failed', 1, { queuedAt: 10 }),
		...someOf('queued', 7, { queuedAt: 10 }),
	];
	const since = runSince([...before, ...run]);
	expect(since).toBe(10);
	expect(runFrom([...before, ...run], 10)).toMatchObject({ total: 50, done: 43 });
	const ended = run.filter(({ state }) => state !== 'queued');
	expect(runSince(ended)).toBeUndefined();
	expect(endInWords(runFrom([...before, ...ended], 10))).toBe('42 sent, 1 refused');
});

test('the undo window is counted down', () => {
	const message = aMessage({ id: 'm', queuedAt: now, dueAt: now + 8_000 });
	expect(whenInWords(message, now).text).toBe('leaves in 8 s');
	expect(summarise([message], now)).toMatchObject({ inUndoWindow: 1, leavingAt: now + 8_000 });
	expect(summarise([message], now + 8_000)).toMatchObject({ inUndoWindow: 0, waiting: 1 });
	expect(whenInWords({ ...message, attempts: 1 }, now).text).toBe('tries again in 8 s');
});

test('the rail counts what the Outbox counts, in the same words', () => {
	const messages = [
		...someOf('queued', 11),
		...someOf('sending', 1),
		...someOf('held', 1),
		...someOf('failed', 1),
		...someOf('sent', 3),
		...someOf('cancelled', 2),
	];
	const open = countOpen(messages);
	expect(openInWords(open)).toBe('12 waiting, 2 need you');
	expect(summarise(messages, now)).toMatchObject(open);
	expect(openInWords(countOpen(someOf('held', 1)))).toBe('1 needs you');
	expect(openInWords(countOpen(someOf('sent', 1)))).toBe('');
});

test('what waits for a set time is not in its undo window', () => {
	const later = aMessage({ id: 'm', dueAt: now + 8_000, scheduledFor: now + 8_000 });
	expect(summarise([later], now)).toMatchObject({
		inUndoWindow: 0,
		scheduled: 1,
		scheduledAt: now + 8_000,
	});
	expect(summarise([later], now + 8_000)).toMatchObject({ scheduled: 0, waiting: 1 });
});

test('times are told as people tell them', () => {
	const minute = 60_000;
	expect(timeAgo(now - 5_000, now)).toBe('just now');
	expect(timeAgo(now - minute, now)).toBe('1 minute ago');
	expect(timeAgo(now - 59 * minute, now)).toBe('59 minutes ago');
	expect(timeAgo(now - 120 * minute, now)).toBe('today 12:05');
	expect(timeAgo(today - 1, now)).toBe('yesterday 23:59');
	expect(timeAgo(today - 86_400_001, now)).toBe('2 May 2026');
	expect(timeAhead(now, now)).toBe('now');
	expect(timeAhead(now + 61_000, now)).toBe('in 2 minutes');
	expect(timeAhead(now + 120 * minute, now)).toBe('at 16:05');
	expect(timeAhead(now + 1440 * minute, now)).toBe('on 5 May 2026, 14:05');
	expect(untilInWords(now, now)).toBe('until 14:05');
	expect(untilInWords(now + 1440 * minute, now)).toBe('until tomorrow, 14:05');
	expect(untilInWords(now + 2 * 1440 * minute, now)).toBe('until 6 May 2026, 14:05');
});
