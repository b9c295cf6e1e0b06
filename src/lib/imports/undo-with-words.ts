import { problemFrom } from './import-problem.ts';
import type { UndoResult } from './undo-outlook.ts';
import { undoneInWords } from './undo-words.ts';

/** Takes an import back in the worker and says what became of it. Never throws. */
export async function undoWithWords(importId: string): Promise<{ isDone: boolean; words: string }> {
	try {
		const importer = (await import('./importer.ts')).openImporter();
		try {
			return wordsFor(await importer.undo(importId));
		} finally {
			importer.close();
		}
	} catch (error) {
		return { isDone: false, words: problemFrom(error).message };
	}
}

export function wordsFor(result: UndoResult): { isDone: boolean; words: string } {
	switch (result.kind) {
		case 'undone':
			return { isDone: true, words: undoneInWords(result.counts, result.of, 'did') };
		case 'nothing':
			return { isDone: true, words: 'It was undone already.' };
		case 'refused':
			return { isDone: false, words: result.problem.message };
	}
}
