import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import type { Table } from '$lib/domain/table.ts';
import type { HasId } from './block.ts';
import type { Disk, Head } from './disk.ts';
import { emptyManifest } from './manifest.ts';
import { VaultProblem } from './problems.ts';
import { Shelf } from './shelf.ts';
import type { Snapshot } from './types.ts';

export type Shelves = ReadonlyMap<CollectionName, Shelf<HasId>>;

/** The collections that this context has loaded, as new as the newest head it has seen. */
export class Memory {
	head: Head = { revision: 0, manifest: emptyManifest };
	shelves: Shelves = new Map();
	snapshot: Snapshot = snapshotOf(0, this.shelves);
	readonly #disk: Disk;
	readonly #listeners = new Set<(now: Snapshot) => void>();
	#turn: Promise<unknown> = Promise.resolve();

	constructor(disk: Disk) {
		this.#disk = disk;
	}

	get isFollowed(): boolean {
		return this.#listeners.size > 0;
	}

	follow(listener: (now: Snapshot) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Brings the loaded collections, and `names` with them, to what the disk holds. */
	refresh(names: readonly CollectionName[]): Promise<void> {
		return this.#inTurn(async () => {
			const newer = await this.#disk.readHead(this.head.revision);
			const isMissing = names.some((name) => !this.shelves.has(name));
			if (!newer && !isMissing) return;
			const next = new Map(this.shelves);
			for (const name of names) if (!next.has(name)) next.set(name, new Shelf(new Map()));
			await this.#settle(newer ?? this.head, next, names);
		});
	}

	/** After a commit of our own: `change` makes the next shelves, unless a refresh was faster. */
	advance(head: Head, change: (shelves: Map<CollectionName, Shelf<HasId>>) => void): Promise<void> {
		return this.#inTurn(async () => {
			if (this.head.revision >= head.revision) return;
			const next = new Map(this.shelves);
			change(next);
			await this.#settle(head, next);
		});
	}

	/**
	 * Makes `shelves` hold what `head` lists, reading the blocks that they lack, and tells the followers.
	 * A damaged collection that is not among those asked for does not hold up the others: it counts
	 * as not loaded until somebody asks for it.
	 */
	async #settle(
		head: Head,
		shelves: Map<CollectionName, Shelf<HasId>>,
		asked: readonly CollectionName[] = [],
	): Promise<void> {
		let target = head;
		for (;;) {
			const next = await this.#readShelves(target, shelves);
			if (typeof next !== 'string') {
				this.head = target;
				this.shelves = next;
				this.snapshot = snapshotOf(target.revision, next);
				this.#tell();
				return;
			}
			// A block was gone: either the head has moved on meanwhile, or somebody took it away.
			const newer = await this.#disk.readHead(target.revision);
			if (newer) target = newer;
			else if (asked.length === 0 || asked.includes(next)) throw new VaultProblem('damaged-block');
			else shelves.delete(next);
		}
	}

	#tell(): void {
		for (const listener of [...this.#listeners])
			try {
				listener(this.snapshot);
			} catch (error) {
				// A broken screen must not make a commit that was written look as if it had failed.
				queueMicrotask(() => {
					throw error;
				});
			}
	}

	/** The shelves at `head`, or the name of a collection of which a block is missing or damaged. */
	async #readShelves(head: Head, shelves: Shelves): Promise<Shelves | CollectionName> {
		const next = new Map<CollectionName, Shelf<HasId>>();
		for (const [name, shelf] of shelves) {
			const listings = head.manifest.collections[name] ?? [];
			const lacking = listings
				.filter(([id, version]) => shelf.blocks.get(id)?.version !== version)
				.map(([id, version, , pin]) => ({ id, version, pin }));
			const read = await this.#disk.readBlocks<HasId>(name, lacking).catch((error: unknown) => {
				if (error instanceof VaultProblem && error.kind === 'damaged-block') return undefined;
				throw error;
			});
			if (!read) return name;
			// An undo lets go of kept versions without writing their blocks anew.
			const repinned = listings.flatMap(([id, version, , pin]) => {
				const block = shelf.blocks.get(id);
				return block?.version === version && block.pin !== pin ? [block.withPin(pin)] : [];
			});
			const changed = [...repinned, ...read];
			const listed = new Set(listings.map(([id]) => id));
			const gone = [...shelf.blocks.keys()].filter((id) => !listed.has(id));
			next.set(name, changed.length + gone.length > 0 ? shelf.withBlocks(changed, gone) : shelf);
		}
		return next;
	}

	/** One after the other, so that an older reading never overtakes a newer one. */
	#inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
		const run = this.#turn.then(task);
		this.#turn = run.catch(() => {});
		return run;
	}
}

function snapshotOf(revision: number, shelves: Shelves): Snapshot {
	const shelf = (name: CollectionName) => {
		const found = shelves.get(name);
		if (!found) throw new Error(`${name} is not loaded`);
		return found;
	};
	return {
		revision,
		rows: <N extends CollectionName>(name: N) =>
			shelf(name).rows as unknown as readonly Collections[N][],
		table: <N extends CollectionName>(name: N) => shelf(name) as unknown as Table<Collections[N]>,
		get: <N extends CollectionName>(name: N, id: string) =>
			shelf(name).get(id) as unknown as Collections[N] | undefined,
	};
}
