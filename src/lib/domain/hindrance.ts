import { quotaLeft } from './quota.ts';
import { isRelaySetUp, type OutboxStatus, type RelaySettings } from './settings.ts';

/** What keeps messages waiting, the weightiest first. */
export type Hindrance =
	'no-relay' | 'by-hand' | 'paused' | 'offline' | 'unreachable' | 'limit' | 'none';

/** Why the outbox is paused when a person did it herself. */
export const pausedByHand = 'Paused by hand.';

/** A limit longer than this is a clock that jumped; nobody waits for it. */
const longestLimitMs = 25 * 3_600_000;

/**
 * What keeps queued messages from leaving at `now` (epoch milliseconds). `isReachable`: false when
 * the relay did not answer the last time somebody looked.
 */
export function hindranceOf(
	status: OutboxStatus,
	relay: RelaySettings,
	isOnline: boolean,
	now: number,
	isReachable = true,
): Hindrance {
	if (!isRelaySetUp(relay)) return 'no-relay';
	if (relay.kind === 'by-hand') return 'by-hand';
	if (status.pausedFor !== '') return 'paused';
	if (!isOnline) return 'offline';
	if (!isReachable) return 'unreachable';
	return limitEndsAt(status, relay, now) > now ? 'limit' : 'none';
}

/** When the relay's limit or the quota that is used up ends, epoch milliseconds; 0 when there is none. */
export function limitEndsAt(status: OutboxStatus, relay: RelaySettings, now: number): number {
	const left = status.resumeAt - now;
	const resumeAt = left > 0 && left < longestLimitMs ? status.resumeAt : 0;
	return Math.max(resumeAt, quotaLeft(relay, status, now).freshAt);
}
