import type { PasskeyProblem } from '$lib/platform/passkey.ts';
import { VaultProblem } from '$lib/vault/problems.ts';

export const passkeyWords: Record<PasskeyProblem, string> = {
	declined: 'No passkey was used. Nothing was changed. Try again, or use the passphrase.',
	'not-able':
		'This passkey can only sign in, not open data. Nothing was changed. Use the passphrase, or a passkey of another kind.',
};

/** "Too many wrong tries. Try again in 8 seconds." */
export function waitInWords(leftMs: number): string {
	const seconds = Math.ceil(leftMs / 1000);
	const rest =
		seconds < 60
			? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
			: `${Math.ceil(seconds / 60)} ${seconds > 60 ? 'minutes' : 'minute'}`;
	return `Too many wrong tries. Try again in ${rest}. Nothing is lost.`;
}

export function wordsOf(error: unknown): string {
	if (error instanceof VaultProblem) return error.message;
	return 'Something unexpected stopped it. Nothing was changed. Try again.';
}
