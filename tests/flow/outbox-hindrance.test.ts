import { type Hindrance, hindranceOf, limitEndsAt, pausedByHand } from '$lib/domain/hindrance.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { summarise } from '$lib/outbox/outbox-list.ts';
import {
	limitInWords,
	offlineInWords,
	truthInWords,
	unreachableInWords,
} from '$lib/outbox/outbox-words.ts';
import { triedInWords } from '$lib/outbox/try-now.ts';
import { expect, test } from 'vitest';
import { aMessage } from '../support/messages.ts';

const now = new Date(2026, 4, 4, 14, 5).getTime();
const relay = { ...defaultSettings.relay, kind: 'portico', url: 'https://relay.example' } as const;
const status = { ...defaultSettings.outbox, learntOf: 'portico' } as const;
const limited = { ...status, resumeAt: now + 60_000, waitingFor: '25 an hour.' };
const paused = { ...limited, pausedFor: pausedByHand };

test('what keeps messages waiting is the weightiest of its causes', () => {
	expect(hindranceOf(status, relay, true, now)).toBe('none');
	expect(hindranceOf(limited, relay, true, now)).toBe('limit');
	expect(hindranceOf(limited, relay, true, now + 60_000)).toBe('none');
	expect(hindranceOf(limited, relay, true, now, false)).toBe('unreachable');
	expect(hindranceOf(limited, relay, false, now, false)).toBe('offline');
	expect(hindranceOf(limited, relay, false, now, false, false)).toBe('storage');
	expect(hindranceOf(paused, relay, false, now, false)).toBe('paused');
	expect(hindranceOf(paused, { ...relay, kind: 'by-hand' }, false, now)).toBe('by-hand');
	expect(hindranceOf(paused, defaultSettings.relay, false, now)).toBe('no-relay');
});

test('a quota that is used up is a limit until the next day, and says so', () => {
	const small = { ...relay, messagesPerDay: 200 };
	const spent = { ...status, lastSentAt: now, triesInDay: 200, triesInMonth: 200 };
	const midnight = new Date(2026, 4, 5).getTime();
	expect(hindranceOf(spent, small, true, now)).toBe('limit');
	expect(limitEndsAt(spent, small, now)).toBe(midnight);
	expect(limitInWords(spent, small, midnight, now)).toBe(
		"Today's quota of 200 messages is used up. The rest waits until tomorrow, 00:00 and leaves by itself.",
	);
	expect(hindranceOf(spent, small, true, midnight)).toBe('none');
});

test('a limit is told with its end and its reason', () => {
	expect(limitInWords(limited, relay, now, now)).toBe(
		'The relay asked to wait until 14:05: 25 an hour.',
	);
});

test.each<[Hindrance, number, string]>([
	['unreachable', 12, '0 sent, 12 waiting for the relay, which is out of reach'],
	['storage', 12, '0 sent, 12 waiting until this device can note what leaves'],
	['by-hand', 12, '0 sent, 12 waiting for you to hand them over'],
	['by-hand', 1, '0 sent, 1 waiting for you to hand it over'],
	['no-relay', 1, '0 sent, 1 waiting for an email relay'],
])('one line of truth when the hindrance is %s, of %i', (hindrance, count, words) => {
	const messages = Array.from({ length: count }, (_, i) => aMessage({ id: `m${i}` }));
	expect(truthInWords(summarise(messages, now), hindrance)).toBe(words);
});

test('one message leaves by itself, several by themselves', () => {
	expect(unreachableInWords(1, now)).toBe(
		'1 message stays here and leaves by itself when it answers again. Looking again at 14:05.',
	);
	expect(unreachableInWords(2, 0)).toBe(
		'2 messages stay here and leave by themselves when it answers again.',
	);
	expect(offlineInWords(1)).toBe(
		'You are offline. 1 message waits here and leaves by itself when the network is back.',
	);
	expect(offlineInWords(3)).toBe(
		'You are offline. 3 messages wait here and leave by themselves when the network is back.',
	);
});

test("'Try now' says what came of it, whatever stands in the way", () => {
	const queued = aMessage({ id: 'm' });
	const tried = (hindrance: Hindrance, pausedFor = '') =>
		triedInWords(queued, hindrance, now, { pausedFor, againAt: now + 60_000 });
	expect(tried('paused', pausedByHand)).toBe('Not tried: you paused sending.');
	expect(tried('paused', 'The token is wrong.')).toBe(
		'Not tried: sending is paused. The token is wrong.',
	);
	expect(tried('offline')).toMatch(/you are offline/);
	expect(tried('unreachable')).toBe(
		'The email relay is still out of reach. Looking again at 14:06.',
	);
	expect(tried('limit')).toBe('Not tried: nothing may leave until 14:06.');
	expect(tried('no-relay')).not.toBe('');
	expect(tried('none')).not.toBe('');
	const sent = { ...queued, state: 'sent' } as const;
	expect(triedInWords(sent, 'none', now, { pausedFor: '', againAt: 0 })).toBe('Sent.');
});
