import { planInWords } from '$lib/domain/plan-words.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { stepsForMany } from '$lib/outbox/fitting-steps.ts';
import { paceInWords, paceOf } from '$lib/outbox/run-pace.ts';
import { Selection } from '$lib/outbox/selection.svelte.ts';
import { waitingPlan } from '$lib/outbox/waiting-plan.ts';
import { expect, test } from 'vitest';
import { aMessage } from '../support/messages.ts';

const now = new Date(2026, 4, 4, 14).getTime(); // a Monday

test('a selection offers what fits, and says for how many', () => {
	const messages = [
		aMessage({ id: 'm1', state: 'unconfirmed', maybeSentAt: now }),
		aMessage({ id: 'm2', state: 'unconfirmed', maybeSentAt: now }),
		aMessage({ id: 'm3' }),
		aMessage({ id: 'm4', state: 'sent' }),
		aMessage({ id: 'm5', state: 'held', heldFor: 'do-not-email' }),
	];
	const steps = stepsForMany(messages, false);
	expect(steps.map(({ label, messageIds }) => [label, messageIds])).toEqual([
		['They arrived (2)', ['m1', 'm2']],
		['Send again (2)', ['m1', 'm2']],
		['Pause (1)', ['m3']],
		['Cancel (4)', ['m1', 'm2', 'm3', 'm5']],
	]);
	expect(steps[1]?.question.text).toBe(
		'2 of them may have arrived already. Whoever got one gets the same invitation twice.',
	);
});

test('nothing can be done with what is sent', () => {
	expect(stepsForMany([aMessage({ id: 'm1', state: 'sent' })], false)).toEqual([]);
});

test('what a client forbids is not sent by releasing many', () => {
	const held = aMessage({ id: 'm1', state: 'held', heldFor: 'deceased' });
	expect(stepsForMany([held], false).map(({ step }) => step)).toEqual(['cancel']);
});

test('Shift picks everything between, and takes it back as well', () => {
	const order = ['a', 'b', 'c', 'd'];
	const selection = new Selection();
	selection.choose('b', true);
	selection.choose('d', true, order);
	expect(order.filter((id) => selection.has(id))).toEqual(['b', 'c', 'd']);
	selection.choose('c', false, order);
	expect(order.filter((id) => selection.has(id))).toEqual(['b']);
	selection.clear();
	expect(selection.size).toBe(0);
	selection.choose('c', true, order);
	expect(order.filter((id) => selection.has(id))).toEqual(['c']);
});

test('the days on which what waits will leave follow the quota and the set times', () => {
	const messages = [
		...Array.from({ length: 441 }, (_, i) => aMessage({ id: `m${i}` })),
		aMessage({ id: 'later', scheduledFor: now + 86_400_000, dueAt: now + 86_400_000 }),
		aMessage({ id: 'gone', state: 'sent' }),
	];
	const relay = { ...defaultSettings.relay, messagesPerDay: 200 };
	const plan = waitingPlan(messages, relay, defaultSettings.outbox, now);
	expect(planInWords(plan, now)).toBe('200 today, 201 tomorrow, 41 on Wednesday');
	expect(waitingPlan([], relay, defaultSettings.outbox, now)).toEqual([]);
});

test('rate and time left are told from the last minute, and not from too little', () => {
	const sent = (count: number) =>
		Array.from({ length: count }, (_, i) =>
			aMessage({ id: `s${i}`, state: 'sent', settledAt: now - 30_000 + i * 1_000 }),
		);
	const waiting = Array.from({ length: 120 }, (_, i) => aMessage({ id: `w${i}` }));
	const pace = paceOf([...sent(30), ...waiting], now - 600_000, now);
	expect(pace && paceInWords(pace)).toBe('60 a minute, about 2 minutes left');
	expect(paceOf([...sent(2), ...waiting], now - 600_000, now)).toBeUndefined();
	expect(paceOf(sent(30), now - 600_000, now)).toBeUndefined();
	// What was settled before this run began says nothing of it.
	expect(paceOf([...sent(30), ...waiting], now, now)).toBeUndefined();
});
