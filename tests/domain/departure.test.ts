import type { Hindrance } from '$lib/domain/hindrance.ts';
import { departureInWords, queuedInWords } from '$lib/invitations/departure.ts';
import { expect, test } from 'vitest';

const departure = (hindrance: Hindrance, people: number, undoWindowMs = 10_000) => ({
	hindrance,
	people,
	undoWindowMs,
	resumeAt: new Date(2026, 4, 4, 14, 5).getTime(),
	now: new Date(2026, 4, 4, 13, 0).getTime(),
});

test('where nothing hinders, the seconds are named, for one and for many', () => {
	expect(departureInWords(departure('none', 3))).toBe(
		'They leave in 10 seconds; until then you can call all of them back.',
	);
	expect(departureInWords(departure('none', 1))).toBe(
		'It leaves in 10 seconds; until then you can call it back.',
	);
	expect(departureInWords(departure('none', 1, 0))).toBe(
		"It leaves at once and can't be called back.",
	);
	expect(queuedInWords(departure('none', 1))).toBe('1 invitation leaves in 10 s.');
	expect(queuedInWords(departure('none', 2))).toBe('2 invitations leave in 10 s.');
});

test('where something hinders, no departure is promised', () => {
	const hindrances: Hindrance[] = [
		'no-relay',
		'by-hand',
		'paused',
		'offline',
		'unreachable',
		'limit',
	];
	for (const hindrance of hindrances)
		for (const people of [1, 2]) {
			const words = departureInWords(departure(hindrance, people));
			expect(words).not.toMatch(/\d+ s|seconds|at once/);
			expect(queuedInWords(departure(hindrance, people))).toContain(words);
			expect(words).toMatch(people === 1 ? /\bit\b/i : /\bthey\b/i);
			expect(words).not.toMatch(people === 1 ? /they|them/i : /itself/);
		}
	expect(departureInWords(departure('limit', 2))).toBe(
		'A limit of the relay holds until 14:05: they leave after that.',
	);
	const late = { ...departure('limit', 1), now: new Date(2026, 4, 3, 23, 0).getTime() };
	expect(departureInWords(late)).toContain('until tomorrow, 14:05');
	const quota = { ...late, now: new Date(2026, 3, 20).getTime() };
	expect(departureInWords(quota)).toContain('until 4 May 2026:');
	expect(queuedInWords(departure('paused', 1))).toBe(
		'1 invitation is queued. Sending is paused: it waits until you resume it.',
	);
});
