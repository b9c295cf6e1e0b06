import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { isEqual } from '$lib/domain/equal.ts';
import type { Message } from '$lib/domain/message.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import type { Facts } from './facts.ts';
import { heldInPlaceOf, heldMessage } from './held.ts';
import { mergedRow } from './merged-row.ts';

/**
 * The messages of a restore. The outbox of another tab may send while a backup is read, so what is on
 * both sides is judged on the very state on which it is written.
 */
export class MessageRestore {
	readonly #isReplace: boolean;
	readonly #now: number;
	readonly #there = new Map<string, Message>();
	readonly #added = new Set<string>();
	#facts: Facts | undefined;
	#heldAmongAdded = 0;

	constructor({ mode, now }: { mode: 'replace' | 'merge'; now: number }) {
		this.#isReplace = mode === 'replace';
		this.#now = now;
	}

	take(here: unknown, there: unknown, facts: Facts): void {
		this.#facts = facts;
		const message = there as Message;
		if (here) this.#there.set(message.id, message);
		else this.#added.add(message.id);
	}

	/** A row of any collection as it is added. */
	asAdded<Row extends Collections[CollectionName]>(name: CollectionName, row: Row): Row {
		if (name !== 'messages') return row;
		const message = heldMessage(row as Message, this.#now);
		if (message.heldFor === 'restored') this.#heldAmongAdded += 1;
		return message as Row;
	}

	/** How many of those that were added wait for a person. */
	get heldAmongAdded(): number {
		return this.#heldAmongAdded;
	}

	/** Whether a message that is to be added is here by now. */
	isOutrun(now: Snapshot): boolean {
		for (const id of this.#added) if (now.get('messages', id)) return true;
		return false;
	}

	/** What changes of the messages that are here: nothing that is not settled leaves by itself any more. */
	changes(now: Snapshot): { put: Message[]; remove: string[]; held: number } {
		const put: Message[] = [];
		const remove: string[] = [];
		const messages = now.table('messages');
		const ids = messages.column('id');
		let held = 0;
		for (let at = 0; at < messages.length; at++) {
			const id = ids.at(at);
			const there = this.#there.get(id);
			if (this.#isReplace && !there && !this.#added.has(id)) {
				remove.push(id);
				continue;
			}
			const here = messages.row(at);
			const next = this.#after(here, there);
			if (next.state === 'held' && next.heldFor === 'restored') held += 1;
			if (next !== here && !isEqual(next, here)) put.push(next);
		}
		return { put, remove, held };
	}

	#after(here: Message, there: Message | undefined): Message {
		if (!there || isEqual(here, there)) return heldMessage(here, this.#now);
		if (this.#isReplace) return heldInPlaceOf(here, there, this.#now);
		if (!this.#facts) return heldMessage(here, this.#now);
		const { row } = mergedRow('messages', here, there, this.#facts, () => 'here');
		return row === here ? heldMessage(here, this.#now) : heldInPlaceOf(here, there, this.#now);
	}
}
