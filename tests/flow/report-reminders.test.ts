import type { Client } from '$lib/domain/client.ts';
import { composeMessage } from '$lib/domain/compose.ts';
import type { Message } from '$lib/domain/message.ts';
import { checkedRows } from '$lib/domain/report.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { wordingFrom } from '$lib/domain/wording.ts';
import { callBack } from '$lib/invitations/call-back.ts';
import { verifyToken } from '$lib/invitations/door/tokens.ts';
import { resendInvitation } from '$lib/invitations/portal/resend-invitation.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { sendReminders } from '$lib/invitations/send-reminders.ts';
import { correctAddress } from '$lib/outbox/correct-address.ts';
import { lookAgain, lookedAt } from '$lib/outbox/look-again.ts';
import { messageKey } from '$lib/outbox/message-key.ts';
import { renderAnew } from '$lib/outbox/render-anew.ts';
import { markNotBounced } from '$lib/report/mark-not-bounced.ts';
import { mendAddress, takeBack } from '$lib/report/mend.ts';
import { saveChoices } from '$lib/report/save-choices.ts';
import { expect, test } from 'vitest';
import { openDoor } from '../support/door.ts';
import {
	all,
	at,
	base,
	confirmed,
	day,
	home,
	invitationOf,
	invitedPractice,
	minute,
	newMessages,
	people,
	practice,
	put,
	remindersAt,
	returnedAt,
	settle,
	start,
} from '../support/invited-practice.ts';

test('a reminder is the same invitation: old code, first date, a later end, a round and key of its own', async () => {
	const vault = await invitedPractice();
	const now = start + 10 * day;
	const before = ['maya', 'ben', 'sam'].map((id) => invitationOf(vault, id));
	const first = vault.snapshot.rows('messages');
	const report = await remindersAt(vault, now);
	expect(report.counts).toEqual({ ready: 3, held: 0, 'left-out': 0 });
	const batch = await sendReminders(vault, confirmed(report, 'waiting'), at(now));
	expect(batch).toMatchObject({ people: 3, skipped: 0, kind: 'waiting' });
	// A household gets one, which repeats the invitations of all of them and names one alone.
	const messages = newMessages(vault);
	expect(messages).toHaveLength(2);
	const shared = messages.find(({ toAddress }) => toAddress === home) as Message;
	expect(shared).toMatchObject({ clientId: 'ben', toName: 'Ben Okafor ben', round: 2 });
	expect(shared.alsoFor).toEqual([invitationOf(vault, 'sam').id]);
	const letter = vault.snapshot.get('letters', shared.letterId);
	if (!letter) throw new Error('no letter');
	const { subject, text } = composeMessage(letter, shared);
	expect(subject).toBe('A reminder: the client portal of Harbor Practice');
	expect(text).toContain(invitationOf(vault, 'ben').code);
	expect(text).toContain('12 June 2026');
	expect(text).not.toContain('Sam');
	for (const invitation of before)
		expect(invitationOf(vault, invitation.clientId)).toEqual({
			...invitation,
			expiresAt: now + 30 * day,
		});
	const secret = '0'.repeat(64);
	const keys = await Promise.all(
		[...first, ...messages].map((one) => messageKey(crypto, secret, one)),
	);
	expect(new Set(keys).size).toBe(4);

	// While it waits all of them are waiting; once it left they are reminded.
	expect((await remindersAt(vault, now)).countByReason).toEqual({ waiting: 3 });
	await settle(vault, now);
	const after = await remindersAt(vault, now + day + minute);
	expect(after.countByReason).toEqual({ reminded: 3 });
	expect(after.histories.get('sam')).toMatchObject({ letters: 2, firstAt: start, lastAt: now });
	vault.close();
});

test('two tabs and a stale list remind nobody twice, and a pause is kept whatever was on the screen', async () => {
	const vault = await invitedPractice();
	const now = start + 10 * day;
	const report = await remindersAt(vault, now);
	const sending = confirmed(report, 'waiting');
	const batches = await Promise.all([
		sendReminders(vault, sending, at(now)),
		sendReminders(vault, sending, at(now)),
	]);
	expect(batches.map(({ people: count }) => count).sort((a, b) => a - b)).toEqual([0, 3]);
	await settle(vault, now);
	const late = await sendReminders(vault, sending, at(now + 60 * minute));
	expect(late).toMatchObject({ people: 0, skipped: 3 });
	// The single resend of the client's page goes by the same rule.
	const fresh = await remindersAt(vault, now + 60 * minute);
	expect(fresh.countByReason).toEqual({ 'written-today': 3 });
	const { id } = invitationOf(vault, 'maya');
	const letter = { template: wordingFrom([], 'en'), ...base };
	const ports = { now: now + 60 * minute, newId: () => crypto.randomUUID() };
	expect(await resendInvitation(vault, id, letter, '', ports)).toMatchObject({ why: 'too-soon' });
	vault.close();
});

test('a pause of a day is overridden with a reason, which the history keeps; one of minutes is not', async () => {
	const vault = await invitedPractice();
	const now = start + 10 * day;
	await sendReminders(vault, confirmed(await remindersAt(vault, now), 'waiting'), at(now));
	await settle(vault, now);
	const choices = { maya: true };
	const soon = await remindersAt(vault, now + minute);
	expect(checkedRows(soon, choices)).toEqual([]);
	const later = now + 60 * minute;
	const report = await remindersAt(vault, later);
	const rows = checkedRows(report, choices);
	const about = { rows, reason: '' };
	expect(await sendReminders(vault, confirmed(report, 'waiting', about), at(later))).toMatchObject({
		people: 0,
	});
	const why = { rows, reason: 'She asked for it' };
	expect(await sendReminders(vault, confirmed(report, 'waiting', why), at(later))).toMatchObject({
		people: 1,
	});
	expect(newMessages(vault)[0]?.history[0]).toMatchObject({ detail: 'She asked for it' });
	vault.close();
});

test('a batch of reminders called back leaves the invitations as they were', async () => {
	const vault = await invitedPractice();
	const now = start + 40 * day;
	const before = vault.snapshot.rows('invitations');
	await saveChoices(vault, new Map([['maya', false]]), 'waiting');
	const report = await remindersAt(vault, now);
	const batch = await sendReminders(
		vault,
		confirmed(report, 'waiting', { rows: checkedRows(report, { maya: false }) }),
		at(now),
	);
	expect(batch.people).toBe(2);
	expect(await callBack(vault, batch, () => now)).toEqual({ calledBack: 1, left: 0 });
	expect(vault.snapshot.rows('invitations')).toEqual(before);
	const selection = settingsFrom(vault.snapshot.rows('settings'), 'report-selection');
	expect(selection).toMatchObject({ choices: {}, waiting: { maya: false } });
	expect((await remindersAt(vault, now)).counts).toEqual({ ready: 3, held: 0, 'left-out': 0 });
	vault.close();
});

test('who asked not to be emailed meanwhile holds the one reminder of the household', async () => {
	const vault = await invitedPractice();
	const now = start + 10 * day;
	await sendReminders(vault, confirmed(await remindersAt(vault, now), 'waiting'), at(now));
	const shared = newMessages(vault).find(({ toAddress }) => toAddress === home) as Message;
	const sam = vault.snapshot.get('clients', 'sam') as Client;
	await put(vault, { clients: [{ ...sam, isDoNotEmail: true }] });
	expect(lookAgain(await vault.load(...lookedAt), shared)).toBe('do-not-email');
	const next = await remindersAt(vault, now + 9 * day);
	expect(next.rows.map(({ reasons }) => reasons[0]?.kind)).toContain('do-not-email');
	vault.close();
});

test('a signed link of a reminder has the old code and a later end, and the first one stays open as long as it said', async () => {
	const vault = await invitedPractice([people[0] as Client], { door: openDoor });
	const linkOf = ({ letterId, fields }: Message) => {
		const names = vault.snapshot.get('letters', letterId)?.fieldNames ?? [];
		return (fields[names.indexOf('invitation link')] ?? '').split('#/welcome/')[1] ?? '';
	};
	const [first] = vault.snapshot.rows('messages');
	const now = start + 10 * day;
	const report = await remindersAt(vault, now);
	await sendReminders(vault, confirmed(report, 'waiting', { door: openDoor }), at(now));
	const [second] = newMessages(vault);
	if (!first || !second) throw new Error('no message');
	const open = async (message: Message, then: number) => {
		const verified = await verifyToken(linkOf(message), then, crypto);
		if (verified.kind === 'refused') throw new Error(verified.why);
		return { kind: verified.kind, claims: verified.token.claims };
	};
	const [old, anew] = [await open(first, now), await open(second, now)];
	expect(anew.claims.jti).toBe(old.claims.jti);
	expect([old.kind, anew.kind]).toEqual(['open', 'open']);
	expect(anew.claims.exp - old.claims.exp).toBe((10 * day) / 1000);
	expect((await open(first, start + 31 * day)).kind).toBe('expired');
	expect((await open(second, start + 31 * day)).kind).toBe('open');
	vault.close();
});

test('a reminder that waits is rendered anew as a reminder, for the whole household', async () => {
	const vault = await invitedPractice();
	const now = start + 10 * day;
	await sendReminders(vault, confirmed(await remindersAt(vault, now), 'waiting'), at(now));
	const shared = newMessages(vault).find(({ toAddress }) => toAddress === home) as Message;
	await put(vault, {
		settings: [{ ...practice, practiceName: 'Quay Practice' }],
	});
	const ports = { now: () => now, newId: () => 'anew' };
	const { rendered, kept } = await renderAnew(vault, [shared.id], [], ports);
	expect({ rendered, kept }).toEqual({ rendered: 1, kept: [] });
	const anew = (await vault.load(...all)).get('messages', shared.id);
	const letter = vault.snapshot.get('letters', 'anew');
	if (!anew || !letter) throw new Error('not rendered');
	expect(anew.alsoFor).toEqual(shared.alsoFor);
	expect(composeMessage(letter, anew).subject).toBe(
		'A reminder: the client portal of Quay Practice',
	);
	vault.close();
});

test('a refused reminder keeps its link at a corrected address', async () => {
	const vault = await invitedPractice();
	const now = start + 10 * day;
	await sendReminders(vault, confirmed(await remindersAt(vault, now), 'waiting'), at(now));
	const shared = newMessages(vault).find(({ toAddress }) => toAddress === home) as Message;
	const { code } = invitationOf(vault, 'ben');
	await put(vault, { messages: [{ ...shared, state: 'failed', settledAt: now }] });
	const correction = {
		messageId: shared.id,
		address: 'ben@example.com',
		despite: ['shares-address'] as const,
	};
	const ports = { now: () => now, newId: () => crypto.randomUUID() as string };
	const outcome = await correctAddress(vault, correction, ports);
	expect(outcome.kind).toBe('queued');
	for (const id of ['ben', 'sam'])
		expect(invitationOf(vault, id)).toMatchObject({ code, emailAddress: 'ben@example.com' });
	expect(newMessages(vault).find(({ toAddress }) => toAddress === 'ben@example.com')).toEqual(
		expect.not.objectContaining({ alsoFor: expect.anything() as unknown }),
	);
	vault.close();
});

test('whose mail came back is invited anew once that is mended, with another code', async () => {
	const vault = await invitedPractice();
	const now = start + 2 * day;
	const ports = { now, newId: () => crypto.randomUUID() };
	const bounced = (id: string) => ({
		...(vault.snapshot.get('clients', id) as Client),
		hasBounced: true,
	});
	await put(vault, { clients: [bounced('maya'), bounced('ben')] });
	const held = await returnedAt(vault, now);
	expect(held.counts).toEqual({ ready: 0, held: 2, 'left-out': 1 });
	expect(checkedRows(held, { maya: true, ben: true })).toEqual([]);

	await mendAddress(vault, { clientId: 'maya' }, 'new@example.com', ports);
	const mark = await markNotBounced(vault, { clientId: 'ben' }, ports);
	const report = await returnedAt(vault, now);
	// Sam was reached at the same inbox: somebody has to say that it is to be written to.
	expect(report.rows.map((row) => [row.clientId, row.class])).toEqual([
		['maya', 'ready'],
		['ben', 'held'],
		['sam', 'left-out'],
	]);
	expect(await takeBack(vault, mark)).toBe(true);
	expect((await returnedAt(vault, now)).rows[1]?.reasons[0]?.kind).toBe('bounced');

	const old = invitationOf(vault, 'maya');
	const sending = confirmed(await returnedAt(vault, now), 'returned');
	const batch = await sendInvitations(vault, sending, at(now));
	expect(batch).toMatchObject({ people: 1, kind: 'returned' });
	const anew = invitationOf(vault, 'maya');
	expect(anew).toMatchObject({ emailAddress: 'new@example.com', round: 1 });
	expect(anew.code).not.toBe(old.code);
	await settle(vault, now);
	expect(await sendInvitations(vault, sending, at(now + minute))).toMatchObject({ people: 0 });
	expect((await returnedAt(vault, now + day)).rows[0]).toMatchObject({ class: 'left-out' });
	vault.close();
});
