/** Bytes as base64url without padding (RFC 7515, 2). */
export function base64urlOf(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes of canonical base64url; undefined for anything else, so that no two texts mean the same bytes. */
export function bytesOfBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
	if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined;
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
	// The last letter has bits that say nothing: they must be zero.
	return base64urlOf(bytes) === text ? bytes : undefined;
}
