import { showToast } from '$lib/ui/toast.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { type Changed, type TakenBack, undoChange } from './change-clients.ts';

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
		const takenBack = await undoChange(await theVault(), entryId, count);
		const isWhole = takenBack.kept + takenBack.calledBack === 0;
		showToast({ text: takenBackInWords(takenBack), tone: isWhole ? 'good' : 'info' });
	} catch (error) {
		showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
	}
}

/** What an undo did, and what it could not. */
export function takenBackInWords({ undone, kept, calledBack }: TakenBack): string {
	if (undone === 0)
		return kept > 0
			? 'Nothing was put back: all of it was changed since.'
			: 'There was nothing left to put back.';
	const words = kept === 0 ? 'It is as it was before' : 'Put back, but for what was changed since';
	if (calledBack === 0) return `${words}.`;
	return calledBack === 1
		? `${words}. The invitation that was called back stays so.`
		: `${words}. The ${calledBack.toLocaleString('en')} invitations that were called back stay so.`;
}

export function wordsOf(error: unknown): string {
	return error instanceof VaultProblem
		? error.message
		: 'This could not be saved. Nothing was changed. Reload and try again.';
}
