import { letterNames, letterToSend, type LetterName } from '$lib/domain/default-templates.ts';
import type { TemplateKind } from '$lib/domain/message.ts';
import type { Professional } from '$lib/domain/professional.ts';
import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { InvitationSettings, PracticeSettings } from '$lib/domain/settings/practice.ts';
import type { PortalDoorSettings } from '$lib/domain/settings/portal-door.ts';
import type { RelaySettings } from '$lib/domain/settings/relay.ts';
import { wordingFrom, type Wording } from '$lib/domain/wording.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { notesFrom, type Notes } from './editor/notes.ts';

/** The letter and all that goes with it, as the vault has it now. */
export class WhatIsSent {
	readonly #settings = live('settings');
	readonly #templates = live('templates');
	readonly #professionals = live('professionals');
	readonly #kind: TemplateKind;

	readonly rows: readonly SettingsRow[] = $derived(this.#settings.current ?? []);
	/** The same from the vault itself, for what outlives the page. */
	get stored(): readonly SettingsRow[] {
		return this.#settings.current ?? [];
	}

	readonly practice: PracticeSettings = $derived(settingsFrom(this.rows, 'practice'));
	readonly relay: RelaySettings = $derived(settingsFrom(this.rows, 'relay'));
	readonly invitation: InvitationSettings = $derived(settingsFrom(this.rows, 'invitation'));
	readonly door: PortalDoorSettings = $derived(settingsFrom(this.rows, 'portal-door'));
	readonly template: Wording = $derived.by(() =>
		wordingFrom(this.#templates.current ?? [], this.invitation.language, this.letter),
	);
	/** Which of the practice's letters is sent. */
	readonly letter: LetterName = $derived.by(() =>
		letterToSend(this.#templates.current ?? [], this.invitation, this.#kind),
	);
	/** All of the kind that is sent. */
	readonly letters: readonly LetterName[] = $derived.by(() =>
		letterNames(this.#templates.current ?? [], this.#kind),
	);
	/** What is written to single clients. */
	readonly notes: Notes = $derived(notesFrom(this.rows));
	readonly professionals: readonly Professional[] = $derived(this.#professionals.current ?? []);

	constructor(kind: TemplateKind) {
		this.#kind = kind;
	}

	get isLoaded(): boolean {
		return [this.#settings, this.#templates, this.#professionals].every(
			({ current }) => current !== undefined,
		);
	}
}
