import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { LikelyReason, MatchPolicy, MatchReason } from './match-policy.ts';
import type { ContactChange } from './plan-contacts.ts';
import type { ClientRow } from './read-row.ts';

export type Outcome = 'created' | 'updated' | 'unchanged' | 'skipped';

/** What became of a row that holds a client. */
export interface Decision {
	row: ClientRow;
	line: number;
	/** The second of two people whom the row names. */
	isPartner: boolean;
	outcome: Outcome;
	policy: MatchPolicy;
	/** Whom it was compared with, and why. */
	known?: Client;
	reason?: MatchReason | LikelyReason;
	isLikely: boolean;
	/** `known` itself where nothing changes. */
	merged?: Client;
	contacts: readonly ContactChange[];
	/** The line of this file that is the same client already, or is likely so where `isLikely`. */
	earlierLine?: number;
}

/** Rows to write. */
export interface PlannedRows {
	clients: Client[];
	contacts: Contact[];
}

/** The line as 'This is the same client as in line 7.' has it, where nothing of the row is taken in. */
export const repeatWords = (earlierLine: number) =>
	`This is the same client as in line ${earlierLine}.`;
