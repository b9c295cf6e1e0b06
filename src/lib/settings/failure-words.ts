import { VaultProblem } from '$lib/vault/problems.ts';

/** Why something was not saved, in words. */
export function wordsOf(error: unknown): string {
	return error instanceof VaultProblem
		? error.message
		: 'This could not be saved. Nothing was changed. Reload and try again.';
}
