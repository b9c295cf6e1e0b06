import { tick } from 'svelte';
import { placeByKey, type GridPlace } from './grid-keys.ts';
import type { FileProblem, ProblemCell, ProblemGroup } from './problem-groups.ts';

/** Puts a value in place of a cell; resolves when all is checked again. */
export type FixCell = (problem: FileProblem, cell: ProblemCell, value: string) => Promise<void>;

interface Edited {
	key: string;
	problem: FileProblem;
	cell: ProblemCell;
	/** What stood in the cell as the editing began. */
	before: string;
}

/** Tells the cells of a grid apart; the same for as long as the problem is there. */
export const cellKey = (group: ProblemGroup, { line }: FileProblem, { at }: ProblemCell) =>
	`${group.key}\n${line}\n${at}`;

/** The focus in a grid of cells, and the cell that is being edited. */
export class CellEditing {
	#edited = $state.raw<Edited>();
	#at = $state('');
	value = $state('');
	readonly #grid: () => HTMLElement | undefined;
	readonly #fix: () => FixCell | undefined;

	constructor(grid: () => HTMLElement | undefined, fix: () => FixCell | undefined) {
		this.#grid = grid;
		this.#fix = fix;
	}

	/** Key of the cell that is being edited; '' while none is. */
	get edited(): string {
		return this.#edited?.key ?? '';
	}

	/** Key of the cell that had the focus last. */
	get at(): string {
		return this.#at;
	}

	rest(key: string): void {
		this.#at = key;
	}

	async edit(
		key: string,
		problem: FileProblem,
		cell: ProblemCell,
		before: string,
		typed?: string,
	): Promise<void> {
		this.#edited = { key, problem, cell, before };
		this.value = typed ?? before;
		await tick();
		const input = this.#grid()?.querySelector('input');
		input?.focus();
		if (typed === undefined) input?.select();
	}

	/** Ends the editing, and leaves the focus where the person put it. */
	leave(): void {
		this.#keep(this.#end());
	}

	/** Moves by a key; false where the key leads nowhere. */
	move(event: KeyboardEvent): boolean {
		const { cells, place } = this.#places();
		if (!place) return false;
		const to = placeByKey(
			cells.map((row) => row.length),
			place,
			event,
		);
		if (!to) return false;
		cells[to.row]?.[to.cell]?.focus();
		return true;
	}

	/** Enter keeps and goes on below, F2 keeps and stays, Escape leaves the cell as it was, Tab goes on in the row. */
	async answer(event: KeyboardEvent): Promise<void> {
		const { key, shiftKey } = event;
		if (key !== 'Enter' && key !== 'F2' && key !== 'Escape' && key !== 'Tab') return;
		const { cells, place } = this.#places();
		const row = cells[place?.row ?? -1] ?? [];
		const next = row[(place?.cell ?? 0) + (shiftKey ? -1 : 1)];
		if (key === 'Tab' && !next) return;
		event.preventDefault();
		event.stopPropagation();
		const below = key === 'Enter' && place ? keyBelow(cells, place) : undefined;
		const ended = this.#end();
		if (key === 'Tab') {
			this.#keep(ended);
			next?.click();
			return;
		}
		await tick();
		this.focus(below ?? ended?.key ?? '');
		if (key !== 'Escape') this.#keep(ended);
	}

	focus(key: string): void {
		this.#cells()
			.find((cell) => cell.dataset.key === key)
			?.focus();
	}

	#end() {
		const edited = this.#edited;
		this.#edited = undefined;
		return edited && { ...edited, value: this.value };
	}

	#keep(ended: (Edited & { value: string }) | undefined): void {
		if (!ended || ended.value === ended.before) return;
		void this.#fix()?.(ended.problem, ended.cell, ended.value);
	}

	#cells(): HTMLElement[] {
		return [...(this.#grid()?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
	}

	#places() {
		const rows = [...(this.#grid()?.querySelectorAll('[role="row"]') ?? [])];
		const cells = rows
			.map((row) => [...row.querySelectorAll<HTMLElement>('[data-key]')])
			.filter((row) => row.length > 0);
		const focused = document.activeElement;
		const row = cells.findIndex((row) => row.some((cell) => cell === focused));
		const cell = cells[row]?.findIndex((cell) => cell === focused) ?? 0;
		return { cells, place: row < 0 ? undefined : ({ row, cell } satisfies GridPlace) };
	}
}

/** The cell below, else the one above: what is mended will be gone. */
function keyBelow(cells: readonly HTMLElement[][], { row, cell }: GridPlace): string | undefined {
	const other = cells[row + 1] ?? cells[row - 1];
	return other?.[Math.min(cell, other.length - 1)]?.dataset.key;
}
