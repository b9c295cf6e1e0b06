import { expect, it } from 'vitest';
import { invitationStandings } from '../../src/lib/domain/invitation-standing.ts';
import type { MessageState } from '../../src/lib/domain/message.ts';
import { someInvitation, someMessage } from '../support/some-client.ts';

function standingAfter(...states: MessageState[]) {
	const ids = states.map((_, index) => `i${index}`);
	return invitationStandings(
		ids.map((id) => someInvitation(id)),
		ids.map((id, index) =>
			someMessage(id, { state: states[index], settledAt: 5000 + index, reason: 'no such inbox' }),
		),
	);
}

it.each(['queued', 'sending', 'held', 'unconfirmed'] as const)('%s waits', (state) => {
	const { byClient, clientByInbox } = standingAfter(state);
	expect(byClient.get('maya')).toEqual({ kind: 'waiting', since: 1000, messageId: 'm-i0' });
	expect(clientByInbox.get('maya@example.com')).toBe('maya');
});

it('sent is invited, on the first day it was sent', () => {
	expect(standingAfter('sent', 'sent').byClient.get('maya')).toMatchObject({
		kind: 'invited',
		at: 5000,
		isReminded: true,
	});
});

it('a message called back leaves no trace', () => {
	const { byClient, clientByInbox } = standingAfter('cancelled');
	expect(byClient.size).toBe(0);
	expect(clientByInbox.size).toBe(0);
});

it('a refusal is remembered with its address, the last one, and takes no inbox', () => {
	const { byClient, clientByInbox } = standingAfter('failed', 'cancelled', 'failed');
	expect(byClient.get('maya')).toMatchObject({
		kind: 'refused',
		at: 5002,
		inbox: 'maya@example.com',
		why: 'no such inbox',
	});
	expect(clientByInbox.size).toBe(0);
});

it('what waits outranks what was sent, and that outranks a refusal', () => {
	expect(standingAfter('sent', 'queued', 'failed').byClient.get('maya')?.kind).toBe('waiting');
	expect(standingAfter('failed', 'sent', 'failed').byClient.get('maya')?.kind).toBe('invited');
});

it('a second message of the same invitation counts', () => {
	const again = someMessage('i0', { id: 'again', state: 'queued' });
	const { byClient } = invitationStandings(
		[someInvitation('i0')],
		[someMessage('i0', { state: 'cancelled' }), again],
	);
	expect(byClient.get('maya')).toMatchObject({ kind: 'waiting', messageId: 'again' });
});

it('clients who share a message share its fate', () => {
	const { byClient } = invitationStandings(
		[someInvitation('i0'), someInvitation('i1', { clientId: 'sam', messageId: 'm-i0' })],
		[someMessage('i0', { state: 'sent', settledAt: 7000 })],
	);
	expect(byClient.get('sam')).toMatchObject({ kind: 'invited', at: 7000, isReminded: false });
});

it('an invitation whose message is gone still counts', () => {
	expect(invitationStandings([someInvitation('i0')], []).byClient.get('maya')).toMatchObject({
		kind: 'invited',
		at: 1000,
		expiresAt: 2000,
		isReminded: false,
	});
});
