import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/lib/domain/client.ts';
import { freezeLetter } from '../../src/lib/domain/compose.ts';
import { invitationStandings } from '../../src/lib/domain/invitation-standing.ts';
import type { Invitation } from '../../src/lib/domain/invitation.ts';
import { RowIds } from '$lib/domain/row-ids.ts';
import { invitedRows } from '../support/invited-rows.ts';
import type { Message } from '../../src/lib/domain/message.ts';
import { buildReport, type ReportRow } from '../../src/lib/domain/report.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const now = 1_000_000;
const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/',
};
const letter = freezeLetter(
	{ subject: 'Hello', body: '{client first name}: {invitation link}' },
	practice,
	'letter',
	now,
);

/** Invites all of these clients, whatever the report says of them. */
function inviteAll(
	clients: Client[],
	invitations: Invitation[] = [],
	messages: Message[] = [],
	standings = invitationStandings(invitations, messages),
) {
	const { rows } = buildReport({ clients, contacts: [], invitations, messages, now });
	return inviteEach(rows, invitations, messages, standings);
}

function inviteEach(
	rows: readonly ReportRow[],
	invitations: Invitation[] = [],
	messages: Message[] = [],
	standings = invitationStandings(invitations, messages),
) {
	let made = 0;
	return invitedRows(rows, {
		letter,
		practice,
		now,
		undoWindowMs: 10_000,
		expiryDays: 30,
		ids: new RowIds('id'),
		newCodes: (count) => Array.from({ length: count }, () => `code${++made}`),
		standings,
		invitations,
		formerMessages: messages,
	});
}

describe('a batch', () => {
	it('invites once whose row comes twice', () => {
		const clients = [someClient('maya', { emailAddress: 'maya@example.com' })];
		const input = { clients, contacts: [], invitations: [], messages: [], now };
		const [row] = buildReport(input).rows as [ReportRow];
		const batch = inviteEach([row, row]);
		expect(batch.messages).toHaveLength(1);
		expect(batch.skipped).toEqual([row]);
	});

	it('invites once whose rows come from two reports', () => {
		const clients = ['maya', 'noah'].map((id) =>
			someClient(id, { emailAddress: `${id}@example.com` }),
		);
		const input = { clients, contacts: [], invitations: [], messages: [], now };
		const rows = [...buildReport(input).rows, ...buildReport(input).rows.toReversed()];
		const batch = inviteEach(rows);
		expect(batch.invitations.map(({ clientId }) => clientId)).toEqual(['maya', 'noah']);
		expect(batch.skipped).toEqual(rows.slice(2));
	});

	it('queues a message behind the undo window, with this recipient’s values', () => {
		const { invitations, messages, skipped } = inviteAll([
			someClient('maya', { lastName: 'Okafor', emailAddress: ' Maya@Example.com ' }),
		]);
		const [invitation] = invitations;
		expect(invitation).toEqual({
			id: invitation?.id,
			clientId: 'maya',
			emailAddress: 'Maya@Example.com',
			round: 1,
			code: invitation?.code,
			messageId: messages[0]?.id,
			invitedAt: now,
			expiresAt: now + 30 * 86_400_000,
		});
		expect(messages).toEqual([
			{
				...someMessage(invitation?.id ?? '', { toAddress: 'Maya@Example.com' }),
				id: invitation?.messageId,
				letterId: 'letter',
				fields: ['Maya', `https://portal.example/?invitation=${invitation?.code}`],
				queuedAt: now,
				dueAt: now + 10_000,
				history: [{ at: now, event: 'queued', detail: '' }],
			},
		]);
		expect(skipped).toEqual([]);
	});

	it('sends one mail to an inbox that two share, and invites both by it', () => {
		const { invitations, messages } = inviteAll([
			someClient('maya', { emailAddress: 'home@example.com' }),
			someClient('sam', { emailAddress: 'HOME@example.com' }),
		]);
		expect(messages).toHaveLength(1);
		expect(messages[0]?.clientId).toBe('maya');
		expect(invitations.map(({ clientId, messageId, code }) => [clientId, messageId, code])).toEqual(
			[
				['maya', messages[0]?.id, invitations[0]?.code],
				['sam', messages[0]?.id, invitations[0]?.code],
			],
		);
	});

	it('passes over whom another tab was faster to invite, and says so', () => {
		const invitations = [someInvitation('i')];
		for (const state of ['queued', 'sent', 'unconfirmed'] as const) {
			const batch = inviteAll([someClient('maya')], invitations, [someMessage('i', { state })]);
			expect(batch.messages).toEqual([]);
			expect(batch.skipped.map((row) => row.client.id)).toEqual(['maya']);
		}
	});

	it('passes over who has no address', () => {
		const batch = inviteAll([someClient('maya', { emailAddress: '' })]);
		expect([batch.messages.length, batch.invitations.length, batch.skipped.length]).toEqual([
			0, 0, 1,
		]);
	});
});

describe('rounds', () => {
	const former = [someInvitation('i', { round: 1 }), someInvitation('j', { round: 2 })];
	const calledBack = [
		someMessage('i', { state: 'failed' }),
		someMessage('j', { state: 'cancelled', round: 2 }),
	];

	it('count on for the same client and inbox', () => {
		const { invitations, messages } = inviteAll(
			[someClient('maya', { emailAddress: 'MAYA@example.com' })],
			former,
			calledBack,
		);
		expect([invitations[0]?.round, messages[0]?.round]).toEqual([3, 3]);
	});

	it('begin anew for another inbox, and for another client', () => {
		const { invitations } = inviteAll(
			[someClient('maya', { emailAddress: 'new@example.com' }), someClient('sam')],
			former,
			calledBack,
		);
		expect(invitations.map(({ round }) => round)).toEqual([1, 1]);
	});
});

it('law: never two messages to one inbox in a batch; everybody is invited or passed over', () =>
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom('', 'x', 'a@example.com', ' A@example.com', 'b@example.com')),
			(addresses) => {
				const clients = addresses.map((emailAddress, index) =>
					someClient(`c${index}`, { emailAddress }),
				);
				const { invitations, messages, skipped } = inviteAll(clients);
				const inboxes = messages.map((message) => message.toAddress.toLowerCase());
				expect(new Set(inboxes).size).toBe(inboxes.length);
				expect(invitations.length + skipped.length).toBe(clients.length);
				const sent = new Map(messages.map((message) => [message.id, message]));
				for (const { messageId, emailAddress } of invitations)
					expect(sent.get(messageId)?.toAddress).toBe(emailAddress);
				// Built again, the report has nobody left to invite.
				const { byClient } = invitationStandings(invitations, messages);
				for (const { clientId } of invitations)
					expect(byClient.get(clientId)?.kind).toBe('waiting');
			},
		),
	));

it('a new invitation never takes the key of a message that was sent again by hand', () => {
	const clients = [someClient('maya')];
	const former = [someInvitation('i', { emailAddress: 'maya@example.com' })];
	const again = someMessage('i', { toAddress: 'Maya@example.com', round: 2, state: 'failed' });
	const { messages } = inviteAll(clients, former, [again]);
	expect(messages.map(({ round }) => round)).toEqual([3]);
});
