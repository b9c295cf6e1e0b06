import { base64urlOf, bytesOfBase64url } from '$lib/domain/base64url.ts';
import { BackupProblem } from './problems.ts';
import type { BackupPorts } from './ports.ts';

/** The format that this code writes; it reads this one and those before it. */
export const format = 1;

/** What a backup says in the clear: how to open it, and nothing about what is in it. */
export interface Header {
	format: number;
	kdf: 'PBKDF2-SHA256';
	iterations: number;
	/** Of the passphrase's function: 16 bytes. */
	salt: Uint8Array<ArrayBuffer>;
	/** Of this one file's key: 32 bytes, never used twice. */
	file: Uint8Array<ArrayBuffer>;
	/** Tells a wrong passphrase from a damaged file: 16 bytes derived from the key. */
	check: Uint8Array<ArrayBuffer>;
}

export interface ReadHeader {
	header: Header;
	/** All of it, as it is bound into every chunk. */
	bytes: Uint8Array<ArrayBuffer>;
}

/** As PNG's: a program that turns line ends in "text" files breaks it, and is found out. */
const magic = new TextEncoder().encode('PORTICO-BACKUP\r\n');
const lengthBytes = 4;
const hashBytes = 32;
/** Ten seconds on a fast device: more is no backup but a trap. */
const mostIterations = 20_000_000;
const longestJson = 1_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Magic, length, JSON, and the SHA-256 of all that: damage here is known without the passphrase. */
export async function headerBytes(
	{ crypto }: Pick<BackupPorts, 'crypto'>,
	header: Header,
): Promise<Uint8Array<ArrayBuffer>> {
	const { salt, file, check } = header;
	const json = encoder.encode(
		JSON.stringify({
			format: header.format,
			kdf: header.kdf,
			iterations: header.iterations,
			salt: base64urlOf(salt),
			file: base64urlOf(file),
			check: base64urlOf(check),
		}),
	);
	const start = magic.length + lengthBytes;
	const bytes = new Uint8Array(start + json.length + hashBytes);
	bytes.set(magic);
	new DataView(bytes.buffer).setUint32(magic.length, json.length);
	bytes.set(json, start);
	const end = start + json.length;
	const hash = await crypto.subtle.digest('SHA-256', bytes.subarray(0, end));
	bytes.set(new Uint8Array(hash), end);
	return bytes;
}

/** Throws BackupProblem. */
export async function readHeader(
	{ crypto, fewestIterations }: Pick<BackupPorts, 'crypto' | 'fewestIterations'>,
	file: Blob,
): Promise<ReadHeader> {
	const start = magic.length + lengthBytes;
	const first = await bytesOf(file, 0, start);
	if (magic.some((byte, at) => first[at] !== byte)) throw new BackupProblem('not-a-backup');
	if (first.length < start) throw new BackupProblem('cut-short');
	const length = new DataView(first.buffer).getUint32(magic.length);
	if (length > longestJson) throw new BackupProblem('damaged');
	const end = start + length + hashBytes;
	const bytes = await bytesOf(file, 0, end);
	if (bytes.length < end) throw new BackupProblem('cut-short');
	const told = bytes.subarray(start + length);
	const hash = await crypto.subtle.digest('SHA-256', bytes.subarray(0, start + length));
	if (new Uint8Array(hash).some((byte, at) => told[at] !== byte))
		throw new BackupProblem('damaged');
	return { header: headerFrom(bytes.subarray(start, start + length), fewestIterations), bytes };
}

function headerFrom(json: Uint8Array, fewestIterations: number): Header {
	let told: Record<string, unknown>;
	try {
		told = Object(JSON.parse(decoder.decode(json))) as Record<string, unknown>;
	} catch (error) {
		throw new BackupProblem('damaged', { cause: error });
	}
	const { format: itsFormat, kdf, iterations } = told;
	if (typeof itsFormat === 'number' && itsFormat > format) throw new BackupProblem('newer');
	const isKnown =
		typeof itsFormat === 'number' &&
		Number.isInteger(itsFormat) &&
		itsFormat > 0 &&
		kdf === 'PBKDF2-SHA256' &&
		typeof iterations === 'number' &&
		Number.isInteger(iterations) &&
		iterations >= fewestIterations &&
		iterations <= mostIterations;
	const salt = bytesIn(told['salt'], 16);
	const file = bytesIn(told['file'], 32);
	const check = bytesIn(told['check'], 16);
	if (!isKnown || !salt || !file || !check) throw new BackupProblem('damaged');
	return { format: itsFormat, kdf, iterations, salt, file, check };
}

function bytesIn(text: unknown, length: number): Uint8Array<ArrayBuffer> | undefined {
	if (typeof text !== 'string') return undefined;
	const bytes = bytesOfBase64url(text);
	return bytes?.length === length ? bytes : undefined;
}

/** A piece of a file; shorter where the file ends before. */
export async function bytesOf(
	file: Blob,
	from: number,
	to: number,
): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(await file.slice(from, to).arrayBuffer());
}
