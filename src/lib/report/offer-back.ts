import { showToast } from '$lib/ui/toast.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import type { Vault } from '$lib/vault/types.ts';
import { takeBack } from './mend.ts';

/** Takes a step, says what it did and offers its undo; resolves with whether it was taken. */
export async function offerBack(
	step: (vault: Vault) => Promise<string>,
	text: string,
): Promise<boolean> {
	try {
		const entryId = await step(await theVault());
		if (entryId === '') {
			showToast({ text: 'Nothing was changed: this client is not here any more.' });
			return false;
		}
		showToast({ text, tone: 'good', action: { label: 'Undo', run: () => putBack(entryId) } });
		return true;
	} catch (error) {
		showToast({ text: `Not saved. ${wordsOf(error)}`, tone: 'bad' });
		return false;
	}
}

async function putBack(entryId: string): Promise<void> {
	try {
		const isBack = await takeBack(await theVault(), entryId);
		showToast(
			isBack
				? { text: 'It is as it was before.', tone: 'good' }
				: { text: 'Nothing was put back: it was changed since.' },
		);
	} catch (error) {
		showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
	}
}

export function wordsOf(error: unknown): string {
	return error instanceof VaultProblem ? error.message : 'Reload and try again.';
}
