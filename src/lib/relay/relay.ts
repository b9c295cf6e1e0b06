import type { Outcome, OutgoingMessage, Settlement } from '$lib/domain/outcome.ts';
import type { SignIn } from '$lib/domain/settings/relay.ts';

/** What a relay says of itself, for 'Test connection' and the last dialog. */
export type RelayHealth =
	| {
			kind: 'well';
			/** The address that mails come from; '' where only the service itself knows it. */
			sender: string;
			/** False when it only keeps a mailbox on this computer. */
			delivers: boolean;
			/** It keeps what people answer on the welcome page. */
			takesAnswers?: true;
			/** What the look could not tell, for a person. */
			note?: string;
	  }
	| { kind: 'trouble'; words: string };

/** Keeps the tokens of a sign-in sealed; an adapter that renews one saves it here before using it. */
export interface SignInKeeper {
	read(): Promise<SignIn>;
	save(next: SignIn): Promise<void>;
}

/** The door to one kind of email service. Nothing here throws: what goes wrong is an answer. */
export interface Relay {
	/** It answers a repeated key with its first answer and sends nothing twice. */
	readonly dropsRepeats: boolean;
	/** How long it remembers a key; after that a repeat is a new mail. 0 where it does not drop repeats. */
	readonly keyMemoryMs: number;
	/** A cheap look whether it can be reached at all. */
	reach(): Promise<boolean>;
	send(message: OutgoingMessage, key: string): Promise<Outcome>;
	/**
	 * What became of a key; absent where the relay can't be asked. Of one that does not drop repeats,
	 * only `accepted` settles a message: what it has not seen may still be under way.
	 */
	ask?(key: string): Promise<Settlement>;
	health(): Promise<RelayHealth>;
}
