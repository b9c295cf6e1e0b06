import type { VaultPorts } from '$lib/vault/database.ts';
import {
	createCipheriv,
	createDecipheriv,
	createHash,
	createHmac,
	randomBytes,
	randomUUID,
} from 'node:crypto';

/** AES-GCM and HMAC that answer at once: WebCrypto's thread pool would make a schedule unrepeatable. */
export function syncCrypto(): VaultPorts['crypto'] {
	const raw = (key: CryptoKey) => Buffer.from((key as unknown as { raw: string }).raw, 'hex');
	const bytes = (source: BufferSource) =>
		ArrayBuffer.isView(source)
			? Buffer.from(source.buffer, source.byteOffset, source.byteLength)
			: Buffer.from(source);
	const keyOf = (hex: string) => ({ raw: hex }) as unknown as CryptoKey;
	const toArrayBuffer = (buffer: Buffer) => new Uint8Array(buffer).buffer;
	const subtle = {
		generateKey: async () => keyOf(randomBytes(32).toString('hex')),
		importKey: async (_format: string, source: BufferSource) =>
			keyOf(bytes(source).toString('hex')),
		encrypt: async ({ iv, additionalData }: AesGcmParams, key: CryptoKey, data: BufferSource) => {
			const cipher = createCipheriv('aes-256-gcm', raw(key), bytes(iv));
			cipher.setAAD(bytes(additionalData ?? new Uint8Array()));
			return toArrayBuffer(
				Buffer.concat([cipher.update(bytes(data)), cipher.final(), cipher.getAuthTag()]),
			);
		},
		decrypt: async ({ iv, additionalData }: AesGcmParams, key: CryptoKey, data: BufferSource) => {
			const sealed = bytes(data);
			const cipher = createDecipheriv('aes-256-gcm', raw(key), bytes(iv));
			cipher.setAAD(bytes(additionalData ?? new Uint8Array()));
			cipher.setAuthTag(sealed.subarray(-16));
			return toArrayBuffer(Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]));
		},
		sign: async (_algorithm: string, key: CryptoKey, data: BufferSource) =>
			toArrayBuffer(createHmac('sha256', raw(key)).update(bytes(data)).digest()),
		digest: async (_algorithm: string, data: BufferSource) =>
			toArrayBuffer(createHash('sha256').update(bytes(data)).digest()),
		deriveKey: withoutPassphrase,
		wrapKey: withoutPassphrase,
		unwrapKey: withoutPassphrase,
	};
	return {
		getRandomValues: globalThis.crypto.getRandomValues.bind(globalThis.crypto),
		randomUUID,
		subtle: subtle as unknown as SubtleCrypto,
	};
}

/** What runs with this cryptography sets no passphrase. */
function withoutPassphrase(): Promise<never> {
	return Promise.reject(new Error('There is no passphrase here.'));
}
