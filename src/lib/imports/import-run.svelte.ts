import { columnRoles } from '$lib/domain/column-role.ts';
import { askPersistence } from '$lib/platform/storage.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { chosenColumns, keepColumns } from './column-choices.ts';
import { withRole } from './column-doubts.ts';
import type { NotInvited } from './count-not-invited.ts';
import type { Imported, ImportProgress, ImportResult } from './import-file.ts';
import { problemFrom, type ImportProblem } from './import-problem.ts';
import type { Importer } from './importer.ts';
import type { Inspection, InspectResult } from './inspect-file.ts';
import type { FileDefaults, MappingChoices, ReadingChoice } from './mapping.ts';
import { ReviewRun } from './review-run.svelte.ts';

/** `choosing` a file, `reviewing` its columns and rows, `taking` it in, `done`. */
export type ImportStep = 'choosing' | 'reviewing' | 'taking' | 'done';

/** One file on its way in, from the choice to the result. Each step's screen reads it. */
export class ImportRun {
	#step = $state<ImportStep>('choosing');
	#file = $state.raw<File>();
	#isLooking = $state(false);
	#inspection = $state.raw<Inspection>();
	#problem = $state.raw<ImportProblem>();
	#wasCancelled = $state(false);
	#progress = $state.raw<ImportProgress>();
	#imported = $state.raw<Imported>();
	#choices: MappingChoices = {};
	#hasChosenColumns = false;
	/** Columns whose role a person chose, now or for an earlier file: they are in no doubt. */
	#chosenColumns = $state.raw<readonly number[]>([]);
	#importer: Importer | undefined;
	#taking: Promise<ImportResult> | undefined;
	/** Counts the looks: an answer to an older one is late. */
	#look = 0;
	/** What the import would do with the file as it is mapped now. */
	readonly review = new ReviewRun(() => this.#opened());

	get step(): ImportStep {
		return this.#step;
	}

	get file(): File | undefined {
		return this.#file;
	}

	get isLooking(): boolean {
		return this.#isLooking;
	}

	get inspection(): Inspection | undefined {
		return this.#inspection;
	}

	/** Why the file as a whole was refused. */
	get problem(): ImportProblem | undefined {
		return this.#problem;
	}

	get chosenColumns(): readonly number[] {
		return this.#chosenColumns;
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
		this.#file = file;
		await this.#inspect();
		await this.#recallColumns();
	}

	/** Takes up what was chosen for a file with this header before. */
	async #recallColumns(): Promise<void> {
		const inspection = this.#inspection;
		if (!inspection?.mapping.hasHeader) return;
		const roles = await chosenColumns(await theVault(), inspection.mapping.header);
		if (!roles || this.#inspection !== inspection) return;
		this.#choices = { ...this.#choices, roles };
		this.#chosenColumns = [...roles.keys()];
		await this.#inspect();
	}

	/** Corrects what one column was taken for. */
	async chooseRole(at: number, name: string): Promise<void> {
		const mapping = this.#inspection?.mapping;
		const role = columnRoles.find((known) => known === name);
		if (!mapping || !role) return;
		this.#hasChosenColumns = true;
		this.#chosenColumns = [...this.#chosenColumns, at];
		const known = this.#choices.roles ?? mapping.roles;
		this.#choices = { ...this.#choices, roles: withRole(known, mapping.header.length, at, role) };
		await this.#inspect();
	}

	async chooseDateOrder(dateOrder: MappingChoices['dateOrder']): Promise<void> {
		this.#choices = { ...this.#choices, dateOrder };
		await this.#inspect();
	}

	/** What is to be said of every client in the file. */
	async chooseDefaults(defaults: FileDefaults): Promise<void> {
		this.#choices = { ...this.#choices, defaults: { ...this.#choices.defaults, ...defaults } };
		await this.#inspect();
	}

	async chooseHeader(hasHeader: boolean): Promise<void> {
		// With other names the columns are recognised anew.
		this.#hasChosenColumns = false;
		this.#chosenColumns = [];
		this.#choices = { ...this.#choices, hasHeader, headerLine: undefined, roles: undefined };
		await this.#inspect();
	}

	/** Corrects how the file was read; what its columns are is then recognised anew. */
	async chooseReading(choice: ReadingChoice): Promise<void> {
		this.#hasChosenColumns = false;
		this.#chosenColumns = [];
		const isOtherTable = choice.sheet !== undefined;
		const { headerLine, ...others } = this.#choices;
		const kept = isOtherTable ? others : { ...others, headerLine };
		this.#choices = { ...kept, ...choice, hasHeader: undefined, roles: undefined };
		await this.#inspect();
		await this.#recallColumns();
	}

	/** Takes the file in as it is mapped now. */
	async take(): Promise<void> {
		const [file, inspection] = [this.#file, this.#inspection];
		if (!file || !inspection || this.#step !== 'reviewing' || this.#isLooking) return;
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
				if (this.#hasChosenColumns && mapping.hasHeader)
					// A choice that is not remembered is made again: no reason to speak of it.
					void keepColumns(await theVault(), mapping.header, mapping.roles).catch(() => undefined);
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
		this.#look += 1;
		this.#step = 'choosing';
		this.#file = undefined;
		this.#isLooking = false;
		this.#inspection = undefined;
		this.#problem = undefined;
		this.#wasCancelled = false;
		this.#imported = undefined;
		this.#choices = {};
		this.#hasChosenColumns = false;
		this.#chosenColumns = [];
		this.review.reset();
	}

	/** How many clients the next step is about; undefined when it cannot be said. */
	async countNotInvited(importId: string): Promise<NotInvited | undefined> {
		return (await this.#opened()).countNotInvited(importId).catch(() => undefined);
	}

	/** Ends what runs, as the screen goes. Resolves to what became of an import that was under way. */
	async leave(): Promise<ImportResult | undefined> {
		this.#look += 1;
		this.cancel();
		const result = await this.#taking;
		this.#importer?.close();
		return result;
	}

	async #takeWith(file: File, mapping: Inspection['mapping']): Promise<ImportResult> {
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
			this.#taking = undefined;
		}
	}

	async #inspect(): Promise<void> {
		const file = this.#file;
		if (!file) return;
		const look = ++this.#look;
		this.#isLooking = true;
		let result: InspectResult;
		try {
			result = await (await this.#opened()).inspect(file, this.#choices);
		} catch (error) {
			result = { kind: 'refused', problem: problemFrom(error) };
		}
		if (look !== this.#look) return;
		this.#isLooking = false;
		this.#problem = result.kind === 'refused' ? result.problem : undefined;
		if (result.kind === 'inspected') {
			this.#inspection = result.inspection;
			this.#step = 'reviewing';
			this.review.start(file, result.inspection.mapping);
		} else {
			this.#inspection = undefined;
			this.#step = 'choosing';
		}
	}

	async #opened(): Promise<Importer> {
		this.#importer ??= (await import('./importer.ts')).openImporter();
		return this.#importer;
	}
}
