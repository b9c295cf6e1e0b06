import type { Client } from '$lib/domain/client.ts';
import type { CollectionName } from '$lib/domain/collections.ts';
import type * as DigestCode from '$lib/domain/digest-clients.ts';
import { Sheet } from '$lib/domain/sheet.ts';
import type { StoredDigest } from '$lib/domain/table.ts';
import type { Block, HasId } from './block.ts';

/** Works out what is stored beside a block's rows, by code that comes as it is needed. */
export class Digester {
	readonly #fetchCode: (() => Promise<typeof DigestCode>) | undefined;
	#code: typeof DigestCode | undefined;

	/** Undefined where no code can come: then blocks are written without. */
	constructor(fetchCode: (() => Promise<typeof DigestCode>) | undefined) {
		this.#fetchCode = fetchCode;
	}

	/** Fetches the code, so that it is there once the first block is full. */
	async prepare(): Promise<void> {
		await this.#fetch().catch(() => {});
	}

	/** Whoever reads a block without a digest does without, too: its code, or a field, may be missing. */
	async of(
		name: CollectionName,
		unpacked: Block<HasId>['unpacked'],
	): Promise<StoredDigest | undefined> {
		if (name !== 'clients') return undefined;
		const rows = unpacked instanceof Sheet ? unpacked.rows : unpacked;
		try {
			const code = this.#code ?? (await this.#fetch());
			return code?.digestClients(rows as readonly Client[]);
		} catch {
			return undefined;
		}
	}

	/** Kept: asked for again, the browser would take a turn to say that the code is here. */
	async #fetch(): Promise<typeof DigestCode | undefined> {
		return (this.#code = await this.#fetchCode?.());
	}
}
