import { settingsFrom } from '$lib/domain/settings.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { saveSection, type Edits, type FormSections } from './save-section.ts';

/**
 * One section of the settings as a form. Fields that were not edited follow the vault, so that what
 * another tab saves is seen here at once.
 */
export class SectionForm<Id extends keyof FormSections> {
	readonly #id: Id;
	readonly #settings = live('settings');
	#edits = $state.raw<Edits<FormSections[Id]>>({});
	#isSaving = $state(false);
	#clashes = $state.raw<readonly string[]>([]);
	#failure = $state('');

	constructor(id: Id) {
		this.#id = id;
	}

	/** The section as it is on disk; undefined until it is read. */
	get stored(): FormSections[Id] | undefined {
		const rows = this.#settings.current;
		return rows && (settingsFrom(rows, this.#id) as FormSections[Id]);
	}

	/** The section as the form shows it. */
	get draft(): FormSections[Id] {
		const draft = { ...(this.stored ?? (settingsFrom([], this.#id) as FormSections[Id])) };
		for (const [field, edit] of Object.entries(this.#edits))
			Object.assign(draft, { [field]: (edit as { value: unknown }).value });
		return draft;
	}

	get isSaving(): boolean {
		return this.#isSaving;
	}

	/** Fields that another tab changed while they were edited here. */
	get clashes(): readonly string[] {
		return this.#clashes;
	}

	/** Why the last save failed, in words; '' when it did not. */
	get failure(): string {
		return this.#failure;
	}

	edit<Field extends keyof FormSections[Id]>(field: Field, value: FormSections[Id][Field]): void {
		const base = this.#edits[field]?.base ?? this.stored?.[field];
		this.#edits = { ...this.#edits, [field]: { value, base } };
	}

	/** Takes what the other tab saved. */
	discard(): void {
		this.#edits = {};
		this.#clashes = [];
	}

	/** Saves what was edited and says so with an 'Undo'. The second save after a clash overwrites knowingly. */
	async save({ what, saved }: { what: string; saved: string }): Promise<void> {
		if (this.#isSaving) return;
		this.#isSaving = true;
		this.#failure = '';
		try {
			const vault = await theVault();
			const outcome = await saveSection(vault, this.#id, this.#edits, what);
			this.#clashes = outcome.kind === 'changed-elsewhere' ? outcome.fields : [];
			if (outcome.kind === 'changed-elsewhere') this.#rebase();
			else this.#edits = {};
			if (outcome.kind === 'unchanged') showToast({ text: 'Nothing to save: all is as it was.' });
			if (outcome.kind === 'saved')
				showToast({
					text: saved,
					tone: 'good',
					action: {
						label: 'Undo',
						run: async () => {
							await vault.undo(outcome.entryId, { what: 'settings put back', count: 1 });
						},
					},
				});
		} catch (error) {
			this.#failure =
				error instanceof VaultProblem
					? error.message
					: 'This could not be saved. Nothing was changed. Reload and try again.';
		} finally {
			this.#isSaving = false;
		}
	}

	/** Both values have been shown now: what is on disk is what the next save starts from. */
	#rebase(): void {
		const { stored } = this;
		const edits: Edits<FormSections[Id]> = {};
		for (const field of Object.keys(this.#edits) as (keyof FormSections[Id])[]) {
			const edit = this.#edits[field];
			if (edit) edits[field] = { value: edit.value, base: stored?.[field] };
		}
		this.#edits = edits;
	}
}
