import { putBackInWords } from '$lib/domain/edits.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { Draft, type DraftPlace } from '$lib/platform/draft.svelte.ts';
import { unsaved } from '$lib/platform/unsaved.svelte.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { saveSection, undoSection, type FormSections, type SaveOutcome } from './save-section.ts';

type Saved<Section> = Extract<SaveOutcome<Section>, { kind: 'saved' }>;
type Labels = Readonly<Record<string, string>>;

const settings = live('settings');
const drafts: { [Id in keyof FormSections]?: Draft<FormSections[Id]> } = {};

/** One draft a section, for every form that shows it: it outlives the form. */
function draftOf<Id extends keyof FormSections>(id: Id): Draft<FormSections[Id]> {
	const known = drafts[id] as Draft<FormSections[Id]> | undefined;
	if (known) return known;
	const draft = new Draft<FormSections[Id]>(placeOf(id), () => {
		const rows = settings.current;
		return rows && (settingsFrom(rows, id) as FormSections[Id]);
	});
	Object.assign(drafts, { [id]: draft });
	return draft;
}

function placeOf(id: keyof FormSections): DraftPlace {
	switch (id) {
		case 'practice':
			return { label: 'Practice', href: '#/settings/practice' };
		case 'relay':
			return { label: 'Email relay', href: '#/settings/email-relay' };
		case 'portal-door':
			return { label: 'Where the invitation’s link goes', href: '#/settings/invitation' };
	}
}

/** One section of the settings as a form. */
export class SectionForm<Id extends keyof FormSections> {
	readonly #id: Id;
	readonly #draft: Draft<FormSections[Id]>;
	#judged = $state.raw<readonly string[]>([]);

	constructor(id: Id) {
		this.#id = id;
		this.#draft = draftOf(id);
	}

	/** The section as it is on disk; undefined until it is read. */
	get stored(): FormSections[Id] | undefined {
		return this.#draft.stored;
	}

	/** The section as the form shows it. */
	get draft(): FormSections[Id] {
		return this.#draft.on(this.stored ?? (settingsFrom([], this.#id) as FormSections[Id]));
	}

	get isUnsaved(): boolean {
		return this.#draft.isUnsaved;
	}

	get isSaving(): boolean {
		return this.#draft.isSaving;
	}

	/** Fields that another tab changed while they were edited here. */
	get clashes(): readonly string[] {
		return this.#draft.clashes;
	}

	/** Why the last save failed, in words; '' when it did not. */
	get failure(): string {
		return this.#draft.failure;
	}

	edit<Field extends keyof FormSections[Id]>(field: Field, value: FormSections[Id][Field]): void {
		this.#draft.edit(field, value);
	}

	/** Fields are judged once a person has left them, or wants to save: not while she types. */
	isJudged(field: string): boolean {
		return this.#judged.includes(field);
	}

	judge(...fields: string[]): void {
		this.#judged = [...this.#judged, ...fields];
	}

	/** Blanks around what was typed say nothing. */
	trim(): void {
		const { draft } = this;
		for (const field of Object.keys(draft) as (keyof FormSections[Id])[]) {
			const value: unknown = draft[field];
			if (typeof value === 'string' && value !== value.trim())
				this.edit(field, value.trim() as FormSections[Id][typeof field]);
		}
	}

	/** A form shows the draft from now on, until the returned function is called. */
	show(): () => void {
		return unsaved.show(this.#draft);
	}

	/** Lets go of what was typed, and takes what is stored. */
	discard(): void {
		const bringBack = this.#draft.discard();
		this.#judged = [];
		showToast({ text: 'Your changes are discarded.', action: { label: 'Undo', run: bringBack } });
	}

	/** Saves what was edited and says so with an 'Undo'. The second save after a clash overwrites knowingly. */
	async save({
		what,
		saved,
		labels = {},
	}: {
		what: string;
		saved: string;
		labels?: Labels;
	}): Promise<void> {
		await this.#draft.attempt(async () => {
			const { edits } = this.#draft;
			const outcome = await saveSection(await theVault(), this.#id, edits, what);
			switch (outcome.kind) {
				case 'changed-elsewhere':
					return this.#draft.clash(outcome.fields);
				case 'unchanged':
					this.#draft.settle(edits);
					showToast({ text: 'Nothing to save: all is as it was.' });
					return;
				case 'saved':
					this.#draft.settle(edits);
					showToast({
						text: saved,
						tone: 'good',
						action: { label: 'Undo', run: () => this.#undo(outcome, labels) },
					});
			}
		}, wordsOf);
	}

	async #undo(saved: Saved<FormSections[Id]>, labels: Labels): Promise<void> {
		try {
			const left = await undoSection(await theVault(), this.#id, saved);
			const fields = Object.keys(saved.before).length;
			const text = putBackInWords(
				fields,
				left.map((field) => labels[field] ?? field),
			);
			showToast({ text, tone: left.length === 0 ? 'good' : 'info' });
		} catch (error) {
			showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
		}
	}
}

function wordsOf(error: unknown): string {
	return error instanceof VaultProblem
		? error.message
		: 'This could not be saved. Nothing was changed. Reload and try again.';
}
