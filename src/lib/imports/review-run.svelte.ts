import { SvelteMap } from 'svelte/reactivity';
import type { Importer } from './importer.ts';
import type { FileMapping } from './mapping.ts';
import { personKey, type MatchPolicy, type RowPolicy } from './match-policy.ts';
import type { ImportChoices, ImportProgress } from './plan-file.ts';
import type { ProblemCell } from './problem-groups.ts';
import { problemFrom, type ImportProblem } from './import-problem.ts';
import type { Review, ReviewResult } from './review-file.ts';
import type { RowFix } from './row-fixes.ts';

/** A fix with what it stands in place of, so that it can be taken back. */
export interface KeptFix extends RowFix {
	column: string;
	before: string;
}

type Person = Pick<RowPolicy, 'line' | 'isPartner'>;

/** What an import of the file would do, worked out anew after each choice. */
export class ReviewRun {
	readonly #opened: () => Promise<Importer>;
	#review = $state.raw<Review>();
	#problem = $state.raw<ImportProblem>();
	#progress = $state.raw<ImportProgress>();
	#policy = $state<MatchPolicy>('update');
	#rowPolicies = new SvelteMap<number, RowPolicy>();
	#fixes = $state.raw<readonly KeptFix[]>([]);
	#file: File | undefined;
	#mapping: FileMapping | undefined;
	/** Counts the looks: an answer to an older one is late. */
	#look = 0;

	constructor(opened: () => Promise<Importer>) {
		this.#opened = opened;
	}

	/** The newest finished one; it stays while the next is worked out. */
	get current(): Review | undefined {
		return this.#review;
	}

	/** Set while the file is being read through. */
	get progress(): ImportProgress | undefined {
		return this.#progress;
	}

	get problem(): ImportProblem | undefined {
		return this.#problem;
	}

	get policy(): MatchPolicy {
		return this.#policy;
	}

	get fixes(): readonly KeptFix[] {
		return this.#fixes;
	}

	get choices(): ImportChoices {
		return {
			policy: this.#policy,
			rowPolicies: Array.from(this.#rowPolicies.values(), (chosen) => ({ ...chosen })),
			fixes: this.#fixes.map(({ line, at, value }) => ({ line, at, value })),
		};
	}

	/** Reviews a file as it is mapped now. Fixes stay with their cells as long as the columns do. */
	start(file: File, mapping: FileMapping): void {
		if (file !== this.#file) this.reset();
		else if (mapping.header.length !== this.#mapping?.header.length) this.#fixes = [];
		this.#file = file;
		this.#mapping = mapping;
		void this.#run();
	}

	/** For all rows whose client is here already. */
	choosePolicy(policy: MatchPolicy): void {
		this.#policy = policy;
		void this.#run();
	}

	policyAt(row: Person): MatchPolicy | undefined {
		return this.#rowPolicies.get(personKey(row))?.policy;
	}

	/** For one row, or one of two people whom it names; undefined has it follow the others again. */
	chooseRowPolicy(row: Person, policy: MatchPolicy | undefined): Promise<void> {
		const { line, isPartner } = row;
		if (policy === undefined) this.#rowPolicies.delete(personKey(row));
		else this.#rowPolicies.set(personKey(row), { line, isPartner, policy });
		return this.#run();
	}

	/** What a person wrote in place of a cell. */
	valueAt(line: number, at: number): string | undefined {
		return this.#fixes.find((fix) => fix.line === line && fix.at === at)?.value;
	}

	/** Puts a value in place of a cell; the file itself stays as it is. Resolves when all is checked again. */
	fix({ line }: { line: number }, { at, column, cell }: ProblemCell, value: string): Promise<void> {
		const earlier = this.#fixes.find((fix) => fix.line === line && fix.at === at);
		const before = earlier?.before ?? cell;
		const others = this.#fixes.filter((fix) => fix !== earlier);
		this.#fixes = value === before ? others : [...others, { line, at, column, before, value }];
		return this.#run();
	}

	takeBack(fix: KeptFix): Promise<void> {
		this.#fixes = this.#fixes.filter((kept) => kept !== fix);
		return this.#run();
	}

	/** Ends what runs; the import that begins needs the machine for itself. */
	stop(): void {
		this.#look += 1;
		this.#progress = undefined;
	}

	reset(): void {
		this.stop();
		this.#review = undefined;
		this.#problem = undefined;
		this.#policy = 'update';
		this.#rowPolicies.clear();
		this.#fixes = [];
		this.#file = undefined;
		this.#mapping = undefined;
	}

	async #run(): Promise<void> {
		const [file, mapping] = [this.#file, this.#mapping];
		if (!file || !mapping) return;
		const look = ++this.#look;
		const isNewest = () => look === this.#look;
		this.#progress = { bytes: 0, totalBytes: file.size, rows: 0, isSaving: false };
		let result: ReviewResult;
		try {
			const importer = await this.#opened();
			result = await importer.review(
				file,
				mapping,
				(progress) => {
					if (isNewest()) this.#progress = progress;
				},
				this.choices,
			);
		} catch (error) {
			result = { kind: 'refused', problem: problemFrom(error) };
		}
		if (!isNewest()) return;
		this.#progress = undefined;
		this.#problem = result.kind === 'refused' ? result.problem : undefined;
		if (result.kind === 'reviewed') this.#review = result;
	}
}
