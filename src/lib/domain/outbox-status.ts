import type { Outcome } from './outcome.ts';
import type { OutboxStatus } from './settings.ts';

/** So many failures in a row pause the outbox: something is wrong that trying does not mend. */
export const failuresToPause = 5;

/** What the outbox as a whole learns from one outcome: to wait, to pause, or that all is well. */
export function statusAfter(status: OutboxStatus, outcome: Outcome, now: number): OutboxStatus {
	const tried = { ...status, lastSentAt: now };
	switch (outcome.kind) {
		case 'accepted':
		case 'refused':
			return { ...tried, failuresInARow: 0 };
		case 'relay-refused':
			return { ...tried, pausedFor: outcome.detail };
		case 'throttled':
			return {
				...tried,
				resumeAt: Math.max(status.resumeAt, now + outcome.untilMs),
				waitingFor: outcome.detail,
			};
		case 'unreachable':
			return tried;
		case 'unknown': {
			const failuresInARow = status.failuresInARow + 1;
			const pausedFor =
				failuresInARow >= failuresToPause
					? `The relay failed ${failuresInARow} times in a row: ${outcome.detail}`
					: status.pausedFor;
			return { ...tried, failuresInARow, pausedFor };
		}
	}
}
