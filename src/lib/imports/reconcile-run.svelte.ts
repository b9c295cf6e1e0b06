import type { ColumnRole } from '$lib/domain/column-role.ts';
import { CheckedChanges } from './checked-changes.svelte.ts';
import { FileLook } from './file-look.svelte.ts';
import type { ImportProblem } from './import-problem.ts';
import type { Importer } from './importer.ts';
import type { Inspection } from './inspect-file.ts';
import type { ImportProgress } from './plan-file.ts';
import { reconcileProblem, type ReconcileResult } from './reconcile-file.ts';
import type { Reconciled } from './reconcile-rows.ts';
import type { PortalUpdated, UpdatePortalResult } from './reconcile.ts';

/** `choosing` a file, `reading` it, `reviewing` its changes, `updating` the clients, `done`. */
export type ReconcileStep = 'choosing' | 'reading' | 'reviewing' | 'updating' | 'done';

/** The columns that say something of a client's standing. */
export const standingRoles: readonly ColumnRole[] = [
	'portalLogin',
	'status',
	'emailStatus',
	'doNotEmail',
	'deceasedAt',
];

/** One file that updates the portal status, from the choice to the result. */
export class ReconcileRun {
	#step = $state<ReconcileStep>('choosing');
	#problem = $state.raw<ImportProblem>();
	#wasCancelled = $state(false);
	#progress = $state.raw<ImportProgress>();
	#reconciled = $state.raw<Reconciled>();
	#changes = $state.raw<CheckedChanges>();
	#updated = $state.raw<PortalUpdated>();
	#importer: Importer | undefined;
	/** Counts the readings: an answer to an older one is late. */
	#reading = 0;
	readonly look = new FileLook(
		() => this.#opened(),
		(inspection) => void this.#looked(inspection),
	);

	get step(): ReconcileStep {
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

	get problem(): ImportProblem | undefined {
		return this.#problem ?? this.look.problem;
	}

	get wasCancelled(): boolean {
		return this.#wasCancelled;
	}

	get progress(): ImportProgress | undefined {
		return this.#progress;
	}

	/** What the file says; it stays while it is read anew. */
	get reconciled(): Reconciled | undefined {
		return this.#reconciled;
	}

	get changes(): CheckedChanges | undefined {
		return this.#changes;
	}

	get updated(): PortalUpdated | undefined {
		return this.#updated;
	}

	/** Some column says something of the clients' standing. */
	get saysStanding(): boolean {
		return this.inspection?.mapping.roles.some((role) => standingRoles.includes(role)) ?? false;
	}

	async choose(file: File): Promise<void> {
		this.startOver();
		await this.look.start(file);
	}

	/** Makes the changes that are checked. */
	async update(): Promise<void> {
		const changes = this.#changes;
		if (!changes || changes.checked === 0 || this.#step !== 'reviewing') return;
		this.#step = 'updating';
		this.#problem = undefined;
		let result: UpdatePortalResult;
		try {
			result = await (await this.#opened()).updatePortal(changes.leftOut());
		} catch (error) {
			result = { kind: 'refused', problem: reconcileProblem(error) };
		}
		switch (result.kind) {
			case 'updated':
				this.#updated = result;
				this.#step = 'done';
				void this.look.remember();
				return;
			case 'refused':
				this.#problem = result.problem;
				break;
			case 'nothing':
				this.#problem = {
					kind: 'busy',
					message:
						'These clients were changed elsewhere meanwhile, and nothing is left to update. Nothing was changed. Choose the file again.',
				};
				break;
		}
		this.#step = 'reviewing';
	}

	cancel(): void {
		this.#importer?.cancel();
	}

	startOver(): void {
		this.#reading += 1;
		this.look.reset();
		this.#step = 'choosing';
		this.#problem = undefined;
		this.#wasCancelled = false;
		this.#progress = undefined;
		this.#reconciled = undefined;
		this.#changes = undefined;
		this.#updated = undefined;
	}

	/** Ends what runs, as the screen goes; an update under way ends by itself, whole or not at all. */
	leave(): void {
		this.look.stop();
		this.#reading += 1;
		this.cancel();
		if (this.#step !== 'updating') this.#importer?.close();
	}

	async #looked(inspection: Inspection | undefined): Promise<void> {
		const { file } = this.look;
		const reading = ++this.#reading;
		this.#problem = undefined;
		this.#wasCancelled = false;
		if (!file || !inspection) {
			this.#step = 'choosing';
			return;
		}
		if (!this.saysStanding) {
			this.#step = 'reviewing';
			this.#reconciled = this.#changes = undefined;
			return;
		}
		this.#step = 'reading';
		this.#progress = { bytes: 0, totalBytes: file.size, rows: 0, isSaving: false };
		let result: ReconcileResult;
		try {
			result = await (
				await this.#opened()
			).reconcile(file, inspection.mapping, (progress) => {
				if (reading === this.#reading) this.#progress = progress;
			});
		} catch (error) {
			result = { kind: 'refused', problem: reconcileProblem(error) };
		}
		if (reading !== this.#reading) return;
		this.#progress = undefined;
		if (result.kind === 'reconciled') {
			this.#reconciled = result;
			this.#changes = new CheckedChanges(result);
			this.#step = 'reviewing';
			return;
		}
		if (result.kind === 'refused') this.#problem = result.problem;
		else this.#wasCancelled = true;
		this.#step = 'choosing';
	}

	async #opened(): Promise<Importer> {
		this.#importer ??= (await import('./importer.ts')).openImporter();
		return this.#importer;
	}
}
