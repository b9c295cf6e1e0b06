import { hexOf } from '$lib/domain/hex.ts';
import type { BackupPorts } from './ports.ts';

/** A hash over pieces in their order; the browser's own takes only a whole. */
export class Checksum {
	readonly #subtle: SubtleCrypto;
	#hash: Uint8Array<ArrayBuffer> = new Uint8Array(32);

	constructor({ crypto }: Pick<BackupPorts, 'crypto'>) {
		this.#subtle = crypto.subtle;
	}

	async add(piece: Uint8Array<ArrayBuffer>): Promise<void> {
		const own = new Uint8Array(await this.#subtle.digest('SHA-256', piece));
		const both = new Uint8Array(64);
		both.set(this.#hash);
		both.set(own, 32);
		this.#hash = new Uint8Array(await this.#subtle.digest('SHA-256', both));
	}

	get hex(): string {
		return hexOf(this.#hash);
	}
}
