import { clockSlackMs, quotaLeft } from './quota.ts';
import { isRelaySetUp, type RelaySettings } from './settings/relay.ts';
import type { OutboxStatus } from './settings/outbox.ts';

/** What keeps messages waiting, the weightiest first. */
export type Hindrance =
	'no-relay' | 'by-hand' | 'paused' | 'storage' | 'offline' | 'unreachable' | 'limit' | 'none';

/** Why the outbox is paused when a person did it herself. */
export const pausedByHand = 'Paused by hand.';

/** A limit longer than this is a clock that jumped; nobody waits for it. */
const longestLimitMs = 25 * 3_600_000;

/**
 * What keeps queued messages from leaving at `now` (epoch milliseconds). `isReachable`: false when
 * the relay did not answer the last time somebody looked; `canNote`: false when the disk refused what must
 * be written before a message leaves.
 */
export function hindranceOf(
	status: OutboxStatus,
	relay: RelaySettings,
	isOnline: boolean,
	now: number,
	isReachable = true,
	canNote = true,
): Hindrance {
	if (!isRelaySetUp(relay)) return 'no-relay';
	if (relay.kind === 'by-hand') return 'by-hand';
	if (status.pausedFor !== '') return 'paused';
	if (!canNote) return 'storage';
	if (!isOnline) return 'offline';
	if (!isReachable) return 'unreachable';
	return limitEndsAt(status, relay, now) > now ? 'limit' : 'none';
}

/**
 * The status with a limit that a clock ahead of the times has learnt: it lasts as long as it was to last,
 * from now. The same row where the time is to be trusted.
 */
export function limitInTime(status: OutboxStatus, now: number): OutboxStatus {
	const { resumeAt, limitedAt } = status;
	if (limitedAt - now <= clockSlackMs) return status;
	return { ...status, resumeAt: now + Math.max(resumeAt - limitedAt, 0), limitedAt: now };
}

/** When the relay's limit or the quota that is used up ends, epoch milliseconds; 0 when there is none. */
export function limitEndsAt(status: OutboxStatus, relay: RelaySettings, now: number): number {
	const { resumeAt } = limitInTime(status, now);
	const left = resumeAt - now;
	const isTrusted = left > 0 && left < longestLimitMs;
	return Math.max(isTrusted ? resumeAt : 0, quotaLeft(relay, status, now).freshAt);
}
