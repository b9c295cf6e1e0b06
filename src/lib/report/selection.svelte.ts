import { canBeChecked, isChecked, type ReportRow } from '$lib/domain/report.ts';
import { choicesIn } from '$lib/domain/report-choices.ts';
import type { ReportKind } from '$lib/domain/report-kind.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { ChoiceKeeper } from './choice-keeper.ts';
import { withChanges } from './save-choices.ts';

/** Who is to be invited: the report's default and the person's own choices, kept in the vault. */
export class Selection {
	readonly #settings = live('settings');
	readonly #onfailure: (error: unknown) => void;
	readonly #kind: ReportKind;
	readonly #keeper: ChoiceKeeper;
	#version = $state(0);
	#stored = $derived.by(() =>
		choicesIn(settingsFrom(this.#settings.current ?? [], 'report-selection'), this.#kind),
	);
	#last: Record<string, boolean> = {};
	// Changed in place on a click, beside `#version`: copying 100,000 choices for one is too slow. What
	// comes back from the vault as it was chosen here is no change.
	#choices = $derived.by(() => {
		const choices = withChanges(this.#stored, this.#keeper.pending);
		return isSame(choices, this.#last) ? this.#last : (this.#last = choices);
	});

	constructor(onfailure: (error: unknown) => void, kind: ReportKind = 'first') {
		this.#onfailure = onfailure;
		this.#kind = kind;
		this.#keeper = new ChoiceKeeper(theVault, (error) => this.#drop(error), kind);
	}

	get isLoaded(): boolean {
		return this.#settings.current !== undefined;
	}

	/** Client id → checked, where a person chose. */
	get choices(): Readonly<Record<string, boolean>> {
		return this.#version >= 0 ? this.#choices : {};
	}

	has(row: ReportRow): boolean {
		return isChecked(row, this.choices);
	}

	/** Checks or unchecks those of the rows that can be; returns how many changed. */
	choose(rows: readonly ReportRow[], isToBeChecked: boolean): number {
		const choices = this.#choices;
		let changed = 0;
		for (const row of rows) {
			if (!canBeChecked(row) || isChecked(row, choices) === isToBeChecked) continue;
			changed++;
			// Only what differs from the report's own mind is kept.
			const choice = (row.class === 'ready') === isToBeChecked ? undefined : isToBeChecked;
			if (choice === undefined) delete choices[row.clientId];
			else choices[row.clientId] = choice;
			this.#keeper.keep(row.clientId, choice);
		}
		if (changed > 0) this.#version++;
		return changed;
	}

	/** Resolves when the vault holds every choice: before a send and before the page goes. */
	flush(): Promise<void> {
		return this.#keeper.flush();
	}

	/** What could not be kept is not shown as if it were. */
	#drop(error: unknown): void {
		this.#choices = this.#last = { ...this.#stored };
		this.#version++;
		this.#onfailure(error);
	}
}

function isSame(a: Record<string, boolean>, b: Record<string, boolean>): boolean {
	const ids = Object.keys(a);
	return ids.length === Object.keys(b).length && ids.every((id) => a[id] === b[id]);
}
