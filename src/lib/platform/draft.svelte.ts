import { unsaved, type UnsavedWork } from './unsaved.svelte.ts';

type Edits<Row> = { readonly [Field in keyof Row]?: { value: Row[Field]; base: unknown } };

/** Where a draft is gone on with. */
export interface DraftPlace {
	label: string;
	href: string;
}

/**
 * What a person typed on top of a stored row. Fields that were not edited follow what is stored, so
 * that what another tab saves is seen at once. A draft lives as long as the tab: keep it outside of
 * components, and going to another screen loses nothing.
 */
export class Draft<Row extends object> implements UnsavedWork {
	readonly label: string;
	readonly href: string;
	readonly #read: () => Row | undefined;
	/** What `on` was last asked about: a screen may show the row before it is read here. */
	#shown: Row | undefined;
	#edits = $state.raw<Edits<Row>>({});
	#clashes = $state.raw<readonly (keyof Row & string)[]>([]);
	#isSaving = $state(false);
	#failure = $state('');

	constructor({ label, href }: DraftPlace, read: () => Row | undefined) {
		this.label = label;
		this.href = href;
		this.#read = read;
		unsaved.add(this);
	}

	/** The row as it is on disk; undefined until it is read. */
	get stored(): Row | undefined {
		return this.#read();
	}

	get edits(): Edits<Row> {
		return this.#edits;
	}

	/** Fields that were changed elsewhere while they were edited here, found by the last save. */
	get clashes(): readonly (keyof Row & string)[] {
		const { stored } = this;
		return this.#clashes.filter((field) => {
			const edit = this.#edits[field];
			return edit !== undefined && edit.value !== stored?.[field];
		});
	}

	get isSaving(): boolean {
		return this.#isSaving;
	}

	/** Why the last save failed, in words; '' when it did not. */
	get failure(): string {
		return this.#failure;
	}

	get isUnsaved(): boolean {
		const { stored } = this;
		const fields = Object.keys(this.#edits) as (keyof Row)[];
		return fields.some((field) => this.#edits[field]?.value !== stored?.[field]);
	}

	/** `stored` with what was typed on top of it. */
	on(stored: Row): Row {
		this.#shown = stored;
		const row = { ...stored };
		for (const field of Object.keys(this.#edits) as (keyof Row)[]) {
			const edit = this.#edits[field];
			if (edit) row[field] = edit.value;
		}
		return row;
	}

	edit<Field extends keyof Row>(field: Field, value: Row[Field]): void {
		const stored = this.stored ?? this.#shown;
		const base = this.#edits[field]?.base ?? stored?.[field];
		const others = Object.entries(this.#edits).filter(([name]) => name !== field);
		// Typed back to what is stored, a field follows what is stored again.
		const isBack = stored !== undefined && value === stored[field];
		this.#edits = Object.fromEntries(
			isBack ? others : [...others, [field, { value, base }]],
		) as Edits<Row>;
	}

	/** Lets go of what was typed and takes what is stored; returns what brings it back. */
	discard(): () => void {
		const edits = this.#edits;
		this.#edits = {};
		this.#clashes = [];
		this.#failure = '';
		return () => (this.#edits = { ...edits, ...this.#edits });
	}

	/** Runs one save at a time; what it throws becomes `failure`. Resolves to whether it ran to its end. */
	async attempt(save: () => Promise<void>, wordsOf: (error: unknown) => string): Promise<boolean> {
		if (this.#isSaving) return false;
		this.#isSaving = true;
		this.#failure = '';
		try {
			await save();
			return true;
		} catch (error) {
			this.#failure = wordsOf(error);
			return false;
		} finally {
			this.#isSaving = false;
		}
	}

	/** After a save: what was typed meanwhile stays a draft, on top of what was saved. */
	settle(saved: Edits<Row>): void {
		const later = Object.entries(this.#edits).filter(
			([field, edit]) =>
				saved[field as keyof Row]?.value !== (edit as { value: unknown } | undefined)?.value,
		);
		this.#edits = Object.fromEntries(later) as Edits<Row>;
		this.#clashes = [];
		this.#rebase();
	}

	/** After a save that found `fields` changed: both texts are shown, and the next save overwrites knowingly. */
	clash(fields: readonly (keyof Row & string)[]): void {
		this.#clashes = fields;
		this.#rebase();
	}

	#rebase(): void {
		const { stored } = this;
		const edits = Object.entries(this.#edits) as [keyof Row, { value: unknown }][];
		this.#edits = Object.fromEntries(
			edits.map(([field, { value }]) => [field, { value, base: stored?.[field] }]),
		) as Edits<Row>;
	}
}
