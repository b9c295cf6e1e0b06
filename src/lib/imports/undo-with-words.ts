import { theVault } from '$lib/vault/the-vault.ts';
import { problemFrom } from './import-problem.ts';
import { countOf } from './counts-in-words.ts';
import { undoImport } from './undo-import.ts';

/** Takes an import back and says what became of it, for the toast. Never throws. */
export async function undoWithWords(importId: string): Promise<{ isDone: boolean; words: string }> {
	try {
		const { undone, kept } = await undoImport(await theVault(), importId);
		const stayed =
			kept === 0 ? '' : ` ${countOf(kept, 'entry', 'entries')} stayed: changed or invited since.`;
		return {
			isDone: true,
			words: `The import was undone: ${countOf(undone, 'entry', 'entries')} went back.${stayed}`,
		};
	} catch (error) {
		return { isDone: false, words: problemFrom(error).message };
	}
}
