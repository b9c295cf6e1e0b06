import { untrack } from 'svelte';

export interface Shortcut {
	/** A key, or two one after the other: '/', '?', 'g h'. As `KeyboardEvent.key` names them. */
	keys: string;
	/** What it does, for the list of all keys. */
	label: string;
	/** Without it the line is only listed: keys that a list or a dialog answers itself. */
	run?: () => void;
}

/** The second key of a pair must come within this time. */
const pairMs = 1_200;
const storageKey = 'portico-shortcuts';

function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	return (
		target.isContentEditable ||
		target.matches(
			'textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"])',
		) ||
		target.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !==
			null
	);
}

class Shortcuts {
	#all = $state.raw<readonly Shortcut[]>([]);
	#isOn = $state(true);
	#first = '';
	#firstAt = 0;

	constructor() {
		try {
			this.#isOn = globalThis.localStorage?.getItem(storageKey) !== 'off';
		} catch {
			// No storage for such things here: they stay on.
		}
	}

	get all(): readonly Shortcut[] {
		return this.#all;
	}

	/** Single keys get in the way of speech input, so that they can be turned off (WCAG 2.1.4). */
	get isOn(): boolean {
		return this.#isOn;
	}

	set isOn(isOn: boolean) {
		this.#isOn = isOn;
		try {
			localStorage.setItem(storageKey, isOn ? 'on' : 'off');
		} catch {
			// It holds for this page.
		}
	}

	/** Adds shortcuts; returns a function that takes them away: `$effect(() => shortcuts.add([...]))`. */
	add(added: readonly Shortcut[]): () => void {
		// Untracked on purpose: `add` runs in effects, which must not follow the list they change.
		this.#all = [...untrack(() => this.#all), ...added];
		return () => {
			this.#all = this.#all.filter((shortcut) => !added.includes(shortcut));
		};
	}

	/** Answers a keydown on the window. */
	press(event: KeyboardEvent): void {
		if (!this.#isOn || event.defaultPrevented || event.isComposing) return;
		if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
		const isPair = this.#first !== '' && event.timeStamp - this.#firstAt < pairMs;
		const keys = isPair ? `${this.#first} ${event.key}` : event.key;
		this.#first = '';
		// The newest wins, so that a page may answer a key its own way.
		const found = this.#all.findLast((shortcut) => shortcut.run && shortcut.keys === keys);
		if (found?.run) {
			event.preventDefault();
			found.run();
		} else if (this.#all.some((shortcut) => shortcut.keys.startsWith(`${event.key} `))) {
			this.#first = event.key;
			this.#firstAt = event.timeStamp;
		}
	}
}

/** The keys that work on this screen. */
export const shortcuts = new Shortcuts();
