import { columnRoles } from '$lib/domain/column-role.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { chosenColumns, keepColumns } from './column-choices.ts';
import { withRole } from './column-doubts.ts';
import { problemFrom, type ImportProblem } from './import-problem.ts';
import type { Importer } from './importer.ts';
import type { Inspection, InspectResult } from './inspect-file.ts';
import type { FileDefaults, MappingChoices, ReadingChoice } from './mapping.ts';

/** A look at the start of one file, and what a person chose against what was recognised. */
export class FileLook {
	#file = $state.raw<File>();
	#isLooking = $state(false);
	#inspection = $state.raw<Inspection>();
	#problem = $state.raw<ImportProblem>();
	#choices: MappingChoices = {};
	#hasChosenColumns = false;
	/** Columns whose role a person chose, now or for an earlier file: they are in no doubt. */
	#chosenColumns = $state.raw<readonly number[]>([]);
	#readings = $state(0);
	/** Counts the looks: an answer to an older one is late. */
	#look = 0;
	readonly #opened: () => Promise<Importer>;
	readonly #looked: (inspection: Inspection | undefined) => void;

	/** `looked` hears of each newest look; undefined where the file is refused. */
	constructor(
		opened: () => Promise<Importer>,
		looked: (inspection: Inspection | undefined) => void,
	) {
		this.#opened = opened;
		this.#looked = looked;
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

	/** Counts the readings after which the columns were recognised anew: they keep their places between. */
	get readings(): number {
		return this.#readings;
	}

	async start(file: File): Promise<void> {
		this.reset();
		this.#file = file;
		await this.#inspect(true);
		await this.#recallColumns();
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

	/** Corrects how the file was read; what its columns are is then recognised anew. */
	async chooseReading(choice: ReadingChoice): Promise<void> {
		this.#hasChosenColumns = false;
		this.#chosenColumns = [];
		const isOtherTable = choice.sheet !== undefined;
		const { headerLine, ...others } = this.#choices;
		const kept = isOtherTable ? others : { ...others, headerLine };
		this.#choices = { ...kept, ...choice, hasHeader: undefined, roles: undefined };
		await this.#inspect(true);
		await this.#recallColumns();
	}

	/** Remembers the columns for the next file of this kind. */
	async remember(): Promise<void> {
		const mapping = this.#inspection?.mapping;
		if (!this.#hasChosenColumns || !mapping?.hasHeader) return;
		try {
			await keepColumns(await theVault(), mapping.header, mapping.roles);
		} catch {
			// A choice that is not remembered is made again: no reason to speak of it.
		}
	}

	reset(): void {
		this.stop();
		this.#file = undefined;
		this.#isLooking = false;
		this.#inspection = undefined;
		this.#problem = undefined;
		this.#choices = {};
		this.#hasChosenColumns = false;
		this.#chosenColumns = [];
	}

	/** What is still under way comes too late from now on. */
	stop(): void {
		this.#look += 1;
	}

	/** Takes up what was chosen for a file with this header before. */
	async #recallColumns(): Promise<void> {
		const inspection = this.#inspection;
		if (!inspection?.mapping.hasHeader) return;
		const roles = await chosenColumns(await theVault(), inspection.mapping.header);
		if (!roles || this.#inspection !== inspection) return;
		this.#choices = { ...this.#choices, roles };
		this.#chosenColumns = [...roles.keys()];
		await this.#inspect(true);
	}

	async #inspect(isAnew = false): Promise<void> {
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
		this.#inspection = result.kind === 'inspected' ? result.inspection : undefined;
		if (isAnew) this.#readings += 1;
		this.#looked(this.#inspection);
	}
}
