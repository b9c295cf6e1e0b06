import { limitInTime, pausedByHand } from './hindrance.ts';
import type { Outcome } from './outcome.ts';
import type { OutboxStatus } from './settings/outbox.ts';
import type { RelayKind } from './settings/relay.ts';

/** So many failures in a row pause the outbox: something is wrong that trying does not mend. */
export const failuresToPause = 5;

/** The status as it holds for this kind of relay: what was learnt of another kind does not bind it. */
export function statusOf(status: OutboxStatus, kind: RelayKind | ''): OutboxStatus {
	if (kind === '' || status.learntOf === kind) return status;
	if (status.learntOf === '') return { ...status, learntOf: kind };
	return {
		...status,
		learntOf: kind,
		resumeAt: 0,
		limitedAt: 0,
		waitingFor: '',
		failuresInARow: 0,
		triesInDay: 0,
		triesInMonth: 0,
	};
}

/** What the outbox as a whole learns from one outcome: to wait, to pause, or that all is well; the same row when nothing. */
export function statusAfter(status: OutboxStatus, outcome: Outcome, now: number): OutboxStatus {
	switch (outcome.kind) {
		case 'accepted':
		case 'refused':
			return status.failuresInARow === 0 ? status : { ...status, failuresInARow: 0 };
		case 'relay-refused':
			return paused(status, outcome.detail);
		case 'throttled':
			return {
				...status,
				resumeAt: Math.max(limitInTime(status, now).resumeAt, now + outcome.untilMs),
				limitedAt: now,
				waitingFor: outcome.detail,
			};
		case 'unreachable':
			return status;
		case 'unknown': {
			const failuresInARow = status.failuresInARow + 1;
			const counted = { ...status, failuresInARow };
			if (failuresInARow < failuresToPause) return counted;
			return paused(
				counted,
				`The relay failed ${failuresInARow} times in a row: ${outcome.detail}`,
			);
		}
	}
}

/** Her own pause is not taken from her by a reason that a change of settings would lift. */
function paused(status: OutboxStatus, pausedFor: string): OutboxStatus {
	return status.pausedFor === pausedByHand ? status : { ...status, pausedFor };
}
