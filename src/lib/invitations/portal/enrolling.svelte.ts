import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { addressee } from '$lib/domain/portal-user.ts';
import { letterToSend } from '$lib/domain/default-templates.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { type Blocker, whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import { wordingFrom } from '$lib/domain/wording.ts';
import { live } from '$lib/vault/live.svelte.ts';
import type { Changes, Snapshot, Vault } from '$lib/vault/types.ts';
import { linksMadeFor, type LinkOfInbox } from '../door/user-links.ts';
import { type Enrolled, enrolled } from './enrolment.ts';
import { outcomeInWords, settingsOf } from './portal-words.ts';
import { needs, type PortalLetter } from './queue-users.ts';

/** What stands against sending, with the way to where it is mended. */
export interface BlockerPlace extends Blocker {
	href: string;
}

interface AddedPeople {
	client: Client;
	contact: Contact | undefined;
}

/** What a new client's enrolment takes, for whoever adds clients. */
export class Enrolling {
	readonly #settings = live('settings');
	readonly #templates = live('templates');
	readonly #wording = $derived.by(() => {
		const rows = this.#templates.current ?? [];
		const invitation = settingsFrom(this.#settings.current ?? [], 'invitation');
		const letter = letterToSend(rows, invitation, 'invitation');
		return wordingFrom(rows, invitation.language, letter);
	});
	readonly #letter: PortalLetter = $derived({
		template: this.#wording,
		practice: settingsFrom(this.#settings.current ?? [], 'practice'),
		invitation: settingsFrom(this.#settings.current ?? [], 'invitation'),
		door: settingsFrom(this.#settings.current ?? [], 'portal-door'),
	});
	/** Why nothing can be sent now; empty when nothing stands against it. */
	readonly blockers: readonly BlockerPlace[] = $derived(
		whatBlocksSending({
			practice: this.#letter.practice,
			relay: settingsFrom(this.#settings.current ?? [], 'relay'),
			template: this.#letter.template,
			door: this.#letter.door,
		}).map((blocker) => ({ ...blocker, href: settingsOf(blocker).href })),
	);
	/** How long what is queued can be called back, milliseconds. */
	readonly undoWindowMs: number = $derived(this.#letter.invitation.undoWindowMs);

	get isLoaded(): boolean {
		return this.#settings.current !== undefined && this.#templates.current !== undefined;
	}

	/** For one new client. */
	begin(choice: { isClientEnrolled: boolean; isSending: boolean }, now: number) {
		const letter = choice.isSending && this.blockers.length === 0 ? this.#letter : undefined;
		let done: Enrolled | undefined;
		let linkOf: LinkOfInbox | undefined;
		return {
			needs,
			/** Before the commit, which cannot wait for a signature. */
			prepare: async (vault: Vault, { client, contact }: AddedPeople): Promise<void> => {
				const people = [client];
				// Where both have one inbox, the contact is written to: she comes first.
				if (contact) people.unshift(addressee(client, contact.name, contact.emailAddress));
				linkOf = letter && (await linksMadeFor(vault, letter, people, now));
			},
			/** The rows for the commit that adds her. */
			put: (state: Snapshot, added: AddedPeople): Changes['put'] => {
				const { isClientEnrolled } = choice;
				const ports = { now, newId: () => crypto.randomUUID() };
				done = enrolled(state, added, { isClientEnrolled, letter, linkOf }, ports);
				return done.put;
			},
			/** What became of it, in words, once the commit is made; '' when no invitation was asked for. */
			told: (): string => (done?.outcome ? outcomeInWords(done.outcome) : ''),
		};
	}
}
