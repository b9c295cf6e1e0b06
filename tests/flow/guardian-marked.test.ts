import type { Contact } from '$lib/domain/contact.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Message } from '$lib/domain/message.ts';
import { remediesFor } from '$lib/domain/remedies.ts';
import { buildReport, type Report } from '$lib/domain/report.ts';
import { readReceipt, type AnswerKind } from '$lib/domain/welcome-receipt.ts';
import { applyAnswer } from '$lib/invitations/door/apply-answer.ts';
import { makeReceipt } from '$lib/invitations/door/receipts.ts';
import { markPortalUser, type PortalFact } from '$lib/invitations/portal/mark-user.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { sendReminders } from '$lib/invitations/send-reminders.ts';
import { lookAgain, lookedAt } from '$lib/outbox/look-again.ts';
import { markNotBounced } from '$lib/report/mark-not-bounced.ts';
import { mendAddress } from '$lib/report/mend.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { openDoor } from '../support/door.ts';
import {
	all,
	at,
	confirmed,
	day,
	inputOf,
	invitationOf,
	invitedPractice,
	newMessages,
	put,
	remindersAt,
	returnedAt,
	settle,
	start,
} from '../support/invited-practice.ts';
import { someClient } from '../support/some-client.ts';

const now = start + 10 * day;
const child = (id: string) =>
	someClient(id, { firstName: id, emailAddress: '', dateOfBirth: '2016-02-03' });
const guardianOf = (clientId: string): Contact => ({
	id: `g-${clientId}`,
	clientId,
	name: 'Ada Okafor',
	emailAddress: 'ada@example.com',
	phone: '',
	relationship: 'guardian',
	importId: '',
});

/** Mia, whose guardian got her invitation at `start`. */
function guarded(): Promise<Vault> {
	return invitedPractice([child('mia')], { door: openDoor }, { contacts: [guardianOf('mia')] });
}

function guardianIn(vault: Vault) {
	const user = vault.snapshot.rows('portalUsers').find(({ contactId }) => contactId === 'g-mia');
	if (!user) throw new Error('no guardian');
	return user;
}

const mark = (vault: Vault, fact: PortalFact, since = now) =>
	markPortalUser(vault, 'mia', guardianIn(vault).id, fact, since);

async function answer(vault: Vault, kind: AnswerKind): Promise<void> {
	const [link = ''] = vault.snapshot
		.rows('messages')
		.flatMap(({ fields }) => fields.filter((value) => value.includes('#/welcome/')));
	const text = await makeReceipt(link.split('#/welcome/')[1] ?? '', kind, start + day, crypto);
	const receipt = readReceipt(text);
	if (!receipt) throw new Error('no receipt');
	await applyAnswer(vault, receipt, now);
	await vault.load(...all);
}

async function queueReminder(vault: Vault): Promise<Message> {
	const report = await remindersAt(vault, now);
	await sendReminders(vault, confirmed(report, 'waiting'), at(now));
	const [message] = newMessages(vault);
	if (!message) throw new Error('nobody was reminded');
	return message;
}

const said = ({ rows: [row] }: Pick<Report, 'rows'>) => [
	row?.class,
	row?.reasons.map(({ kind }) => kind),
];

test('mail to a guardian that came back lists the child, until the guardian’s address is mended', async () => {
	const vault = await guarded();
	await mark(vault, 'bouncedAt');
	expect(said(await remindersAt(vault, now))).toEqual(['left-out', ['bounced']]);
	const report = await returnedAt(vault, now);
	expect(said(report)).toEqual(['held', ['bounced']]);
	const [row] = report.rows;
	if (!row) throw new Error('no row');
	expect(row.reasons[0]).toEqual({ kind: 'bounced', isGuardian: true });
	expect(remediesFor(row, false)).toEqual([
		{ kind: 'fix-address', contactId: 'g-mia' },
		{ kind: 'not-bounced', contactId: 'g-mia' },
	]);
	const owner = { clientId: 'mia', contactId: 'g-mia' };
	await mendAddress(vault, owner, 'new@example.com', { now, newId: () => 'mended' });
	const mended = await returnedAt(vault, now);
	expect(said(mended)).toEqual(['ready', []]);
	expect(await sendInvitations(vault, confirmed(mended, 'returned'), at(now))).toMatchObject({
		people: 1,
	});
	expect(newMessages(vault)).toMatchObject([
		{ toAddress: 'new@example.com', toName: 'Ada Okafor' },
	]);
	vault.close();
});

test('that it does not come back after all is said of the guardian, not of the child', async () => {
	const vault = await guarded();
	await mark(vault, 'bouncedAt');
	await markNotBounced(vault, { clientId: 'mia', contactId: 'g-mia' }, { now, newId: () => 'm' });
	expect(guardianIn(vault).bouncedAt).toBe(0);
	expect(said(await returnedAt(vault, now))).toEqual(['ready', []]);
	vault.close();
});

test('a child’s own mail that came back is not mended on the guardian’s card', async () => {
	const vault = await guarded();
	await put(vault, {
		clients: [{ ...child('mia'), emailAddress: 'm@example.com', hasBounced: true }],
	});
	const [row] = (await returnedAt(vault, now)).rows;
	expect(row && remediesFor(row, false)).toEqual([
		{ kind: 'fix-address' },
		{ kind: 'not-bounced' },
	]);
	vault.close();
});

test.each([
	['joined', 'joinedAt', 'joined'],
	['do-not-email', 'revokedAt', 'do-not-email'],
	['declined', 'revokedAt', 'revoked'],
] as const)('a guardian who answered %s is not reminded', async (kind, fact, reason) => {
	const vault = await guarded();
	await answer(vault, kind);
	expect(guardianIn(vault)[fact]).toBeGreaterThan(0);
	const [rowClass, reasons] = said(await remindersAt(vault, now));
	expect(rowClass).toBe('left-out');
	expect(reasons).toContain(reason);
	expect(said(await returnedAt(vault, now))[0]).toBe('left-out');
	vault.close();
});

test.each([
	['joined', 'joined'],
	['bounced', 'bounced'],
] as const)(
	'a reminder that waits is held when the guardian was marked as %s',
	async (what, why) => {
		const vault = await guarded();
		const message = await queueReminder(vault);
		await mark(vault, `${what}At`);
		expect(lookAgain(await vault.load(...lookedAt), message)).toBe(why);
		await mark(vault, `${what}At`, 0);
		expect(lookAgain(await vault.load(...lookedAt), message)).toBe('');
		vault.close();
	},
);

test('where a guardian asked not to be emailed, nobody else is written to there unasked', async () => {
	const vault = await guarded();
	const sibling = guardianOf('leo');
	await answer(vault, 'do-not-email');
	await put(vault, { clients: [child('leo')], contacts: [sibling] });
	await vault.load(...all);
	const leo = buildReport(inputOf(vault, now)).rows[1];
	expect(leo?.class).toBe('held');
	expect(leo?.reasons.map(({ kind }) => kind)).toContain('inbox-do-not-email');
	const [first] = vault.snapshot.rows('messages');
	const toLeo = { ...(first as Message), id: 'leo', invitationId: 'leo', clientId: 'leo' };
	expect(lookAgain(await vault.load(...lookedAt), toLeo)).toBe('inbox-do-not-email');
	// She may say otherwise: then her access is given again.
	await mark(vault, 'revokedAt', 0);
	expect(lookAgain(await vault.load(...lookedAt), toLeo)).toBe('');
	vault.close();
});

test('a child’s message to its own inbox is not held for somebody else with access there', async () => {
	const vault = await guarded();
	await mark(vault, 'joinedAt');
	const mia = vault.snapshot.get('clients', 'mia') as Client;
	await put(vault, { clients: [{ ...mia, emailAddress: 'ada@example.com' }] });
	const [message] = vault.snapshot.rows('messages');
	const { contactId: _none, ...own } = invitationOf(vault, 'mia');
	await put(vault, { invitations: [{ ...own, id: 'own', messageId: 'own' }] });
	const toHer = { ...(message as Message), id: 'own', invitationId: 'own' };
	expect(lookAgain(await vault.load(...lookedAt), toHer)).toBe('');
	await settle(vault, now);
	vault.close();
});
