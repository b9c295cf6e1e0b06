import type { Message } from './message.ts';
import type { ReportRow } from './report.ts';
import type { Table } from './table.ts';

/** What waits for the practice; a number of clients each, of messages where it says so. */
export interface DueThings {
	/** Of the invited: whose invitation ends within seven days, or has ended. */
	expiring: number;
	expired: number;
	/** Kept from an invitation by this before all else. */
	bounced: number;
	withoutAddress: number;
	heldMessages: number;
	unconfirmedMessages: number;
	queuedMessages: number;
}

const weekMs = 7 * 24 * 60 * 60_000;

export function noteExpiry(due: DueThings, expiresAt: number, now: number): void {
	if (expiresAt <= now) due.expired += 1;
	else if (expiresAt <= now + weekMs) due.expiring += 1;
}

export function noteLeftOut(due: DueThings, { reasons }: Pick<ReportRow, 'reasons'>): void {
	switch (reasons[0]?.kind) {
		case 'bounced':
			due.bounced += 1;
			break;
		case 'no-address':
		case 'not-an-address':
			due.withoutAddress += 1;
	}
}

/** What the messages ask for, and how many a relay refused since then. */
export function countMessages(
	messages: Table<Message>,
	since: number,
): Record<'held' | 'unconfirmed' | 'queued' | 'refused', number> {
	const counts = { held: 0, unconfirmed: 0, queued: 0, refused: 0 };
	for (const part of messages.parts) {
		const states = part.column('state');
		const settledAts = part.column('settledAt');
		for (let index = 0; index < part.length; index++) {
			const state = states.at(index);
			if (state === 'held' || state === 'unconfirmed' || state === 'queued') counts[state] += 1;
			else if (state === 'failed' && settledAts.at(index) >= since) counts.refused += 1;
		}
	}
	return counts;
}
