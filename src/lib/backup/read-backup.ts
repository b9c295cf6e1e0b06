import type { CollectionName, Collections } from '$lib/domain/collections.ts';
import { Checksum } from './format/checksum.ts';
import { openChunk, type OpenedChunk } from './format/chunks.ts';
import {
	type Closing,
	collectionNames,
	type Counts,
	type Manifest,
	rowsForm,
	type RowsChunk,
} from './format/contents.ts';
import { readHeader } from './format/header.ts';
import { fileKey, passphraseBits, passphraseKey } from './format/passphrase-key.ts';
import type { BackupPorts } from './format/ports.ts';
import { BackupProblem } from './format/problems.ts';
import { unsqueeze } from './format/squeeze.ts';
import { isRow } from './row-shapes.ts';
import { upgradeFrom } from './upgrade.ts';

/** A backup whose passphrase fits. */
export interface OpenedBackup {
	manifest: Manifest;
	/** Bytes of the file. */
	size: number;
	/**
	 * All rows, in the order of `collectionNames`. It throws BackupProblem where something is wrong, at
	 * the very end at the latest: until it has ended nothing of what it gave may count.
	 */
	readRows(signal?: AbortSignal): AsyncGenerator<RowsChunk>;
}

/** Throws BackupProblem; nothing is read but the beginning. */
export async function openBackup(
	file: Blob,
	passphrase: string,
	ports: BackupPorts,
): Promise<OpenedBackup> {
	const { header, bytes } = await readHeader(ports, file);
	const bits = await passphraseBits(ports, passphrase, header);
	const key = await fileKey(ports, await passphraseKey(ports, bits, header), header.file);
	if (key.check.some((byte, at) => header.check[at] !== byte))
		throw new BackupProblem('wrong-passphrase');
	const chunkAt = (place: { count: number; start: number }) =>
		openChunk(ports, key, bytes, file, place);
	const first = await chunkAt({ count: 0, start: bytes.length });
	const manifest = manifestFrom(await unsqueeze(first.contents));
	return {
		manifest,
		size: file.size,
		readRows: (signal) => readRows({ ports, manifest, first, chunkAt }, signal),
	};
}

interface Reading {
	ports: BackupPorts;
	manifest: Manifest;
	first: OpenedChunk;
	chunkAt: (place: { count: number; start: number }) => Promise<OpenedChunk>;
}

async function* readRows(
	{ ports, manifest, first, chunkAt }: Reading,
	signal: AbortSignal | undefined,
): AsyncGenerator<RowsChunk> {
	const upgrade = upgradeFrom(manifest.rowsForm);
	const checksum = new Checksum(ports);
	await checksum.add(first.contents);
	const counts: { [N in CollectionName]?: number } = {};
	let seen = new Set<string>();
	let at = 0;
	let chunk = first;
	for (let count = 1; !chunk.isLast; count++) {
		signal?.throwIfAborted();
		chunk = await chunkAt({ count, start: chunk.end });
		const value = await unsqueeze(chunk.contents);
		if (chunk.isLast) {
			const told = { chunks: count + 1, counts, checksum: checksum.hex };
			if (!isClosing(value, told) || !isSameCounts(manifest.counts, counts)) throw damaged();
			return;
		}
		await checksum.add(chunk.contents);
		const rows = rowsFrom(value);
		const place = collectionNames.indexOf(rows.collection);
		if (place < at) throw damaged();
		if (place > at) seen = new Set();
		at = place;
		for (const { id } of rows.rows) {
			if (seen.has(id)) throw damaged();
			seen.add(id);
		}
		counts[rows.collection] = (counts[rows.collection] ?? 0) + rows.rows.length;
		const upgraded = upgrade(rows.collection, rows.rows);
		if (!upgraded.every((row) => isRow(rows.collection, row))) throw damaged();
		yield { kind: 'rows', collection: rows.collection, rows: upgraded as RowsChunk['rows'] };
	}
	// A file of a manifest alone has no closing chunk.
	throw damaged();
}

const damaged = () => new BackupProblem('damaged');

function manifestFrom(value: unknown): Manifest {
	const manifest = value as Partial<Manifest> | null;
	if (manifest?.kind !== 'manifest') throw damaged();
	const { appVersion, madeAt, revision, rowsForm: form, counts } = manifest;
	if (typeof form === 'number' && form > rowsForm) throw new BackupProblem('newer');
	const isWhole =
		typeof appVersion === 'string' &&
		typeof madeAt === 'number' &&
		typeof revision === 'number' &&
		typeof form === 'number' &&
		form >= 1 &&
		typeof counts === 'object' &&
		counts !== null;
	if (!isWhole) throw damaged();
	// What this app does not know it would lose.
	const known: readonly string[] = collectionNames;
	if (Object.keys(counts).some((name) => !known.includes(name))) throw new BackupProblem('newer');
	return { kind: 'manifest', appVersion, madeAt, revision, rowsForm: form, counts };
}

function rowsFrom(value: unknown): {
	collection: CollectionName;
	rows: ({ id: string } & Record<string, unknown>)[];
} {
	const chunk = value as { kind?: unknown; collection?: unknown; rows?: unknown } | null;
	const isWhole =
		chunk?.kind === 'rows' &&
		(collectionNames as readonly unknown[]).includes(chunk.collection) &&
		Array.isArray(chunk.rows) &&
		chunk.rows.every((row: unknown) => typeof (row as { id?: unknown } | null)?.id === 'string');
	if (!isWhole) throw damaged();
	return chunk as { collection: CollectionName; rows: (Collections[CollectionName] & never)[] };
}

function isClosing(value: unknown, told: Omit<Closing, 'kind'>): boolean {
	const closing = value as Partial<Closing> | null;
	return (
		closing?.kind === 'end' &&
		closing.chunks === told.chunks &&
		closing.checksum === told.checksum &&
		isSameCounts(Object(closing.counts) as Counts, told.counts)
	);
}

function isSameCounts(a: Counts, b: Counts): boolean {
	return collectionNames.every((name) => (a[name] ?? 0) === (b[name] ?? 0));
}
