import { tick } from 'svelte';
import type { ListLine } from './outbox-list.ts';
import type { Selection } from './selection.svelte.ts';

interface Scroller {
	scrollToIndex(index: number, options: { align: 'center' }): void;
}

/** Picks messages out of the list, by mouse and by keyboard. */
export class ListKeys {
	readonly #selection: Selection;
	readonly #lines: () => readonly ListLine[];
	readonly #scroller: () => Scroller | undefined;

	constructor(
		selection: Selection,
		lines: () => readonly ListLine[],
		scroller: () => Scroller | undefined,
	) {
		this.#selection = selection;
		this.#lines = lines;
		this.#scroller = scroller;
	}

	/** A click on a row's check-box, or the space bar in it; with Shift everything since the last one. */
	choose(id: string, isChosen: boolean, hasShift: boolean): void {
		this.#selection.choose(id, isChosen, hasShift ? this.#ids() : undefined);
	}

	/** Arrows go from row to row, with Shift they pick; Ctrl+A picks all, Escape none. */
	press(event: KeyboardEvent): void {
		const { target, key, shiftKey } = event;
		if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox') return;
		const line = Number(target.closest<HTMLElement>('[data-line]')?.dataset.line);
		if (event.ctrlKey || event.metaKey) {
			if (key.toLowerCase() !== 'a') return;
			this.#selection.chooseAll(this.#ids());
		} else if (key === 'Escape' && this.#selection.size > 0) {
			this.#selection.clear();
		} else if (key === 'ArrowDown' || key === 'ArrowUp') {
			const next = this.#lineFrom(line, key === 'ArrowDown' ? 1 : -1);
			const to = this.#lines()[next];
			if (to?.kind !== 'message') return;
			if (shiftKey) {
				const from = this.#lines()[line];
				if (from?.kind === 'message') this.#selection.choose(from.message.id, true);
				this.#selection.choose(to.message.id, true);
			}
			void this.#focusAt(next);
		} else return;
		event.preventDefault();
	}

	#ids(): string[] {
		return this.#lines().flatMap((line) => (line.kind === 'message' ? [line.message.id] : []));
	}

	#lineFrom(line: number, step: 1 | -1): number {
		let next = line + step;
		while (this.#lines()[next]?.kind === 'heading') next += step;
		return next;
	}

	async #focusAt(line: number): Promise<void> {
		const box = () => document.querySelector<HTMLElement>(`[data-line="${line}"] input`);
		if (!box()) this.#scroller()?.scrollToIndex(line, { align: 'center' });
		// The row comes with the next frames, once the list has scrolled there.
		for (let frame = 0; frame < 20 && !box(); frame++) {
			await new Promise((resolve) => requestAnimationFrame(resolve));
			await tick();
		}
		box()?.focus();
	}
}
