import { settingsFrom } from '$lib/domain/settings.ts';
import type { Receipt } from '$lib/domain/welcome-receipt.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { applyAnswer, undoAnswer } from './apply-answer.ts';
import { answered, judgeAnswer, type AnswerVerdict } from './judge-answer.ts';
import { verifyReceipt } from './receipts.ts';

export type OpenedAnswer = AnswerVerdict | { kind: 'damaged' } | { kind: 'not-ours' };

/** One answer on the practitioner's side: opened, applied, taken back. */
export class AnswerDesk {
	#opened = $state.raw<OpenedAnswer>();
	#receipt: Receipt | undefined;
	#isBusy = $state(false);
	#failure = $state('');

	/** Undefined until it is looked at. */
	get opened(): OpenedAnswer | undefined {
		return this.#opened;
	}

	get isBusy(): boolean {
		return this.#isBusy;
	}

	/** Why the last step failed, in words; '' when it did not. */
	get failure(): string {
		return this.#failure;
	}

	open(text: string): Promise<void> {
		return this.#attempt(async () => {
			this.#opened = undefined;
			this.#receipt = undefined;
			const state = await (await theVault()).load(...answered, 'settings');
			const keys = settingsFrom(state.rows('settings'), 'door-keys');
			const verified = await verifyReceipt(text, keys, crypto);
			if (verified.kind === 'genuine') {
				this.#receipt = verified.receipt;
				this.#opened = judgeAnswer(state, verified.receipt, Date.now());
			} else this.#opened = verified;
		});
	}

	apply(): Promise<void> {
		const receipt = this.#receipt;
		if (!receipt) return Promise.resolve();
		return this.#attempt(async () => {
			const vault = await theVault();
			const { verdict, entryId } = await applyAnswer(vault, receipt, Date.now());
			this.#opened = verdict;
			if (entryId === '') return;
			this.#opened = judgeAnswer(await vault.load(...answered), receipt, Date.now());
			showToast({
				text: 'The answer is applied.',
				tone: 'good',
				action: { label: 'Undo', run: () => this.#takeBack(receipt, entryId) },
			});
		});
	}

	#takeBack(receipt: Receipt, entryId: string): Promise<void> {
		return this.#attempt(async () => {
			const vault = await theVault();
			const { kept } = await undoAnswer(vault, entryId);
			this.#opened = judgeAnswer(await vault.load(...answered), receipt, Date.now());
			const text = kept === 0 ? 'It is as it was before.' : 'Put back, but for what stays so.';
			showToast({ text, tone: kept === 0 ? 'good' : 'info' });
		});
	}

	async #attempt(step: () => Promise<void>): Promise<void> {
		this.#isBusy = true;
		this.#failure = '';
		try {
			await step();
		} catch (error) {
			this.#failure =
				error instanceof VaultProblem
					? error.message
					: 'This could not be done. Nothing was changed. Reload and try again.';
		} finally {
			this.#isBusy = false;
		}
	}
}
