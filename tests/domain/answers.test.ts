import type { Client } from '$lib/domain/client.ts';
import type { Invitation, InvitationAnswer } from '$lib/domain/invitation.ts';
import type { Message, MessageState } from '$lib/domain/message.ts';
import { buildReport } from '$lib/domain/report.ts';
import { answerKinds } from '$lib/domain/welcome-receipt.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromSeed } from '../support/seed.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const inboxes = ['home@example.com', 'work@example.com', 'Home@Example.com'];
const ids = ['a', 'b', 'c'];

interface Practice {
	clients: Client[];
	invitations: Invitation[];
	messages: Message[];
}

const practices: fc.Arbitrary<Practice> = fc
	.record({
		addresses: fc.tuple(...ids.map(() => fc.constantFrom(...inboxes))),
		rounds: fc.array(
			fc.record({
				clientId: fc.constantFrom(...ids),
				emailAddress: fc.constantFrom(...inboxes),
				state: fc.constantFrom<MessageState[]>('queued', 'sent', 'failed', 'cancelled'),
				answers: fc.array(fc.constantFrom(...answerKinds), { maxLength: 3 }),
			}),
			{ maxLength: 6 },
		),
	})
	.map(({ addresses, rounds }) => {
		let at = 1000;
		const invitations = rounds.map(({ clientId, emailAddress, answers }, index) => {
			const given = answers.map((kind): InvitationAnswer => {
				at += 1;
				return { kind, at, receiptId: `r${at}`, appliedAt: at };
			});
			const about = { clientId, emailAddress, round: index + 1 };
			return someInvitation(`i${index}`, given.length > 0 ? { ...about, answers: given } : about);
		});
		return {
			clients: ids.map((id, index) => someClient(id, { emailAddress: addresses[index] ?? '' })),
			invitations,
			messages: rounds.map(({ clientId, emailAddress, state }, index) =>
				someMessage(`i${index}`, { clientId, toAddress: emailAddress, state }),
			),
		};
	});

/** The last answer of a client over all her invitations, as a person would find it. */
function lastAnswerOf(id: string, { invitations }: Practice) {
	return invitations
		.filter(({ clientId }) => clientId === id)
		.flatMap((invitation) =>
			(invitation.answers?.slice(-1) ?? []).map((one) => ({ ...one, invitation })),
		)
		.toSorted((a, b) => a.appliedAt - b.appliedAt)
		.at(-1);
}

test('whatever was answered in whatever order, nobody who said no is ready, and the classes sum', () => {
	fc.assert(
		fc.property(practices, (practice) => {
			const { rows, counts, countByReason } = buildReport({ ...practice, contacts: [], now: 5000 });
			expect(counts.ready + counts.held + counts['left-out']).toBe(practice.clients.length);
			const named = Object.values(countByReason).reduce((sum, count) => sum + count, 0);
			expect(named).toBe(counts.held + counts['left-out']);
			for (const row of rows) {
				const last = lastAnswerOf(row.clientId, practice);
				const kinds = row.reasons.map(({ kind }) => kind);
				const isHere = last?.invitation.emailAddress.toLowerCase() === row.inbox;
				expect(kinds.includes('declined')).toBe(last?.kind === 'declined');
				if (last?.kind === 'declined') expect(row.class).toBe('left-out');
				expect(kinds.includes('not-hers')).toBe(last?.kind === 'not-mine' && isHere);
				if (last?.kind === 'not-mine' && isHere) expect(row.class).not.toBe('ready');
			}
		}),
		fromSeed(400),
	);
});

test('what somebody else got never counts as her invitation', () => {
	fc.assert(
		fc.property(practices, (practice) => {
			const { rows } = buildReport({ ...practice, contacts: [], now: 5000 });
			for (const row of rows) {
				const isInvited = practice.invitations.some(
					({ clientId, answers, messageId }) =>
						clientId === row.clientId &&
						answers?.at(-1)?.kind !== 'not-mine' &&
						practice.messages.find(({ id }) => id === messageId)?.state === 'sent',
				);
				const isWaiting = row.reasons.some(({ kind }) => kind === 'waiting');
				if (!isWaiting)
					expect(row.reasons.some(({ kind }) => kind === 'already-invited')).toBe(isInvited);
			}
		}),
		fromSeed(400),
	);
});
