import type { Client } from '$lib/domain/client.ts';
import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { presentIds } from '$lib/domain/former-ids.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import type { Facts } from './facts.ts';
import type { RestoreMode } from './plan-restore.ts';

/**
 * Who was made part of another profile, or a contact card, since is not to come back beside it, and who
 * was so in the backup goes here.
 */
export class Comings {
	readonly #on: Snapshot;
	readonly #facts: Facts;
	readonly #isMerge: boolean;
	readonly #formers: ReadonlyMap<string, string>;
	readonly #cards: ReadonlySet<string>;
	readonly #formersThere = new Map<string, string>();
	readonly #converted = new Set<string>();

	constructor(on: Snapshot, facts: Facts, mode: RestoreMode) {
		this.#on = on;
		this.#facts = facts;
		this.#isMerge = mode === 'merge';
		this.#formers = presentIds(on.table('clients'));
		this.#cards = new Set(on.rows('contacts').flatMap(({ profile }) => profile?.id ?? []));
	}

	mayCome(name: CollectionName, row: Collections[CollectionName]): boolean {
		if (!this.#isMerge) return true;
		if (name === 'clients') return !this.#formers.has(row.id) && !this.#cards.has(row.id);
		const profile = name === 'contacts' ? (row as Contact).profile : undefined;
		if (!profile || !this.#on.get('clients', profile.id)) return true;
		const last = this.#facts.lastOf(profile.id, ['converted', 'converted-back']);
		if (last?.side !== 'there' || last.what !== 'converted') return false;
		this.#converted.add(profile.id);
		return true;
	}

	noteFormers(clients: readonly Client[]): void {
		for (const [former, present] of presentIds(clients)) this.#formersThere.set(former, present);
	}

	/** Clients who are here and were made part of something else in the backup. */
	goneHere(put: readonly Client[] = []): string[] {
		const taken = presentIds(put);
		const merged = [...this.#formersThere].filter(
			([former, present]) =>
				this.#on.get('clients', former) &&
				(taken.get(former) === present || !this.#on.get('clients', present)),
		);
		return [...new Set([...this.#converted, ...merged.map(([former]) => former)])];
	}
}
