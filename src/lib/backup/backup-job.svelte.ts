import { VaultProblem } from '$lib/vault/problems.ts';
import { BackupProblem } from './format/problems.ts';

interface Steps {
	signal: AbortSignal;
	onProgress: (done: number, all: number) => void;
}

/** Something that takes a while, as a rune: how far it is, what went wrong, a way to stop it. */
export class BackupJob {
	#stop = $state.raw<AbortController>();
	#done = $state(0);
	#all = $state(0);
	#problem = $state('');

	get isRunning(): boolean {
		return this.#stop !== undefined;
	}

	get done(): number {
		return this.#done;
	}

	/** 0 until it is known. */
	get all(): number {
		return this.#all;
	}

	/** What went wrong, in words; '' when nothing did. */
	get problem(): string {
		return this.#problem;
	}

	/** Resolves to what the task does; undefined when it failed, was stopped, or another one runs. */
	async run<Result>(task: (steps: Steps) => Promise<Result>): Promise<Result | undefined> {
		if (this.#stop) return undefined;
		const stop = new AbortController();
		this.#stop = stop;
		this.#problem = '';
		[this.#done, this.#all] = [0, 0];
		try {
			return await task({
				signal: stop.signal,
				onProgress: (done, all) => ([this.#done, this.#all] = [done, all]),
			});
		} catch (error) {
			if (!stop.signal.aborted) this.#problem = wordsOf(error);
			return undefined;
		} finally {
			this.#stop = undefined;
		}
	}

	stop(): void {
		this.#stop?.abort();
	}

	clear(): void {
		this.#problem = '';
	}
}

function wordsOf(error: unknown): string {
	if (error instanceof BackupProblem || error instanceof VaultProblem) return error.message;
	const { name } = Object(error) as { name?: unknown };
	switch (name) {
		case 'QuotaExceededError':
			return 'There is no room left for the file. Nothing was changed. Choose another place.';
		case 'NotAllowedError':
		case 'NoModificationAllowedError':
			return 'The browser was not allowed to write there. Nothing was changed. Choose another place.';
		case 'InvalidStateError':
			return 'Another tab kept changing things meanwhile. Nothing was changed by this one. Close the other tabs, and try again.';
		case 'NotFoundError':
		case 'NotReadableError':
			return 'The file could not be read. Nothing was changed. See whether it is still there, and choose it again.';
		default:
			return `Something unexpected stopped it${typeof name === 'string' ? ` (${name})` : ''}. Nothing was changed. Try again.`;
	}
}
