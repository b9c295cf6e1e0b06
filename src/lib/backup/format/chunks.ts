import { bytesOf } from './header.ts';
import type { FileKey } from './passphrase-key.ts';
import type { BackupPorts } from './ports.ts';
import { BackupProblem } from './problems.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export const lengthBytes = 4;
/** No chunk that this app writes comes near it; more would only fill the memory. */
const longestChunk = 32 * 1024 * 1024;

/**
 * STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): a nonce counts the chunks and says which is the
 * last, so that none can be cut off, left out, moved or put in twice.
 */
function nonceOf(prefix: Bytes, count: number, isLast: boolean): Bytes {
	const nonce = new Uint8Array(12);
	nonce.set(prefix);
	new DataView(nonce.buffer).setUint32(7, count);
	nonce[11] = isLast ? 1 : 0;
	return nonce;
}

/** One chunk sealed, its length in front of it. `header`: bound in, so that it can't be changed either. */
export async function sealChunk(
	{ crypto }: Pick<BackupPorts, 'crypto'>,
	{ key, prefix }: FileKey,
	header: Bytes,
	chunk: { count: number; isLast: boolean; contents: Bytes },
): Promise<Bytes> {
	const iv = nonceOf(prefix, chunk.count, chunk.isLast);
	const parameters = { name: 'AES-GCM', iv, additionalData: header };
	const sealed = await crypto.subtle.encrypt(parameters, key, chunk.contents);
	const bytes = new Uint8Array(lengthBytes + sealed.byteLength);
	new DataView(bytes.buffer).setUint32(0, sealed.byteLength);
	bytes.set(new Uint8Array(sealed), lengthBytes);
	return bytes;
}

export interface OpenedChunk {
	contents: Bytes;
	isLast: boolean;
	/** Where the next one begins. */
	end: number;
}

/** The chunk at a place of the file. Throws BackupProblem. */
export async function openChunk(
	{ crypto }: Pick<BackupPorts, 'crypto'>,
	{ key, prefix }: FileKey,
	header: Bytes,
	file: Blob,
	{ count, start }: { count: number; start: number },
): Promise<OpenedChunk> {
	const from = start + lengthBytes;
	const head = await bytesOf(file, start, from);
	if (head.length < lengthBytes) throw new BackupProblem('cut-short');
	const length = new DataView(head.buffer).getUint32(0);
	if (length > longestChunk) throw new BackupProblem('damaged');
	const end = from + length;
	if (end > file.size) throw new BackupProblem('cut-short');
	const isLast = end === file.size;
	const iv = nonceOf(prefix, count, isLast);
	try {
		const parameters = { name: 'AES-GCM', iv, additionalData: header };
		const sealed = await bytesOf(file, from, end);
		const contents = new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed));
		return { contents, isLast, end };
	} catch (error) {
		throw new BackupProblem('damaged', { cause: error });
	}
}
