import type { Client } from '$lib/domain/client.ts';
import {
	type FurtherField,
	mergedClient,
	type MergeField,
	usualChoices,
} from '$lib/domain/merge.ts';
import { SvelteSet } from 'svelte/reactivity';

/** What a person chose of two profiles so far. */
export class MergeDraft {
	readonly choices: SvelteSet<MergeField>;
	readonly dropped = new SvelteSet<FurtherField>();

	constructor(kept: Client, other: Client) {
		this.choices = new SvelteSet(usualChoices(kept, other));
	}

	choose(field: MergeField, isOther: boolean): void {
		if (isOther) this.choices.add(field);
		else this.choices.delete(field);
	}

	keepBeside(field: FurtherField, isKept: boolean): void {
		if (isKept) this.dropped.delete(field);
		else this.dropped.add(field);
	}

	/** The profile as it will be. */
	merged(kept: Client, other: Client): Client {
		return mergedClient(kept, other, this.choices, this.dropped);
	}
}
