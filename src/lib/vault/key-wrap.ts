import type { VaultPorts } from './database.ts';
import { passphraseBytes } from './passphrase.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What opens the data key: words that a person keeps, or the secret that a passkey gives out (32 bytes). */
export type Secret =
	| { kind: 'passphrase' | 'recovery'; text: string }
	| { kind: 'passkey'; credentialId: Bytes; output: Bytes };

/** How the wrapping key came from the secret; kept with it, so that another function can follow. */
export type Derivation =
	| { function: 'PBKDF2-SHA256'; iterations: number; salt: Bytes }
	| { function: 'HKDF-SHA256'; salt: Bytes };

/** The data key under one secret, AES-256-GCM. */
export interface KeyWrap {
	id: string;
	kind: Secret['kind'];
	madeAt: number;
	from: Derivation;
	/** Which passkey; empty for words. */
	credentialId: Bytes;
	iv: Bytes;
	bytes: ArrayBuffer;
}

const saltBytes = 16;
const ivBytes = 12;

/** Wraps an extractable data key under a secret. `name` is the data key's, bound in. */
export async function wrapKey(
	{ crypto, now }: Pick<VaultPorts, 'crypto' | 'now'>,
	name: string,
	key: CryptoKey,
	secret: Secret,
	iterations: number,
): Promise<KeyWrap> {
	const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
	const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
	const from: Derivation =
		secret.kind === 'passkey'
			? { function: 'HKDF-SHA256', salt }
			: { function: 'PBKDF2-SHA256', iterations, salt };
	const { kind } = secret;
	const wrapping = await wrappingKey(crypto, secret, from);
	const bytes = await crypto.subtle.wrapKey('raw', key, wrapping, cipher(iv, name, kind));
	const credentialId = secret.kind === 'passkey' ? secret.credentialId : new Uint8Array(0);
	return { id: crypto.randomUUID(), kind, madeAt: now(), from, credentialId, iv, bytes };
}

/** The data key, or undefined when the secret is not the one. Extractable only to be wrapped anew. */
export async function unwrapKey(
	crypto: VaultPorts['crypto'],
	name: string,
	wrap: KeyWrap,
	secret: Secret,
	isExtractable = false,
): Promise<CryptoKey | undefined> {
	const wrapping = await wrappingKey(crypto, secret, wrap.from);
	try {
		return await crypto.subtle.unwrapKey(
			'raw',
			wrap.bytes,
			wrapping,
			cipher(wrap.iv, name, wrap.kind),
			dataKeyKind,
			isExtractable,
			['encrypt', 'decrypt'],
		);
	} catch {
		return undefined;
	}
}

export const dataKeyKind = { name: 'AES-GCM', length: 256 } as const;

function cipher(iv: Bytes, name: string, kind: Secret['kind']): AesGcmParams {
	const place = new TextEncoder().encode(`portico/key/${name}/${kind}`);
	return { name: 'AES-GCM', iv, additionalData: place };
}

function wrappingKey(
	crypto: VaultPorts['crypto'],
	secret: Secret,
	from: Derivation,
): Promise<CryptoKey> {
	if (secret.kind === 'passkey') return fromPasskey(crypto, secret.output, from.salt);
	if (from.function !== 'PBKDF2-SHA256') throw new TypeError('Words are stretched by PBKDF2 alone');
	const { kind, text } = secret;
	const words = kind === 'recovery' ? plainRecoveryCode(text) : text;
	return fromWords(crypto, passphraseBytes(words), from);
}

async function fromWords(
	{ subtle }: VaultPorts['crypto'],
	words: Bytes,
	{ iterations, salt }: { iterations: number; salt: Bytes },
): Promise<CryptoKey> {
	const base = await subtle.importKey('raw', words, 'PBKDF2', false, ['deriveKey']);
	const how = { name: 'PBKDF2', hash: 'SHA-256', iterations, salt };
	return subtle.deriveKey(how, base, dataKeyKind, false, ['wrapKey', 'unwrapKey']);
}

async function fromPasskey(
	{ subtle }: VaultPorts['crypto'],
	output: Bytes,
	salt: Bytes,
): Promise<CryptoKey> {
	const base = await subtle.importKey('raw', output, 'HKDF', false, ['deriveKey']);
	const info = new TextEncoder().encode('portico/passkey');
	const how = { name: 'HKDF', hash: 'SHA-256', salt, info };
	return subtle.deriveKey(how, base, dataKeyKind, false, ['wrapKey', 'unwrapKey']);
}

/** Crockford's base 32: no letter that looks like a digit. */
const recoveryLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const recoveryGroups = 5;
const groupLetters = 5;

/** A code of 125 random bits, to be printed: 'K7Q2M-…'. */
export function makeRecoveryCode(crypto: VaultPorts['crypto']): string {
	const dice = crypto.getRandomValues(new Uint8Array(recoveryGroups * groupLetters));
	const letters = [...dice].map((byte) => recoveryLetters.charAt(byte & 31));
	return Array.from({ length: recoveryGroups }, (_, group) =>
		letters.slice(group * groupLetters, (group + 1) * groupLetters).join(''),
	).join('-');
}

/** As it was made, whatever a person made of capitals, blanks, O and I. */
function plainRecoveryCode(text: string): string {
	return text
		.toUpperCase()
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1')
		.replace(/[^0-9A-Z]/g, '');
}
