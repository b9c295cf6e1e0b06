import type { Client } from '$lib/domain/client.ts';
import type { CollectionName } from '$lib/domain/collections.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { Changes, Snapshot, Vault } from '$lib/vault/types.ts';

/** Who is added in one commit. */
export interface AddedPeople {
	client: Client;
	contact: Contact | undefined;
}

/** What the portal adds to the commit of one new client. */
export interface Enrolment {
	needs: readonly CollectionName[];
	/** Before the commit: what it cannot wait for. Throws VaultProblem. */
	prepare?(vault: Vault, added: AddedPeople): Promise<void>;
	put(state: Snapshot, added: AddedPeople): Changes['put'];
	/** What became of it, in words, once the commit is made; '' when no invitation was asked for. */
	told(): string;
}

/** The way into the portal as the page brings it along: this slice knows no invitations. */
export interface Enrolling {
	readonly isLoaded: boolean;
	/** Why nothing can be sent now, in words, and where it is mended. */
	readonly blockers: readonly { words: string; href: string }[];
	/** How long what is queued can be called back, milliseconds. */
	readonly undoWindowMs: number;
	begin(choice: { isClientEnrolled: boolean; isSending: boolean }, now: number): Enrolment;
}
