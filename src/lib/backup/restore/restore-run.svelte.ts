import { theVault } from '$lib/vault/the-vault.ts';
import { noteIfLocked } from '$lib/vault/under-way.ts';
import { BackupJob } from '../backup-job.svelte.ts';
import { browserPorts } from '../format/ports.ts';
import { openBackup, type OpenedBackup } from '../read-backup.ts';
import type { Side } from './facts.ts';
import type { RestoreMode } from './plan-restore.ts';
import {
	previewRestore,
	type Restored,
	restoreBackup,
	type RestorePreview,
	undoRestore,
} from './restore-backup.ts';

/** A restore as a person goes through it: open, look, choose, restore, perhaps undo. */
export class RestoreRun {
	readonly job = new BackupJob();
	mode = $state<RestoreMode>();
	#backup = $state.raw<OpenedBackup>();
	#preview = $state.raw<RestorePreview>();
	#restored = $state.raw<Restored>();
	#isUndone = $state(false);
	/** Where a person said nothing about one difference. */
	#sideOfAll = $state<Side>('here');
	#sides = $state.raw<Readonly<Record<string, Side>>>({});
	readonly #appVersion: string;

	constructor(appVersion: string) {
		this.#appVersion = appVersion;
	}

	get backup(): OpenedBackup | undefined {
		return this.#backup;
	}

	get preview(): RestorePreview | undefined {
		return this.#preview;
	}

	get restored(): Restored | undefined {
		return this.#restored;
	}

	get isUndone(): boolean {
		return this.#isUndone;
	}

	/** Nobody and nothing is here yet: there is nothing to choose. */
	get isHereEmpty(): boolean {
		const { differences } = this.#preview ?? {};
		if (!differences) return false;
		const { clients, messages, contacts } = differences;
		return [clients, messages, contacts].every(
			({ onlyHere, changed, same }) => onlyHere + changed + same === 0,
		);
	}

	sideOf(conflictId: string): Side {
		return this.#sides[conflictId] ?? this.#sideOfAll;
	}

	choose(conflictId: string, side: Side): void {
		this.#sides = { ...this.#sides, [conflictId]: side };
	}

	chooseAll(side: Side): void {
		this.#sideOfAll = side;
		this.#sides = {};
	}

	async look(file: File, passphrase: string): Promise<void> {
		await this.job.run(async (steps) => {
			const ports = browserPorts(this.#appVersion);
			const backup = await openBackup(file, passphrase, ports);
			const vault = await theVault();
			this.#preview = await previewRestore(vault, backup, ports, steps);
			this.#backup = backup;
			this.mode = this.isHereEmpty ? 'replace' : undefined;
		});
	}

	/** `onrestored` is called with the vault as soon as it is done. */
	async restore(onrestored: () => void): Promise<void> {
		const { mode } = this;
		const backup = this.#backup;
		if (!mode || !backup) return;
		const isOver = noteIfLocked('restore');
		await this.job.run(async (steps) => {
			const ports = browserPorts(this.#appVersion);
			const choose = (id: string) => this.sideOf(id);
			const options = { ...steps, mode, choose };
			const result = await restoreBackup(await theVault(), backup, ports, options);
			if (result.kind === 'kept-changing') throw new DOMException('', 'InvalidStateError');
			this.#restored = result.restored;
			onrestored();
		});
		isOver();
	}

	async undo(): Promise<void> {
		const restored = this.#restored;
		if (!restored) return;
		await this.job.run(async () => {
			await undoRestore(await theVault(), restored.entryId, Date.now());
			this.#isUndone = true;
		});
	}

	/** Back to choosing a file. */
	startAgain(): void {
		this.job.clear();
		this.#backup = undefined;
		this.#preview = undefined;
	}
}
