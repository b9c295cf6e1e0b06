import type { BatchSummary } from '$lib/domain/batch-summary.ts';
import { heldWords } from './message-words.ts';

export interface BatchLine {
	label: string;
	count: number;
}

/** The lines of a batch's summary, those of 0 left out. */
export function batchLines(summary: BatchSummary): BatchLine[] {
	const lines = [
		{ label: 'Sent', count: summary.sent },
		{ label: 'Handed over by hand', count: summary.handedOver },
		{ label: 'Waiting', count: summary.waiting },
		...summary.held.map(({ reason, count }) => ({
			label: `Held: ${heldWords[reason]}`,
			count,
		})),
		...withReasons('Unconfirmed', summary.unconfirmed),
		...withReasons('Refused', summary.refused),
		{ label: 'Cancelled', count: summary.cancelled },
		{ label: 'Skipped: invited or changed elsewhere meanwhile', count: summary.skipped },
	];
	return lines.filter(({ count }) => count > 0);
}

function withReasons(
	state: string,
	reasons: readonly { reason: string; count: number }[],
): BatchLine[] {
	return reasons.map(({ reason, count }) => ({
		label: reason ? `${state}: ${reason}` : state,
		count,
	}));
}
