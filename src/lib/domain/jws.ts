import { base64urlOf, bytesOfBase64url } from './base64url.ts';
import { isEqual } from './equal.ts';

/** A public key on P-256, as it stands in a token's header (RFC 7518, 6.2). */
export interface PublicJwk {
	kty: 'EC';
	crv: 'P-256';
	/** 32 bytes each, base64url. */
	x: string;
	y: string;
}

/** A compact JWS (RFC 7515) cut in its parts; whether its signature is right is not yet known. */
export interface Jws {
	jwk: PublicJwk;
	/** '' where the header names none. */
	kid: string;
	payload: Readonly<Record<string, unknown>>;
	/** What the signature is over. */
	signed: string;
	signature: Uint8Array<ArrayBuffer>;
}

/** Of a P-256 signature: two numbers of 32 bytes (RFC 7518, 3.4). */
const signatureBytes = 64;
const signatureLetters = 86;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a compact JWS of this type, signed with ES256; undefined for everything else: another or no
 * algorithm, parts that are missing or not canonical, JSON with a key twice, more or fewer header fields.
 */
export function readJws(text: string, typ: string): Jws | undefined {
	const parts = text.split('.');
	const [head = '', body = '', mark = ''] = parts;
	if (parts.length !== 3 || mark.length !== signatureLetters) return undefined;
	const header = readFields(head);
	const payload = readFields(body);
	const signature = bytesOfBase64url(mark);
	if (!header || !payload || signature?.length !== signatureBytes) return undefined;
	const { alg, typ: type, kid = '', jwk, ...others } = header;
	if (alg !== 'ES256' || type !== typ || Object.keys(others).length > 0) return undefined;
	if (typeof kid !== 'string' || !isPublicJwk(jwk)) return undefined;
	return { jwk, kid, payload, signed: `${head}.${body}`, signature };
}

/** What is signed, for `readJws` to read again: JSON without blanks, in the order of the keys. */
export function signedPart(header: Fields, payload: Fields): string {
	return `${writeFields(header)}.${writeFields(payload)}`;
}

/** What a key's thumbprint is the SHA-256 of (RFC 7638, 3.2). */
export function thumbprintInput({ crv, kty, x, y }: PublicJwk): string {
	return JSON.stringify({ crv, kty, x, y });
}

export function isSameKey(a: PublicJwk, b: Pick<PublicJwk, 'x' | 'y'>): boolean {
	return a.x === b.x && a.y === b.y;
}

/** Whether it is a public key and nothing else: no private part, no other curve. */
export function isPublicJwk(value: unknown): value is PublicJwk {
	if (typeof value !== 'object' || value === null) return false;
	const { kty, crv, x, y } = value as Partial<Record<keyof PublicJwk, unknown>>;
	return (
		isEqual(Object.keys(value).sort(), ['crv', 'kty', 'x', 'y']) &&
		kty === 'EC' &&
		crv === 'P-256' &&
		[x, y].every((part) => typeof part === 'string' && bytesOfBase64url(part)?.length === 32)
	);
}

function writeFields(fields: Fields): string {
	return base64urlOf(new TextEncoder().encode(JSON.stringify(fields)));
}

function readFields(part: string): Fields | undefined {
	const bytes = bytesOfBase64url(part);
	if (!bytes) return undefined;
	try {
		const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
		// One text for one meaning: a key that is there twice does not come out twice.
		return JSON.stringify(value) === text ? (value as Fields) : undefined;
	} catch {
		return undefined;
	}
}
