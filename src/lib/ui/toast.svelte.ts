export interface ToastDraft {
	text: string;
	tone?: 'info' | 'good' | 'bad';
	/** Usually 'Undo'. The toast goes when it is pressed. */
	action?: { label: string; run: () => void | Promise<void> };
	/** How long it stays; the wait stops while someone points at it or is in it. Milliseconds. */
	durationMs?: number;
	/**
	 * When the action's chance ends for good (epoch milliseconds), for what happens at a fixed time:
	 * this countdown tells the truth and cannot be stopped.
	 */
	endsAt?: number;
}

const shortMs = 5_000;
const withActionMs = 10_000;

/** One toast on screen. */
export class Toast {
	readonly id: number;
	readonly draft: ToastDraft;
	readonly totalMs: number;
	/** Milliseconds until it goes. */
	leftMs = $state(0);

	constructor(id: number, draft: ToastDraft) {
		this.id = id;
		this.draft = draft;
		this.totalMs = draft.endsAt
			? Math.max(0, draft.endsAt - Date.now())
			: (draft.durationMs ?? (draft.action ? withActionMs : shortMs));
		this.leftMs = this.totalMs;
	}
}

class Toasts {
	#shown = $state.raw<readonly Toast[]>([]);
	#lastId = 0;

	get shown(): readonly Toast[] {
		return this.#shown;
	}

	add(draft: ToastDraft): Toast {
		const toast = new Toast(++this.#lastId, draft);
		this.#shown = [...this.#shown, toast];
		return toast;
	}

	remove(id: number): void {
		this.#shown = this.#shown.filter((toast) => toast.id !== id);
	}

	/** Takes `passedMs` from each toast's time and lets go those whose time is over. */
	pass(passedMs: number, isPaused: boolean): void {
		for (const toast of this.#shown) {
			if (toast.draft.endsAt) toast.leftMs = toast.draft.endsAt - Date.now();
			else if (!isPaused) toast.leftMs -= passedMs;
		}
		if (this.#shown.some((toast) => toast.leftMs <= 0)) {
			this.#shown = this.#shown.filter((toast) => toast.leftMs > 0);
		}
	}
}

/** What the Toaster shows. */
export const toasts = new Toasts();

/** Says what was done, with an 'Undo' where it can be undone. Returns a function that takes it away. */
export function showToast(draft: ToastDraft): () => void {
	const toast = toasts.add(draft);
	return () => toasts.remove(toast.id);
}
