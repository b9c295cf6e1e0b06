/** OWASP's figure for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet, 2023 to 2026). */
export const fewestIterations = 600_000;
/** A person waits this long for her own passphrase without minding; who guesses waits as long each time. */
const targetMs = 700;
/** A browser with a coarse clock sees no time pass: nobody is to wait for minutes because of it. */
const mostIterations = 5_000_000;
const trialIterations = 100_000;
const step = 10_000;

/** How many iterations of PBKDF2-HMAC-SHA256 take this device about 0.7 s, never fewer than OWASP asks for. */
export async function calibratedIterations(
	{ subtle }: { subtle: Pick<SubtleCrypto, 'importKey' | 'deriveBits'> },
	clock = () => performance.now(),
): Promise<number> {
	const trial = passphraseBytes('calibration');
	const base = await subtle.importKey('raw', trial, 'PBKDF2', false, ['deriveBits']);
	const salt = new Uint8Array(16);
	const how = { name: 'PBKDF2', hash: 'SHA-256', iterations: trialIterations, salt };
	const startedAt = clock();
	await subtle.deriveBits(how, base, 256);
	const tookMs = Math.max(clock() - startedAt, 1);
	const wanted = Math.round((trialIterations * targetMs) / tookMs / step) * step;
	return Math.max(fewestIterations, Math.min(wanted, mostIterations));
}

/** A passphrase as it is stretched: the same bytes however a keyboard composed its letters (NFKC). */
export function passphraseBytes(passphrase: string): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(passphrase.normalize('NFKC'));
}
