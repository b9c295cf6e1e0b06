import { expect, test } from 'vitest';
import { freshMessage } from '../../src/lib/domain/fresh-message.ts';
import { resendVerdict, resent } from '../../src/lib/domain/resend.ts';
import { someInvitation, someMessage } from '../support/some-client.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const sentAt = (settledAt: number) => someMessage('i', { state: 'sent', settledAt });

test.each([
	['a message that waits', [sentAt(0), someMessage('i')], 5 * day, 'waiting'],
	['one sent a minute ago', [sentAt(day)], day + minute, 'too-soon'],
	['one sent an hour ago', [sentAt(day)], day + 60 * minute, 'once-a-day'],
	['one sent yesterday', [sentAt(day), sentAt(minute)], 2 * day, 'now'],
	[
		'one of another member to that inbox',
		[sentAt(minute), someMessage('of-another', { state: 'sent', settledAt: day })],
		day + minute,
		'too-soon',
	],
	[
		'one of another member that waits for a person',
		[someMessage('of-another', { state: 'held' })],
		5 * day,
		'now',
	],
	[
		'one of another member that may have arrived',
		[someMessage('of-another', { state: 'unconfirmed', maybeSentAt: day })],
		day + minute,
		'too-soon',
	],
	[
		'one to another inbox',
		[someMessage('of-another', { state: 'sent', settledAt: day, toAddress: 'work@example.com' })],
		day,
		'now',
	],
	['one that was refused', [someMessage('i', { state: 'failed' })], minute, 'now'],
])('after %s', (_words, messages, now, kind) => {
	expect(resendVerdict(someInvitation('i'), messages, now).kind).toBe(kind);
});

test('a resend never shortens the expiry, keeps the first date and the old link', () => {
	const invitation = someInvitation('i', { invitedAt: 5, expiresAt: 100 * day, code: 'secret' });
	const options = {
		id: 'new',
		letterId: 'l',
		fields: [],
		expiryDays: 30,
		undoWindowMs: 10,
		round: 2,
		toName: 'Maya Okafor',
		reason: '',
		now: 10 * day,
	};
	const again = resent(invitation, sentAt(5), options);
	expect(again.invitation).toEqual(invitation);
	expect(again.message).toMatchObject({ state: 'queued', round: 2, id: 'new', maybeSentAt: 0 });
	const later = resent(invitation, sentAt(5), { ...options, now: 90 * day });
	expect(later.invitation).toEqual({ ...invitation, expiresAt: 120 * day });
});

test('a message made of a former one takes nothing over that it does not name', () => {
	const former = { ...someMessage('i'), openedAt: 5, attempts: 3 };
	const fresh = freshMessage(former);
	expect(fresh).not.toHaveProperty('openedAt');
	expect(fresh.attempts).toBe(0);
});
