import { standingAnswer } from '$lib/domain/invitation.ts';
import { carriersOf, ownPortalUser, portalUserState } from '$lib/domain/portal-user.ts';
import { describeReason } from '$lib/domain/report-reasons.ts';
import { applyAnswer, undoAnswer } from '$lib/invitations/door/apply-answer.ts';
import { effectsInWords } from '$lib/invitations/door/answer-words.ts';
import { judgeAnswer } from '$lib/invitations/door/judge-answer.ts';
import { verifyToken } from '$lib/invitations/door/tokens.ts';
import { stateInWords } from '$lib/invitations/portal/portal-words.ts';
import { addPortalUser } from '$lib/invitations/portal/portal-users.ts';
import { expect, test } from 'vitest';
import { someClient } from '../support/some-client.ts';
import { takeIn } from '../support/taking-in.ts';
import { day } from '../support/door.ts';
import {
	all,
	answer,
	confirmed,
	inviteAll,
	maya,
	now,
	practiceOf,
	put,
	report,
	sent,
	tokenIn,
} from '../support/practice-with-door.ts';

test('who answers ‘I have joined’ is joined, says the report, and an undo takes it back', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const receipt = await answer(vault, await tokenIn(vault, message), 'joined');
	const { verdict, entryId } = await applyAnswer(vault, receipt, now + 2 * day);
	expect(verdict.kind).toBe('ready');
	if (verdict.kind !== 'ready') return;
	expect(effectsInWords(verdict.answer)).toEqual([
		'Maya Okafor is marked as joined on 4 May 2026.',
	]);
	const { rows } = await report(vault);
	expect(rows[0]?.reasons.map((reason) => describeReason(reason, now))[0]).toBe(
		'has joined the portal, said the answer of 4 May 2026',
	);
	await undoAnswer(vault, entryId);
	expect((await report(vault)).rows[0]?.reasons[0]?.kind).toBe('already-invited');
});

test('the same answer twice, from two tabs, is applied once and then known', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const receipt = await answer(vault, await tokenIn(vault, message), 'joined');
	const both = await Promise.all([
		applyAnswer(vault, receipt, now + 2 * day),
		applyAnswer(vault, receipt, now + 3 * day),
	]);
	expect(both.map(({ verdict }) => verdict.kind).sort()).toEqual(['applied', 'ready']);
	const again = await applyAnswer(vault, receipt, now + 9 * day);
	expect(again.entryId).toBe('');
	expect(again.verdict).toMatchObject({ kind: 'applied' });
	expect((await vault.load(...all)).rows('invitations')[0]?.answers).toHaveLength(1);
});

test('a later answer that contradicts is shown with the one before, and stands once it is applied', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const token = await tokenIn(vault, message);
	await applyAnswer(vault, await answer(vault, token, 'declined'), now + 2 * day);
	expect((await report(vault)).rows[0]?.reasons[0]).toEqual({ kind: 'declined', at: now + day });
	const later = await answer(vault, token, 'joined', now + 3 * day);
	const verdict = judgeAnswer(await vault.load(...all), later, now + 4 * day);
	expect(verdict).toMatchObject({ kind: 'ready', answer: { before: { kind: 'declined' } } });
	await applyAnswer(vault, later, now + 4 * day);
	const [row] = (await report(vault)).rows;
	expect(row?.reasons.map(({ kind }) => kind)).toEqual(['joined', 'already-invited']);
});

test('the client’s page says what she answered', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	await applyAnswer(
		vault,
		await answer(vault, await tokenIn(vault, message), 'would-like'),
		now + day,
	);
	const state = await vault.load(...all);
	const standing = portalUserState(
		ownPortalUser(maya),
		state.rows('invitations'),
		carriersOf(state.rows('invitations'), state.rows('messages')),
		now,
	);
	expect(standing).toEqual({ kind: 'answered', answer: 'would-like', at: now + day });
	expect(stateInWords(standing).label).toBe('Answered ‘I would like to join’');
	// Nothing is against a reminder, and the report still knows that she was invited.
	expect((await report(vault)).rows[0]?.reasons[0]?.kind).toBe('already-invited');
});

test('who declines is left out, and a reminder that waits is called back', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await applyAnswer(
		vault,
		await answer(vault, await tokenIn(vault, message), 'declined'),
		now + day,
	);
	const [row] = (await report(vault)).rows;
	expect(row).toMatchObject({ class: 'left-out', reasons: [{ kind: 'declined' }] });
	expect((await vault.load(...all)).rows('messages')[0]?.state).toBe('cancelled');
});

test('‘do not email me’ is honoured by the next report, even from an invitation that has ended', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const receipt = await answer(
		vault,
		await tokenIn(vault, message),
		'do-not-email',
		now + 90 * day,
	);
	expect((await applyAnswer(vault, receipt, now + 91 * day)).verdict.kind).toBe('ready');
	const state = await vault.load(...all);
	expect(state.get('clients', 'maya')?.isDoNotEmail).toBe(true);
	expect((await report(vault)).rows[0]?.reasons[0]).toEqual({ kind: 'do-not-email' });
});

test('‘I have joined’ after the invitation ended changes nothing, and says until when it was open', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const receipt = await answer(vault, await tokenIn(vault, message), 'joined', now + 31 * day);
	const { verdict, entryId } = await applyAnswer(vault, receipt, now + 32 * day);
	expect(verdict).toMatchObject({ kind: 'too-late', endedAt: now + 30 * day });
	expect(entryId).toBe('');
});

test('‘not meant for me’ holds the address, until it is another one', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	await applyAnswer(
		vault,
		await answer(vault, await tokenIn(vault, message), 'not-mine'),
		now + day,
	);
	expect((await report(vault)).rows[0]).toMatchObject({
		class: 'held',
		reasons: [{ kind: 'not-hers', at: now + day }],
	});
	await put(vault, { clients: [{ ...maya, emailAddress: 'maya.o@example.com' }] });
	expect((await report(vault)).rows[0]).toMatchObject({ class: 'ready', reasons: [] });
	expect(await inviteAll(vault)).toHaveLength(2);
});

test('of a household of three, the one who was written to joins, and all are spared mail', async () => {
	const family = ['ana', 'ben', 'cy'].map((id) =>
		someClient(id, { firstName: id, emailAddress: 'home@example.com' }),
	);
	const vault = await practiceOf(...family);
	const messages = await inviteAll(vault);
	expect(messages).toHaveLength(1);
	await sent(vault);
	const token = await tokenIn(vault, messages[0]);
	await applyAnswer(vault, await answer(vault, token, 'joined'), now + 2 * day);
	const joined = async () =>
		(await vault.load(...all)).rows('clients').map(({ hasJoinedPortal }) => hasJoinedPortal);
	expect(await joined()).toEqual([true, false, false]);
	await applyAnswer(
		vault,
		await answer(vault, token, 'do-not-email', now + 3 * day),
		now + 4 * day,
	);
	const state = await vault.load(...all);
	expect(state.rows('clients').every(({ isDoNotEmail }) => isDoNotEmail)).toBe(true);
});

test('an answer to an invitation that is not here any more is said to be unknown', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	const receipt = await answer(vault, await tokenIn(vault, message), 'joined');
	const invitations = (await vault.load(...all)).rows('invitations').map(({ id }) => id);
	await vault.commit(
		() => ({ remove: { invitations } }),
		{ what: 'test', count: 1 },
		{ needs: all },
	);
	expect((await applyAnswer(vault, receipt, now)).verdict).toEqual({ kind: 'unknown' });
});

test('a guardian’s answer marks her own access, and not the client', async () => {
	const vault = await practiceOf(maya);
	const letter = { ...confirmed, invitation: { undoWindowMs: 0, expiryDays: 30 } };
	const user = {
		id: 'guardian',
		clientId: 'maya',
		contactId: '',
		name: 'Sam Ortiz',
		emailAddress: 'sam@example.com',
		permissions: [],
		addedAt: now,
		joinedAt: 0,
		bouncedAt: 0,
		revokedAt: 0,
	};
	let id = 0;
	await addPortalUser(vault, user, letter, { now, newId: () => `id-${++id}` });
	const [message] = (await vault.load(...all)).rows('messages');
	const token = await tokenIn(vault, message);
	const verified = await verifyToken(token, now, crypto);
	expect(verified).toMatchObject({ kind: 'open', token: { claims: { name: 'Sam Ortiz' } } });
	await applyAnswer(vault, await answer(vault, token, 'joined'), now + 2 * day);
	const state = await vault.load(...all);
	expect(state.get('clients', 'maya')?.hasJoinedPortal).toBe(false);
	expect(state.get('portalUsers', 'guardian')?.joinedAt).toBe(now + day);
	const standing = portalUserState(
		state.get('portalUsers', 'guardian') ?? user,
		state.rows('invitations'),
		carriersOf(state.rows('invitations'), state.rows('messages')),
		now,
	);
	expect(standing.kind).toBe('joined');
	expect(state.rows('invitations').map(standingAnswer)).toMatchObject([{ kind: 'joined' }]);
});

test('‘do not email me’ outlives the next import, whatever the file says', async () => {
	const vault = await practiceOf(maya);
	const [message] = await inviteAll(vault);
	await sent(vault);
	const token = await tokenIn(vault, message);
	await applyAnswer(vault, await answer(vault, token, 'do-not-email'), now + day);
	const file = [
		'First name,Last name,Email,Phone,Do not email',
		'Maya,Okafor,maya@example.com,555 0100,No',
		'Ben,Okafor,maya@example.com,,No',
	].join('\n');
	await takeIn(vault, new File([file], 'clients.csv'));
	const { rows } = await report(vault);
	expect(rows.map((row) => [row.client.firstName, row.class])).toContainEqual(['Maya', 'left-out']);
	expect(rows.find((row) => row.clientId === 'maya')?.client).toMatchObject({
		phone: '555 0100',
		isDoNotEmail: true,
	});
	// Whoever else comes with her address gets no mail by itself either.
	expect(rows.filter((row) => row.class === 'ready')).toEqual([]);
});
