import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { hexOf } from '$lib/domain/hex.ts';
import type { Message } from '$lib/domain/message.ts';

/**
 * The idempotency key of a message: HMAC-SHA-256 with the practice's secret over client, address
 * and round, so that a restored backup or a second device arrives at the same key, and nobody can
 * read a person out of it. 64 hex characters.
 */
export async function messageKey(
	crypto: { subtle: SubtleCrypto },
	secretHex: string,
	message: Pick<Message, 'clientId' | 'toAddress' | 'round'>,
): Promise<string> {
	const secret = Uint8Array.from(secretHex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
	const algorithm = { name: 'HMAC', hash: 'SHA-256' };
	const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
	const address = normaliseEmailAddress(message.toAddress);
	const text = JSON.stringify([message.clientId, address, message.round]);
	const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
	return hexOf(new Uint8Array(mac));
}
