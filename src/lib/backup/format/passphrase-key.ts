import { calibratedIterations, fewestIterations, passphraseBytes } from '$lib/vault/passphrase.ts';
import type { BackupPorts } from './ports.ts';

/** What a passphrase becomes under a salt: opens every backup that was sealed with both. */
export interface PassphraseKey {
	/** HKDF, non-extractable: from it each file's own key is derived. */
	key: CryptoKey;
	salt: Uint8Array<ArrayBuffer>;
	iterations: number;
}

type Crypto = Pick<BackupPorts, 'crypto'>;

const encoder = new TextEncoder();
/** 256 bits from a passphrase: PBKDF2-HMAC-SHA256 (RFC 8018). */
export async function passphraseBits(
	{ crypto }: Crypto,
	passphrase: string,
	{ salt, iterations }: Pick<PassphraseKey, 'salt' | 'iterations'>,
): Promise<Uint8Array<ArrayBuffer>> {
	const { subtle } = crypto;
	const typed = passphraseBytes(passphrase);
	const raw = await subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
	const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
	return new Uint8Array(await subtle.deriveBits(parameters, raw, 256));
}

/** The key of bits that `passphraseBits` gave. */
export async function passphraseKey(
	{ crypto }: Crypto,
	bits: Uint8Array<ArrayBuffer>,
	{ salt, iterations }: Pick<PassphraseKey, 'salt' | 'iterations'>,
): Promise<PassphraseKey> {
	const key = await crypto.subtle.importKey('raw', bits, 'HKDF', false, [
		'deriveBits',
		'deriveKey',
	]);
	return { key, salt, iterations };
}

/** The same for a new salt and as many rounds as this device takes well. */
export async function newPassphraseBits(ports: BackupPorts, passphrase: string) {
	// Tests ask for few rounds, and need not be measured.
	const isQuick = ports.fewestIterations < fewestIterations;
	const iterations = isQuick ? ports.fewestIterations : await calibratedIterations(ports.crypto);
	const salt = ports.crypto.getRandomValues(new Uint8Array(16));
	const bits = await passphraseBits(ports, passphrase, { salt, iterations });
	return { bits, salt, iterations };
}

export async function newPassphraseKey(
	ports: BackupPorts,
	passphrase: string,
): Promise<PassphraseKey> {
	const { bits, ...rounds } = await newPassphraseBits(ports, passphrase);
	return passphraseKey(ports, bits, rounds);
}

/** What one file is sealed with. */
export interface FileKey {
	key: CryptoKey;
	/** The first seven bytes of every nonce. */
	prefix: Uint8Array<ArrayBuffer>;
	check: Uint8Array<ArrayBuffer>;
}

/** The key of the one file whose header names `file` (HKDF, RFC 5869). */
export async function fileKey(
	{ crypto }: Crypto,
	{ key: base }: PassphraseKey,
	file: Uint8Array<ArrayBuffer>,
): Promise<FileKey> {
	const { subtle } = crypto;
	const derived = (info: string) => ({
		name: 'HKDF',
		hash: 'SHA-256',
		salt: file,
		info: encoder.encode(`portico-backup/1/${info}`),
	});
	const bits = async (info: string, count: number) =>
		new Uint8Array(await subtle.deriveBits(derived(info), base, count));
	const cipher = { name: 'AES-GCM', length: 256 };
	const [key, prefix, check] = await Promise.all([
		subtle.deriveKey(derived('chunks'), base, cipher, false, ['encrypt', 'decrypt']),
		bits('nonce', 56),
		bits('check', 128),
	]);
	return { key, prefix, check };
}
