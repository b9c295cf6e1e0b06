import { noteIfLocked } from '$lib/vault/under-way.ts';
import { askPersistence } from '$lib/platform/storage.svelte.ts';
import type { NotInvited } from './count-not-invited.ts';
import { FileLook } from './file-look.svelte.ts';
import type { Imported, ImportProgress, ImportResult } from './import-file.ts';
import { problemFrom, type ImportProblem } from './import-problem.ts';
import type { Importer } from './importer.ts';
import type { Inspection } from './inspect-file.ts';
import { ReviewRun } from './review-run.svelte.ts';

/** `choosing` a file, `reviewing` its columns and rows, `taking` it in, `done`. */
export type ImportStep = 'choosing' | 'reviewing' | 'taking' | 'done';

/** One file on its way in, from the choice to the result. Each step's screen reads it. */
export class ImportRun {
	#step = $state<ImportStep>('choosing');
	#problem = $state.raw<ImportProblem>();
	#wasCancelled = $state(false);
	#progress = $state.raw<ImportProgress>();
	#imported = $state.raw<Imported>();
	#importer: Importer | undefined;
	#taking: Promise<ImportResult> | undefined;
	/** How the file is read and what its columns are. */
	readonly look = new FileLook(
		() => this.#opened(),
		(inspection) => this.#looked(inspection),
	);
	/** What the import would do with the file as it is mapped now. */
	readonly review = new ReviewRun(() => this.#opened());

	get step(): ImportStep {
		return this.#step;
	}

	get file(): File | undefined {
		return this.look.file;
	}

	get isLooking(): boolean {
		return this.look.isLooking;
	}

	get inspection(): Inspection | undefined {
		return this.look.inspection;
	}

	/** Why the file was refused, when it was looked at or when it was to be taken in. */
	get problem(): ImportProblem | undefined {
		return this.#problem ?? this.look.problem;
	}

	get wasCancelled(): boolean {
		return this.#wasCancelled;
	}

	get progress(): ImportProgress | undefined {
		return this.#progress;
	}

	get imported(): Imported | undefined {
		return this.#imported;
	}

	/** Looks at the start of a file; on success its columns and first rows can be reviewed. */
	async choose(file: File): Promise<void> {
		this.startOver();
		await this.look.start(file);
	}

	/** Takes the file in as it is mapped now. */
	async take(): Promise<void> {
		const { file, inspection, isLooking } = this.look;
		if (!file || !inspection || this.#step !== 'reviewing' || isLooking) return;
		const { mapping } = inspection;
		this.review.stop();
		this.#step = 'taking';
		this.#wasCancelled = false;
		this.#problem = undefined;
		this.#progress = { bytes: 0, totalBytes: file.size, rows: 0, isSaving: false };
		const result = await this.#takeWith(file, mapping);
		switch (result.kind) {
			case 'imported':
				this.#imported = result;
				this.#step = 'done';
				void askPersistence();
				void this.look.remember();
				return;
			case 'cancelled':
				this.#wasCancelled = true;
				break;
			case 'refused':
				this.#problem = result.problem;
				break;
		}
		this.#step = 'reviewing';
		// It was stopped when the import began.
		if (!this.review.current) this.review.start(file, mapping);
	}

	cancel(): void {
		this.#importer?.cancel();
	}

	startOver(): void {
		this.look.reset();
		this.review.reset();
		this.#step = 'choosing';
		this.#problem = undefined;
		this.#wasCancelled = false;
		this.#imported = undefined;
	}

	/** How many clients the next step is about; undefined when it cannot be said. */
	async countNotInvited(importId: string): Promise<NotInvited | undefined> {
		return (await this.#opened()).countNotInvited(importId).catch(() => undefined);
	}

	/** Ends what runs, as the screen goes. Resolves to what became of an import that was under way. */
	async leave(): Promise<ImportResult | undefined> {
		this.look.stop();
		this.cancel();
		const result = await this.#taking;
		this.#importer?.close();
		return result;
	}

	#looked(inspection: Inspection | undefined): void {
		const { file } = this.look;
		this.#problem = undefined;
		this.#step = inspection ? 'reviewing' : 'choosing';
		if (file && inspection) this.review.start(file, inspection.mapping);
	}

	async #takeWith(file: File, mapping: Inspection['mapping']): Promise<ImportResult> {
		const isOver = noteIfLocked('import');
		try {
			const importer = await this.#opened();
			this.#taking = importer.take(
				file,
				mapping,
				(progress) => (this.#progress = progress),
				false,
				this.review.choices,
			);
			return await this.#taking;
		} catch (error) {
			return { kind: 'refused', problem: problemFrom(error) };
		} finally {
			isOver();
			this.#taking = undefined;
		}
	}

	async #opened(): Promise<Importer> {
		this.#importer ??= (await import('./importer.ts')).openImporter();
		return this.#importer;
	}
}
