type Bytes = Uint8Array<ArrayBuffer>;

/** What a passkey gives out for this app alone: always the same 32 bytes, and never without its person. */
export interface PasskeySecret {
	credentialId: Bytes;
	output: Bytes;
}

/** Why there is no secret: the person or the device declined, or the passkey cannot give one out. */
export type PasskeyProblem = 'declined' | 'not-able';

interface PrfResults {
	prf?: { enabled?: boolean; results?: { first?: BufferSource } };
}

/** What the secret is asked for: the same for ever, or no passkey would open anything again. */
const question = new TextEncoder().encode('portico/passkey/data-key/v1');

const randomBytes = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));

/** Whether this browser can ask for passkeys at all; whether one gives out a secret shows when it is made. */
export function canUsePasskeys(): boolean {
	return typeof PublicKeyCredential === 'function' && Boolean(navigator.credentials);
}

/** Makes a passkey on this device (WebAuthn with its PRF extension) and asks for its secret. */
export async function makePasskey(): Promise<PasskeySecret | PasskeyProblem> {
	let made: Credential | null;
	try {
		made = await navigator.credentials.create({
			publicKey: {
				rp: { name: 'Portico' },
				user: { id: randomBytes(16), name: 'Portico', displayName: 'Portico on this device' },
				challenge: randomBytes(32),
				pubKeyCredParams: [
					{ type: 'public-key', alg: -7 },
					{ type: 'public-key', alg: -257 },
				],
				authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
				extensions: { prf: { eval: { first: question } } },
			},
		});
	} catch {
		return 'declined';
	}
	if (!(made instanceof PublicKeyCredential)) return 'declined';
	const credentialId = new Uint8Array(made.rawId);
	const { prf } = made.getClientExtensionResults() as PrfResults;
	const output = prf?.results?.first;
	if (output) return { credentialId, output: bytesOf(output) };
	// Many give it out only when they are asked for it the next time.
	return prf?.enabled ? askPasskey([credentialId]) : 'not-able';
}

/** Asks for the secret of one of these passkeys. */
export async function askPasskey(
	credentialIds: readonly Bytes[],
): Promise<PasskeySecret | PasskeyProblem> {
	let asked: Credential | null;
	try {
		asked = await navigator.credentials.get({
			publicKey: {
				challenge: randomBytes(32),
				allowCredentials: credentialIds.map((id) => ({ type: 'public-key', id })),
				userVerification: 'required',
				extensions: { prf: { eval: { first: question } } },
			},
		});
	} catch {
		return 'declined';
	}
	if (!(asked instanceof PublicKeyCredential)) return 'declined';
	const output = (asked.getClientExtensionResults() as PrfResults).prf?.results?.first;
	if (!output) return 'not-able';
	return { credentialId: new Uint8Array(asked.rawId), output: bytesOf(output) };
}

function bytesOf(source: BufferSource): Bytes {
	if (source instanceof ArrayBuffer) return new Uint8Array(source);
	const { buffer, byteOffset, byteLength } = source;
	return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength).slice();
}
