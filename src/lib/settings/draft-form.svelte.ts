import { type Edits, putBackInWords } from '$lib/domain/edits.ts';
import type { Draft } from '$lib/platform/draft.svelte.ts';
import { unsaved } from '$lib/platform/unsaved.svelte.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { wordsOf } from './failure-words.ts';
import type { SaveOutcome } from './save-section.ts';

type Saved<Row> = Extract<SaveOutcome<Row>, { kind: 'saved' }>;

interface SaveSteps<Row> {
	save: (edits: Edits<Row>) => Promise<SaveOutcome<Row>>;
	/** Resolves to the fields that were changed since, and so were left; without it there is no 'Undo'. */
	undo?: (saved: Saved<Row>) => Promise<string[]>;
	/** Said when it is saved. */
	saved: string;
	/** The fields' labels, by field. */
	labels: Readonly<Record<string, string>>;
}

/** A draft as a form shows it: which fields are judged, what is said of a save and its undo. */
export class DraftForm<Row extends object> {
	readonly #draft: Draft<Row>;
	readonly #blank: () => Row;
	#judged = $state.raw<readonly string[]>([]);

	/** `blank`: what the form shows until what is stored is read. */
	constructor(draft: Draft<Row>, blank: () => Row) {
		this.#draft = draft;
		this.#blank = blank;
	}

	/** As it is on disk; undefined until it is read. */
	get stored(): Row | undefined {
		return this.#draft.stored;
	}

	/** As the form shows it. */
	get draft(): Row {
		return this.#draft.on(this.stored ?? this.#blank());
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

	edit<Field extends keyof Row>(field: Field, value: Row[Field]): void {
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
		for (const field of Object.keys(draft) as (keyof Row)[]) {
			const value: unknown = draft[field];
			if (typeof value === 'string' && value !== value.trim())
				this.edit(field, value.trim() as Row[typeof field]);
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

	/** Saves what was edited and says so. The second save after a clash overwrites knowingly. */
	protected async saveBy({ save, undo, saved, labels }: SaveSteps<Row>): Promise<void> {
		await this.#draft.attempt(async () => {
			const { edits } = this.#draft;
			const outcome = await save(edits);
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
						...(undo && {
							action: { label: 'Undo', run: () => putBack(() => undo(outcome), outcome, labels) },
						}),
					});
			}
		}, wordsOf);
	}
}

async function putBack(
	undo: () => Promise<string[]>,
	{ before }: Saved<object>,
	labels: SaveSteps<object>['labels'],
): Promise<void> {
	try {
		const left = await undo();
		const text = putBackInWords(
			Object.keys(before).length,
			left.map((field) => labels[field] ?? field),
		);
		showToast({ text, tone: left.length === 0 ? 'good' : 'info' });
	} catch (error) {
		showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
	}
}
