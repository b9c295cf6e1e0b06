import type { Client } from '$lib/domain/client.ts';
import { canBeChecked } from '$lib/domain/report.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { sendReminders } from '$lib/invitations/send-reminders.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import {
	at,
	confirmed,
	day,
	home,
	invitedPractice,
	newMessages,
	put,
	remindersAt,
	resendTo,
	returnedAt,
	settle,
	start,
} from '../support/invited-practice.ts';

const now = start + 10 * day;
const toHome = (vault: Vault) =>
	newMessages(vault).filter(({ toAddress }) => toAddress === home).length;

test('while a mail to one of a household waits, nobody else there is reminded', async () => {
	const vault = await invitedPractice();
	const stale = confirmed(await remindersAt(vault, now), 'waiting');
	expect(await resendTo(vault, 'ben', now)).toMatchObject({ kind: 'queued' });
	const report = await remindersAt(vault, now);
	expect(report.rows.map((row) => [row.clientId, row.class, row.reasons[0]?.kind])).toEqual([
		['maya', 'ready', undefined],
		['ben', 'left-out', 'waiting'],
		['sam', 'held', 'inbox-waiting'],
	]);
	expect(report.rows.map(canBeChecked)).toEqual([true, false, false]);
	expect(await sendReminders(vault, stale, at(now))).toMatchObject({ people: 1, skipped: 2 });
	expect(toHome(vault)).toBe(1);
	vault.close();
});

test('nor is anybody invited anew there', async () => {
	const vault = await invitedPractice();
	const sam = vault.snapshot.get('clients', 'sam') as Client;
	await put(vault, { clients: [{ ...sam, bounceMendedAt: start + day }] });
	const seen = await returnedAt(vault, now);
	const rows = seen.rows.filter(({ clientId }) => clientId === 'sam');
	await resendTo(vault, 'ben', now);
	const [, , row] = (await returnedAt(vault, now)).rows;
	expect(row && [row.reasons[0]?.kind, canBeChecked(row)]).toEqual(['inbox-waiting', false]);
	const stale = confirmed(seen, 'returned', { rows, reason: 'She asked' });
	expect(await sendInvitations(vault, stale, at(now))).toMatchObject({ people: 0 });
	expect(toHome(vault)).toBe(1);
	vault.close();
});

test('two tabs that resend to a household at once send one mail', async () => {
	const vault = await invitedPractice();
	const outcomes = await Promise.all([resendTo(vault, 'ben', now), resendTo(vault, 'sam', now)]);
	expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['declined', 'queued']);
	await settle(vault, now);
	expect(await resendTo(vault, 'sam', now + 60_000)).toMatchObject({ why: 'too-soon' });
	expect(await resendTo(vault, 'sam', now + day / 2)).toMatchObject({ why: 'too-soon' });
	expect(await resendTo(vault, 'sam', now + day)).toMatchObject({ kind: 'queued' });
	vault.close();
});
