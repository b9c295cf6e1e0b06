import { showToast } from '$lib/ui/toast.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { showEveryone, showOnly } from './show-everyone.ts';

/** Shows everyone again, says so where somebody had been chosen, and offers its undo. */
export async function offerEveryone(): Promise<void> {
	try {
		const vault = await theVault();
		const ended = await showEveryone(vault);
		if (!ended) return;
		showToast({
			text: 'The report shows everyone again.',
			action: { label: 'Undo', run: () => showOnly(vault, ended) },
		});
	} catch (error) {
		showToast({
			text: error instanceof VaultProblem ? error.message : 'Not changed. Reload and try again.',
			tone: 'bad',
		});
	}
}
