import { portalMarks, type PortalMark } from './portal-marks.ts';
import type { Reconciled } from './reconcile-rows.ts';
import { RowColumnsReader, type ListedRow } from './reconcile-lists.ts';

/** Which mark the list shows. */
export type MarkFilter = PortalMark | 'all';

/** The changes that a file would make, with a check-box each. Those in doubt are unchecked at first. */
export class CheckedChanges {
	readonly count: number;
	readonly #marks: Uint8Array;
	readonly #isSure: Uint8Array;
	readonly #isOff: Uint8Array;
	readonly #rows: RowColumnsReader;
	/** The array is no state: this says that it changed. */
	#changes = $state(0);
	#checked = $state(0);
	filter = $state<MarkFilter>('all');
	search = $state('');
	readonly #found = $derived.by(() => this.#rows.search(this.search));
	readonly #shown = $derived.by(() => {
		const found = this.#found;
		if (this.filter === 'all') return found;
		const marks = this.#marks;
		const wanted = portalMarks[this.filter];
		return found.filter((at) => ((marks[at] ?? 0) & wanted) !== 0);
	});

	constructor({ changes, marks, isSure }: Reconciled) {
		this.count = changes.count;
		this.#marks = marks;
		this.#isSure = isSure;
		this.#rows = new RowColumnsReader(changes);
		this.#isOff = isSure.map((sure) => (sure ? 0 : 1));
		this.#checked = this.#isOff.reduce((sum, off) => sum + (off ? 0 : 1), 0);
	}

	get checked(): number {
		return this.#checked;
	}

	/** Indexes of the changes that the filter and the search let through. */
	get shown(): readonly number[] {
		return this.#shown;
	}

	get marks(): Uint8Array {
		return this.#marks;
	}

	marksAt(at: number): number {
		return this.#marks[at] ?? 0;
	}

	isSureAt(at: number): boolean {
		return this.#isSure[at] === 1;
	}

	row(at: number): ListedRow {
		return this.#rows.row(at);
	}

	isChecked(at: number): boolean {
		void this.#changes;
		return this.#isOff[at] === 0;
	}

	/** How many of those shown are checked: all, none or some. */
	get shownChecked(): 'all' | 'none' | 'some' {
		void this.#changes;
		const [shown, isOff] = [this.#shown, this.#isOff];
		let on = 0;
		for (const at of shown) if (isOff[at] === 0) on += 1;
		if (on === 0) return 'none';
		return on === shown.length ? 'all' : 'some';
	}

	choose(at: readonly number[], isChecked: boolean): void {
		const isOff = this.#isOff;
		const off = isChecked ? 0 : 1;
		let changed = 0;
		for (const index of at) {
			if (isOff[index] === off) continue;
			isOff[index] = off;
			changed += 1;
		}
		this.#checked += isChecked ? changed : -changed;
		this.#changes += 1;
	}

	/** Indexes of the changes that are not to be made. */
	leftOut(): Int32Array {
		const left: number[] = [];
		for (const [at, off] of this.#isOff.entries()) if (off) left.push(at);
		return Int32Array.from(left);
	}
}
