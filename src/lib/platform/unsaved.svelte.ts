import { untrack } from 'svelte';

/** Something that a person typed and that is not saved yet. */
export interface UnsavedWork {
	/** Where she goes on with it: 'Practice', '#/settings/practice'. */
	readonly label: string;
	readonly href: string;
	readonly isUnsaved: boolean;
	/** Lets go of it; returns what brings it back. */
	discard(): () => void;
}

class Unsaved {
	#works = $state.raw<readonly UnsavedWork[]>([]);
	/** One entry for every form on the screen that shows the work. Plain, because an effect's end reads old signals. */
	#shown: readonly UnsavedWork[] = [];
	#changes = 0;
	#version = $state(0);

	add(work: UnsavedWork): void {
		untrack(() => (this.#works = [...this.#works, work]));
	}

	/** What would be lost with this tab. */
	get all(): readonly UnsavedWork[] {
		return this.#works.filter((work) => work.isUnsaved);
	}

	/** What no form on the screen shows: it would be forgotten. */
	get elsewhere(): readonly UnsavedWork[] {
		return this.#version >= 0 ? this.all.filter((work) => !this.#shown.includes(work)) : [];
	}

	/** A form shows the work from now on, until the returned function is called. */
	show(work: UnsavedWork): () => void {
		this.#shown = [...this.#shown, work];
		this.#version = ++this.#changes;
		return () => {
			const at = this.#shown.indexOf(work);
			this.#shown = this.#shown.filter((_, index) => index !== at);
			this.#version = ++this.#changes;
		};
	}
}

/** What is typed and not saved, wherever in the app the person is. */
export const unsaved = new Unsaved();
