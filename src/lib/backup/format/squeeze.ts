import { BackupProblem } from './problems.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const plain = 0;
const deflated = 1;
const kind = 'deflate-raw';
/** What a chunk of rows may unfold to; more would only fill the memory. */
const longestContents = 256 * 1024 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** JSON made small where the browser can; the first byte says whether it did. */
export async function squeeze(value: unknown): Promise<Bytes> {
	const bytes = encoder.encode(JSON.stringify(value));
	const packed = await deflatedOf(bytes);
	const contents = packed ?? bytes;
	const squeezed = new Uint8Array(1 + contents.length);
	squeezed[0] = packed ? deflated : plain;
	squeezed.set(contents, 1);
	return squeezed;
}

async function deflatedOf(bytes: Bytes): Promise<Bytes | undefined> {
	if (typeof CompressionStream === 'undefined') return undefined;
	let stream: CompressionStream;
	try {
		stream = new CompressionStream(kind);
	} catch {
		// A browser of before 2023 knows gzip alone.
		return undefined;
	}
	const packed = new Response(new Blob([bytes]).stream().pipeThrough(stream));
	return new Uint8Array(await packed.arrayBuffer());
}

/** What `squeeze` was given. Throws BackupProblem. */
export async function unsqueeze(squeezed: Bytes): Promise<unknown> {
	const contents = squeezed.subarray(1);
	try {
		if (squeezed[0] === plain) return JSON.parse(decoder.decode(contents));
		if (squeezed[0] === deflated) return JSON.parse(decoder.decode(await inflated(contents)));
	} catch (error) {
		if (error instanceof BackupProblem) throw error;
		throw new BackupProblem('damaged', { cause: error });
	}
	throw new BackupProblem('newer');
}

async function inflated(bytes: Bytes): Promise<Bytes> {
	let stream: DecompressionStream;
	try {
		stream = new DecompressionStream(kind);
	} catch (error) {
		throw new BackupProblem('cannot-unpack', { cause: error });
	}
	const parts: BlobPart[] = [];
	let length = 0;
	const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		length += value.length;
		if (length > longestContents) throw new BackupProblem('damaged');
		parts.push(value as Bytes);
	}
	return new Uint8Array(await new Blob(parts).arrayBuffer());
}
