import { historyOf } from '$lib/clients/profile/history.ts';
import { expect, test } from 'vitest';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const nothing = { changes: [], imports: [], invitations: [], messages: [], letters: [] };

test('a history tells edits, invitations and what became of them, newest first', () => {
	const maya = someClient('maya');
	const changes = [
		{ id: '1', at: 10, what: 'added' as const, clientIds: ['maya'], fields: [] },
		{ id: '2', at: 20, what: 'edited' as const, clientIds: ['maya'], fields: ['phone', 'tags'] },
		{ id: '3', at: 30, what: 'bulk-edited' as const, clientIds: ['maya', 'sam'], fields: [] },
		{ id: '4', at: 40, what: 'edited' as const, clientIds: ['sam'], fields: ['phone'] },
	];
	const invitations = [someInvitation('i', { invitedAt: 25 })];
	const messages = [someMessage('i', { state: 'sent', settledAt: 50 })];
	const entries = historyOf(maya, { ...nothing, changes, invitations, messages });
	expect(entries.map(({ words }) => words)).toEqual([
		'An invitation was sent',
		'Edited with 1 other',
		'Edited: Phone, Tags',
		'Added by hand',
	]);
});

test('what happened to a merged profile is part of the history', () => {
	const maya = someClient('maya', { formerIds: ['old'] });
	const invitations = [someInvitation('i', { clientId: 'old' })];
	expect(historyOf(maya, { ...nothing, invitations })).toHaveLength(1);
	expect(historyOf(someClient('maya'), { ...nothing, invitations })).toHaveLength(0);
});
