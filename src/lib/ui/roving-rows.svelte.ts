import { tick } from 'svelte';
import { rowAfterKey } from './list-keys.ts';

export interface RovingPorts {
	/** The element around the rows; each row bears its place in the list as `data-index` and holds an input. */
	list: () => HTMLElement | undefined;
	scroller: () => { scrollToIndex(index: number, options: { align: 'center' }): void } | undefined;
	count: () => number;
	/** The row that the person is at; -1 for none. */
	current: () => number;
	/** Makes another row the current one. */
	onmove: (index: number) => void;
}

/** So many frames a row may take to come. */
const mostFrames = 60;

/** The focus in a virtual list: one row's input is the stop for Tab, keys move it, scrolling does not lose it. */
export class RovingRows {
	readonly #ports: RovingPorts;
	#hadFocus = false;
	#turn = 0;
	/** Set when the row in focus has scrolled away: Tab then comes to one that is in sight. */
	#stopInSight = $state(-1);

	constructor(ports: RovingPorts) {
		this.#ports = ports;
	}

	get tabStop(): number {
		const { current, count } = this.#ports;
		if (this.#stopInSight >= 0) return Math.min(this.#stopInSight, count() - 1);
		return Math.max(current(), 0);
	}

	/** The place of the row that something stands in; -1 for none. */
	indexOf(target: EventTarget | null): number {
		const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
		return row ? Number(row.dataset.index) : -1;
	}

	boxAt(index: number): HTMLElement | undefined {
		return (
			this.#ports.list()?.querySelector<HTMLElement>(`[data-index="${index}"] input`) ?? undefined
		);
	}

	async focusAt(index: number): Promise<void> {
		const { count, onmove, scroller } = this.#ports;
		this.#stopInSight = -1;
		if (index < 0 || index >= count()) return;
		onmove(index);
		await tick();
		if (!this.boxAt(index)) scroller()?.scrollToIndex(index, { align: 'center' });
		// The row comes with the next frames, once the list has scrolled there, and is hidden until it is
		// measured: until then it takes no focus. Another step meanwhile goes before this one.
		const turn = ++this.#turn;
		for (let frame = 0; frame < mostFrames && turn === this.#turn; frame++) {
			const box = this.boxAt(index);
			box?.focus();
			if (box && document.activeElement === box) return;
			await new Promise((resolve) => requestAnimationFrame(resolve));
		}
	}

	/** Where a key takes the focus from and to; undefined when it is no key of the list. */
	stepOf(event: KeyboardEvent): { from: number; to: number } | undefined {
		if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
		const index = this.indexOf(event.target);
		if (index < 0 && event.target !== this.#ports.list()) return undefined;
		const from = index >= 0 ? index : this.tabStop;
		const to = rowAfterKey(event.key, from, this.#ports.count());
		return to === undefined ? undefined : { from, to };
	}

	/** For the list's `onfocusin`. */
	readonly noteFocus = (event: FocusEvent): void => {
		this.#hadFocus = true;
		const index = this.indexOf(event.target);
		if (index < 0) return;
		this.#stopInSight = -1;
		if (index !== this.#ports.current()) this.#ports.onmove(index);
	};

	/** For the list's `onfocusout`. */
	readonly noteBlur = (event: FocusEvent): void => {
		if (event.relatedTarget)
			this.#hadFocus = this.#ports.list()?.contains(event.relatedTarget as Node) ?? false;
	};

	/** For the virtual list's `onscroll`: a row that left the page had the focus. */
	readonly keepFocus = (): void => {
		if (this.#hadFocus && document.activeElement === document.body)
			this.#ports.list()?.focus({ preventScroll: true });
	};

	/** For the virtual list's `onscrollend`. */
	readonly settle = (): void => {
		this.keepFocus();
		const list = this.#ports.list();
		if (!list || this.boxAt(this.tabStop) || list.contains(document.activeElement)) return;
		const rows = list.querySelectorAll<HTMLElement>('[data-index]');
		this.#stopInSight = this.indexOf(rows[Math.floor(rows.length / 2)] ?? null);
	};
}
