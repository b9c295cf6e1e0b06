import { showToast } from '$lib/ui/toast.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { type Changed, undoChange } from './change-clients.ts';

/** Says what was done to clients, with an 'Undo' that says what it did in turn. */
export function offerUndo(text: string, { count, entryId }: Changed): void {
	if (entryId === '') {
		showToast({ text: 'Nothing was changed: all was so already.' });
		return;
	}
	showToast({ text, tone: 'good', action: { label: 'Undo', run: () => undo(entryId, count) } });
}

async function undo(entryId: string, count: number): Promise<void> {
	try {
		const { kept } = await undoChange(await theVault(), entryId, count);
		showToast({
			text: kept === 0 ? 'It is as it was before.' : 'Put back, but for what was changed since.',
			tone: kept === 0 ? 'good' : 'info',
		});
	} catch (error) {
		showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
	}
}

export function wordsOf(error: unknown): string {
	return error instanceof VaultProblem
		? error.message
		: 'This could not be saved. Nothing was changed. Reload and try again.';
}
