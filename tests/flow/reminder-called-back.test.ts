import type { Message } from '$lib/domain/message.ts';
import { callBack } from '$lib/invitations/call-back.ts';
import { markPortalUser } from '$lib/invitations/portal/mark-user.ts';
import { sendReminders } from '$lib/invitations/send-reminders.ts';
import { changeByHand } from '$lib/outbox/by-hand.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import {
	all,
	at,
	confirmed,
	day,
	home,
	invitationOf,
	invitedPractice,
	newMessages,
	put,
	remindersAt,
	resendTo,
	settle,
	start,
} from '../support/invited-practice.ts';

const endOf = (vault: Vault, id: string) => invitationOf(vault, id).expiresAt;

async function resend(vault: Vault, clientId: string, now: number): Promise<Message> {
	const outcome = await resendTo(vault, clientId, now);
	const messageId = outcome.kind === 'queued' ? outcome.messageIds[0] : undefined;
	const message = vault.snapshot.get('messages', messageId ?? '');
	if (!message) throw new Error('not sent again');
	return message;
}

test.each(['callBack', 'cancel', 'revoke'] as const)(
	'a single reminder that never leaves, by %s, leaves the end as it was',
	async (way) => {
		const vault = await invitedPractice();
		const end = endOf(vault, 'maya');
		const now = start + 10 * day;
		const { id } = await resend(vault, 'maya', now);
		expect(endOf(vault, 'maya')).toBe(now + 30 * day);
		if (way === 'callBack') await callBack(vault, { messageIds: [id], choices: {} }, () => now);
		else if (way === 'cancel') expect(await changeByHand(vault, 'cancel', [id], now)).toBe(1);
		else await markPortalUser(vault, 'maya', 'maya', 'revokedAt', now);
		expect(vault.snapshot.get('messages', id)?.state).toBe('cancelled');
		expect(endOf(vault, 'maya')).toBe(end);
		vault.close();
	},
);

test('one reminder of a batch cancelled in the Outbox puts back the ends of its household alone', async () => {
	const vault = await invitedPractice();
	const end = endOf(vault, 'maya');
	const now = start + 10 * day;
	const report = await remindersAt(vault, now);
	const batch = await sendReminders(vault, confirmed(report, 'waiting'), at(now));
	const shared = newMessages(vault).find(({ toAddress }) => toAddress === home) as Message;
	await changeByHand(vault, 'cancel', [shared.id], now);
	expect(['maya', 'ben', 'sam'].map((id) => endOf(vault, id))).toEqual([now + 30 * day, end, end]);
	await callBack(vault, batch, () => now);
	expect(endOf(vault, 'maya')).toBe(end);
	vault.close();
});

test('what a letter said that left, or may have left, stands', async () => {
	const vault = await invitedPractice();
	const end = endOf(vault, 'maya');
	const [first, second] = [start + 10 * day, start + 20 * day];
	const refused = await resend(vault, 'maya', first);
	await put(vault, { messages: [{ ...refused, state: 'failed', settledAt: first }] });
	const reminder = await resend(vault, 'maya', second);
	await settle(vault, second);
	// The refused one is put away: the reminder that arrived says until when the link is open.
	await changeByHand(vault, 'cancel', [refused.id], second + day);
	expect(endOf(vault, 'maya')).toBe(second + 30 * day);
	const third = second + 5 * day;
	const doubtful = await resend(vault, 'maya', third);
	const unconfirmed = { ...doubtful, state: 'unconfirmed' as const, maybeSentAt: third };
	await put(vault, { messages: [unconfirmed] });
	await changeByHand(vault, 'cancel', [doubtful.id], third);
	expect((await vault.load(...all)).get('messages', doubtful.id)?.state).toBe('cancelled');
	expect(endOf(vault, 'maya')).toBe(third + 30 * day);
	expect(reminder.extended).toEqual([
		{ invitationId: invitationOf(vault, 'maya').id, from: first + 30 * day, to: second + 30 * day },
	]);
	expect(end).toBe(start + 30 * day);
	vault.close();
});
