import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { passingRows } from '$lib/vault/passing-rows.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { Checksum } from './format/checksum.ts';
import { sealChunk } from './format/chunks.ts';
import {
	collectionNames,
	type Counts,
	type Manifest,
	ownSettings,
	rowsForm,
	rowsPerChunk,
	type RowsChunk,
} from './format/contents.ts';
import { format, headerBytes } from './format/header.ts';
import { fileKey, type PassphraseKey } from './format/passphrase-key.ts';
import type { BackupPorts } from './format/ports.ts';
import { squeeze } from './format/squeeze.ts';

/** Takes the pieces of a file in their order. */
export interface Sink {
	write(piece: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Rows done of all rows. */
export type OnProgress = (done: number, all: number) => void;

export interface WriteOptions {
	onProgress?: OnProgress;
	signal?: AbortSignal;
}

/** Chunks that are squeezed and sealed side by side: enough to keep two cores busy. */
const chunksAtOnce = 4;

/**
 * Writes everything that the vault keeps, as it is at one moment. Resolves to what is inside. Throws
 * what the vault or the sink throws, and an AbortError when it was stopped; whoever opened the sink
 * puts the unfinished file away.
 */
export async function writeBackup(
	vault: Vault,
	passphrase: PassphraseKey,
	sink: Sink,
	ports: BackupPorts,
	{ onProgress, signal }: WriteOptions = {},
): Promise<Manifest> {
	const now = await vault.load(...collectionNames);
	const manifest: Manifest = {
		kind: 'manifest',
		appVersion: ports.appVersion,
		madeAt: ports.now(),
		revision: now.revision,
		rowsForm,
		counts: countsOf(now),
	};
	const all = Object.values(manifest.counts).reduce((sum, count) => sum + count, 0);
	const file = ports.crypto.getRandomValues(new Uint8Array(32));
	const key = await fileKey(ports, passphrase, file);
	const { salt, iterations } = passphrase;
	const { check } = key;
	const header = await headerBytes(ports, {
		...{ format, kdf: 'PBKDF2-SHA256', iterations, salt, file, check },
	});
	await sink.write(header);

	const checksum = new Checksum(ports);
	const under: Promise<{ contents: Bytes; sealed: Bytes }>[] = [];
	let count = 0;
	const seal = async (value: unknown, place: { count: number; isLast: boolean }) => {
		const contents = await squeeze(value);
		return { contents, sealed: await sealChunk(ports, key, header, { ...place, contents }) };
	};
	const put = (value: unknown) => {
		const sealing = seal(value, { count, isLast: false });
		// It may fail while those before it are awaited, which then tell.
		sealing.catch(() => {});
		under.push(sealing);
		count += 1;
	};
	const writeOne = async () => {
		const next = await under.shift();
		if (!next) return;
		await checksum.add(next.contents);
		await sink.write(next.sealed);
	};
	put(manifest);
	let done = 0;
	for (const chunk of chunksOf(now)) {
		signal?.throwIfAborted();
		put(chunk);
		if (under.length >= chunksAtOnce) await writeOne();
		done += chunk.rows.length;
		onProgress?.(done, all);
	}
	while (under.length > 0) await writeOne();
	signal?.throwIfAborted();
	const closing = {
		kind: 'end',
		chunks: count + 1,
		counts: manifest.counts,
		checksum: checksum.hex,
	};
	await sink.write((await seal(closing, { count, isLast: true })).sealed);
	return manifest;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Whether a row goes into backups at all. */
export function isKept(name: CollectionName, id: string): boolean {
	return name !== 'settings' || !ownSettings.has(id);
}

export function countsOf(now: Snapshot): Counts {
	const counts: { [N in CollectionName]?: number } = {};
	for (const name of collectionNames) counts[name] = now.table(name).length;
	counts.settings = now.rows('settings').filter(({ id }) => isKept('settings', id)).length;
	return counts;
}

function* chunksOf(now: Snapshot): Generator<RowsChunk> {
	for (const name of collectionNames) {
		let rows: Collections[CollectionName][] = [];
		for (const row of passingRows<Collections[CollectionName]>(now.table(name))) {
			if (!isKept(name, row.id)) continue;
			rows.push(row);
			if (rows.length < rowsPerChunk) continue;
			yield { kind: 'rows', collection: name, rows };
			rows = [];
		}
		if (rows.length > 0) yield { kind: 'rows', collection: name, rows };
	}
}
