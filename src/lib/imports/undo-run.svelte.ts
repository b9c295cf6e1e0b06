import { problemFrom, type ImportProblem } from './import-problem.ts';
import type { Importer } from './importer.ts';
import type { UndoOutlook, UndoOutlookResult, UndoResult } from './undo-outlook.ts';
import { wordsFor } from './undo-with-words.ts';

/** One import that a person thinks of taking back: what that would do, then what it did. */
export class UndoRun {
	readonly #importId: string;
	#outlook = $state.raw<UndoOutlook>();
	#problem = $state.raw<ImportProblem>();
	#isAlreadyUndone = $state(false);
	#isUndoing = $state(false);
	#words = $state('');
	#importer: Importer | undefined;

	constructor(importId: string) {
		this.#importId = importId;
	}

	/** Undefined until it is worked out. */
	get outlook(): UndoOutlook | undefined {
		return this.#outlook;
	}

	get problem(): ImportProblem | undefined {
		return this.#problem;
	}

	get isAlreadyUndone(): boolean {
		return this.#isAlreadyUndone;
	}

	get isUndoing(): boolean {
		return this.#isUndoing;
	}

	/** What the undo did, once it is done. */
	get words(): string {
		return this.#words;
	}

	async plan(): Promise<void> {
		this.#problem = undefined;
		let result: UndoOutlookResult;
		try {
			result = await (await this.#opened()).planUndo(this.#importId);
		} catch (error) {
			result = { kind: 'refused', problem: problemFrom(error) };
		}
		if (result.kind === 'planned') this.#outlook = result;
		else if (result.kind === 'refused') this.#problem = result.problem;
		else this.#isAlreadyUndone = true;
	}

	/** Resolves to whether it is undone. */
	async undo(): Promise<boolean> {
		if (this.#isUndoing) return false;
		this.#isUndoing = true;
		let result: UndoResult;
		try {
			result = await (await this.#opened()).undo(this.#importId);
		} catch (error) {
			result = { kind: 'refused', problem: problemFrom(error) };
		} finally {
			this.#isUndoing = false;
		}
		this.#problem = result.kind === 'refused' ? result.problem : undefined;
		if (result.kind !== 'refused') this.#words = wordsFor(result).words;
		return result.kind !== 'refused';
	}

	/** Ends the worker; an undo that is under way ends by itself, whole or not at all. */
	close(): void {
		if (!this.#isUndoing) this.#importer?.close();
	}

	async #opened(): Promise<Importer> {
		this.#importer ??= (await import('./importer.ts')).openImporter();
		return this.#importer;
	}
}
