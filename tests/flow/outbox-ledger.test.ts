import { summariseBatch, batchesOf } from '$lib/domain/batch-summary.ts';
import type { Message } from '$lib/domain/message.ts';
import { batchLines } from '$lib/outbox/batch-words.ts';
import { eventInWords } from '$lib/outbox/event-words.ts';
import { ledgerCsv } from '$lib/outbox/ledger-csv.ts';
import { doubtInWords } from '$lib/outbox/message-words.ts';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { aLetter, aMessage } from '../support/messages.ts';

const at = new Date(2026, 4, 3, 14, 5).getTime();

function sent(id: string, fields: Partial<Message> = {}): Message {
	return aMessage({
		id,
		state: 'sent',
		queuedAt: at,
		settledAt: at + 60_000,
		attempts: 1,
		history: [
			{ at, event: 'queued', detail: '' },
			{ at, event: 'claimed', detail: '', relay: 'gmail' },
			{ at: at + 60_000, event: 'accepted', detail: 'Taken.', relay: 'gmail' },
		],
		...fields,
	});
}

function readCsv(csv: string): Record<string, string>[] {
	expect(csv.startsWith('\ufeff')).toBe(true);
	const { data, errors } = Papa.parse<Record<string, string>>(csv.slice(1), {
		header: true,
		skipEmptyLines: true,
	});
	expect(errors).toEqual([]);
	return data;
}

test('each message is a row with its relay and all that happened to it', () => {
	const [row] = readCsv(ledgerCsv([sent('m1')], [aLetter]));
	expect(row).toMatchObject({
		Name: 'Maya Okafor',
		Address: 'm1@example.com',
		State: 'Sent',
		Subject: 'Your invitation',
		Queued: '2026-05-03 14:05',
		Settled: '2026-05-03 14:06',
		Relay: 'Gmail',
		Attempts: '1',
	});
	expect(row?.['What happened']).toBe(
		'2026-05-03 14:05 Queued\n2026-05-03 14:05 Sending began, through Gmail\n2026-05-03 14:06 Gmail took it: Taken.',
	);
});

test('no cell of it is a formula, on any of its lines', () => {
	const toName = '=HYPERLINK("https://example.com")';
	const history = [{ at, event: 'refused', detail: 'No\n@SUM(1)' }] as const;
	const [row] = readCsv(
		ledgerCsv([sent('m1', { toName, reason: '+1', history: [...history] })], [aLetter]),
	);
	expect(row?.Name).toBe(`'${toName}`);
	expect(row?.Reason).toBe("'+1");
	for (const line of row?.['What happened']?.split('\n') ?? []) expect(line).not.toMatch(/^[=+@-]/);
});

test('a batch is told by what became of it, refusals by their reasons', () => {
	const refused = (id: string, reason: string) => sent(id, { state: 'failed', reason });
	const messages = [
		sent('m1'),
		sent('m2'),
		refused('m3', 'No such inbox.'),
		refused('m4', 'The inbox is full.'),
		refused('m5', 'The inbox is full.'),
		sent('m6', { state: 'unconfirmed', reason: 'The connection broke.' }),
	];
	const [batch] = batchesOf(messages);
	if (!batch) throw new Error('no batch');
	const letters = [{ ...aLetter, createdAt: at, skipped: 2 }];
	expect(batchLines(summariseBatch(batch, letters))).toEqual([
		{ label: 'Sent', count: 2 },
		{ label: 'Unconfirmed: The connection broke.', count: 1 },
		{ label: 'Refused: The inbox is full.', count: 2 },
		{ label: 'Refused: No such inbox.', count: 1 },
		{ label: 'Skipped: invited or changed elsewhere meanwhile', count: 2 },
	]);
});

test('who handed a message over, and how, is told', () => {
	const event = { at, event: 'handed-over', detail: '', relay: 'by-hand' } as const;
	expect(eventInWords({ ...event, by: 'Dana Reyes', way: 'letter' })).toBe(
		'Handed over by Dana Reyes, as a printed letter',
	);
	expect(eventInWords({ ...event, by: '', way: 'otherwise' })).toBe('Handed over');
	expect(eventInWords({ at, event: 'not-shown', detail: '', count: 1 })).toBe(
		'1 event before this is not kept',
	);
});

test('what is known of a doubt: when, which relay, what it answered', () => {
	const doubtful = sent('m1', {
		state: 'unconfirmed',
		maybeSentAt: at,
		reason: 'The relay did not answer in time.',
	});
	expect(doubtInWords(doubtful)).toEqual({
		when: '3 May 2026, 14:05',
		through: 'Gmail',
		answer: 'The relay did not answer in time.',
	});
});
