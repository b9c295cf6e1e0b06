import type { Outcome, OutgoingMessage, Settlement } from '$lib/domain/outcome.ts';

/** What a relay says of itself, for 'Test connection' and the last dialog. */
export type RelayHealth =
	| {
			kind: 'well';
			/** The address that mails come from. */
			sender: string;
			/** False when it only keeps a mailbox on this computer. */
			delivers: boolean;
	  }
	| { kind: 'trouble'; words: string };

/** The door to one kind of email service. Nothing here throws: what goes wrong is an answer. */
export interface Relay {
	/** It answers a repeated key with its first answer and sends nothing twice. */
	readonly dropsRepeats: boolean;
	/** How long it remembers a key; after that a repeat is a new mail. */
	readonly keyMemoryMs: number;
	/** A cheap look whether it can be reached at all. */
	reach(): Promise<boolean>;
	send(message: OutgoingMessage, key: string): Promise<Outcome>;
	/** What became of a key; absent where the relay can't be asked. */
	ask?(key: string): Promise<Settlement>;
	health(): Promise<RelayHealth>;
}
