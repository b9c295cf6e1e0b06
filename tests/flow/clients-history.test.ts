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

test('a conversion is told to each by what it was for her, and an edit of many by its fields', () => {
	const change = (id: string, at: number, what: 'converted' | 'converted-back') => {
		return { id, at, what, clientIds: ['sam', 'maya'], fields: [] };
	};
	const edit = { what: 'bulk-edited', clientIds: ['maya', 'sam', 'noor'] } as const;
	const changes = [
		{ ...edit, id: '1', at: 10, fields: ['status', 'tags'] },
		change('2', 20, 'converted'),
		change('3', 30, 'converted-back'),
	];
	const wordsFor = (id: string) =>
		historyOf(someClient(id), { ...nothing, changes }).map(({ words }) => words);
	expect(wordsFor('sam')).toEqual([
		'Became a client again',
		'Turned into a contact of another client',
		'Edited with 2 others: Status, Tags',
	]);
	expect(wordsFor('maya')).toEqual([
		'A contact became a client again',
		'Given a contact that had been a client',
		'Edited with 2 others: Status, Tags',
	]);
});

test('an invitation that was sent again is told each time', () => {
	const maya = someClient('maya');
	const invitations = [someInvitation('i')];
	const first = someMessage('i', { state: 'sent', settledAt: 50 });
	const again = someMessage('i', { id: 'again', round: 2, state: 'queued', queuedAt: 60 });
	const entries = historyOf(maya, { ...nothing, invitations, messages: [first, again] });
	expect(entries.map(({ words }) => words)).toEqual([
		'The invitation, again, waits in the outbox',
		'An invitation was sent',
	]);
});

test('one message that carries the invitations of two merged profiles is told once', () => {
	const maya = someClient('maya', { formerIds: ['old'] });
	const invitations = [
		someInvitation('i'),
		someInvitation('j', { clientId: 'old', messageId: 'm-i' }),
	];
	const messages = [someMessage('i', { state: 'sent', settledAt: 50 })];
	expect(historyOf(maya, { ...nothing, invitations, messages })).toHaveLength(1);
});

test('what happened to a merged profile is part of the history', () => {
	const maya = someClient('maya', { formerIds: ['old'] });
	const invitations = [someInvitation('i', { clientId: 'old' })];
	expect(historyOf(maya, { ...nothing, invitations })).toHaveLength(1);
	expect(historyOf(someClient('maya'), { ...nothing, invitations })).toHaveLength(0);
});
