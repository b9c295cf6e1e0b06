import type { RelayKind } from './relay.ts';
import type { Defaults } from './defaults.ts';

/** What the outbox knows about its relay across contexts: a pause with its reason, the pace. */
export interface OutboxStatus {
	id: 'outbox';
	/** Nothing is sent before this time (a limit, a backoff of the whole relay). Epoch milliseconds. */
	resumeAt: number;
	/** When that was learnt, epoch milliseconds: a clock that was ahead then is found out by it. */
	limitedAt: number;
	/** The limit that `resumeAt` comes from, in the relay's words. */
	waitingFor: string;
	/** Why nothing is sent until a person resumes; '' when not paused. */
	pausedFor: string;
	failuresInARow: number;
	/** When the last message was claimed to be sent; the pace counts from here, in every context. */
	lastSentAt: number;
	/** Attempts in the day and in the month of `lastSentAt`, for the relay's quota. */
	triesInDay: number;
	triesInMonth: number;
	/** The kind of relay that limit, failures and attempts are of: another kind starts afresh. */
	learntOf: RelayKind | '';
}

/** Secrets of the practice, made once: they never leave the vault. */
export interface PracticeSecrets {
	id: 'secrets';
	/** Hex, 256 bits: keys the HMAC that derives idempotency keys. */
	messageKeySecret: string;
}

export type OutboxRow = OutboxStatus | PracticeSecrets;

export const outboxDefaults: Defaults<OutboxRow> = {
	outbox: {
		id: 'outbox',
		resumeAt: 0,
		limitedAt: 0,
		waitingFor: '',
		pausedFor: '',
		failuresInARow: 0,
		lastSentAt: 0,
		triesInDay: 0,
		triesInMonth: 0,
		learntOf: '',
	},
	secrets: { id: 'secrets', messageKeySecret: '' },
};
