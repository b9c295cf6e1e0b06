import { lastRelayOf } from '$lib/domain/batch-summary.ts';
import { composeMessage } from '$lib/domain/compose.ts';
import { dateInWords, fieldTime } from '$lib/domain/date-in-words.ts';
import type { Letter, Message } from '$lib/domain/message.ts';
import { inertCell } from '$lib/domain/spreadsheet-cell.ts';
import { capital, eventInWords, relayNames } from './event-words.ts';
import { stateWords } from './message-words.ts';

const header = [
	'Name',
	'Address',
	'State',
	'Reason',
	'Subject',
	'Queued',
	'Settled',
	'Relay',
	'Attempts',
	'What happened',
];

/**
 * The messages with their histories as CSV (RFC 4180), times on the device's clock; no cell is one
 * that a spreadsheet program takes for a formula. A mark at the start has it read as UTF-8.
 */
export function ledgerCsv(messages: readonly Message[], letters: readonly Letter[]): string {
	const letterById = new Map(letters.map((letter) => [letter.id, letter]));
	const rows = messages.map((message) => rowOf(message, letterById.get(message.letterId)));
	const lines = [header, ...rows].map((cells) => cells.map(cellOf).join(','));
	return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** "Invitations of 3 May 2026.csv" */
export function ledgerName(at: number): string {
	return `Invitations of ${dateInWords(at)}.csv`;
}

function rowOf(message: Message, letter: Letter | undefined): string[] {
	const kind = lastRelayOf(message);
	return [
		message.toName,
		message.toAddress,
		stateWords[message.state],
		message.reason,
		letter ? composeMessage(letter, message).subject : '',
		timeOf(message.queuedAt),
		timeOf(message.settledAt),
		kind ? capital(relayNames[kind]) : '',
		String(message.attempts),
		message.history
			.map((event) => {
				const detail = event.detail ? `: ${event.detail}` : '';
				return `${timeOf(event.at)} ${eventInWords(event)}${detail}`;
			})
			.join('\n'),
	];
}

/** "2026-05-03 14:05"; '' for none. */
function timeOf(at: number): string {
	return at > 0 ? fieldTime(at).replace('T', ' ') : '';
}

function cellOf(text: string): string {
	return `"${inertCell(text).replaceAll('"', '""')}"`;
}
