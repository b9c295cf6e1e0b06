import { showToast } from '$lib/ui/toast.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { callBack } from './call-back.ts';
import { invitations } from './in-words.ts';
import { sendInvitations, type ConfirmedSending, type QueuedBatch } from './send-invitations.ts';

/** What became of the last batch that was sent from this page. */
export type SendingResult =
	| { kind: 'on-their-way'; people: number; skipped: number }
	| { kind: 'called-back'; calledBack: number; left: number }
	| { kind: 'nobody-left' }
	| { kind: 'not-queued'; words: string }
	| { kind: 'not-called-back'; words: string };

/** Sends a batch, offers its undo, and says what became of it. */
export class Sending {
	#isUnderWay = $state(false);
	#result = $state.raw<SendingResult>();

	get isUnderWay(): boolean {
		return this.#isUnderWay;
	}

	get result(): SendingResult | undefined {
		return this.#result;
	}

	/** Queues what was confirmed. A second call while one is under way does nothing. */
	async send(confirmed: ConfirmedSending): Promise<void> {
		if (this.#isUnderWay) return;
		this.#isUnderWay = true;
		try {
			const batch = await sendInvitations(await theVault(), confirmed);
			const { people, skipped } = batch;
			this.#result =
				people > 0 ? { kind: 'on-their-way', people, skipped } : { kind: 'nobody-left' };
			if (people > 0) this.#offerUndo(batch);
		} catch (error) {
			this.#result = { kind: 'not-queued', words: wordsOf(error) };
		} finally {
			this.#isUnderWay = false;
		}
	}

	#offerUndo(batch: QueuedBatch): void {
		const seconds = Math.round((batch.dueAt - Date.now()) / 1000);
		if (seconds <= 0) return;
		const leave = batch.people === 1 ? 'leaves' : 'leave';
		showToast({
			text: `${invitations(batch.people)} ${leave} in ${seconds} s`,
			action: { label: 'Undo', run: () => this.#callBack(batch) },
			endsAt: batch.dueAt,
		});
	}

	async #callBack(batch: QueuedBatch): Promise<void> {
		try {
			const receipt = await callBack(await theVault(), batch);
			this.#result = { kind: 'called-back', ...receipt };
			const all = receipt.left === 0;
			showToast({
				text: all
					? 'Called back. Nobody was written to.'
					: `${receipt.calledBack.toLocaleString('en')} called back; ${receipt.left.toLocaleString('en')} had left.`,
				tone: all ? 'good' : 'bad',
			});
		} catch (error) {
			this.#result = { kind: 'not-called-back', words: wordsOf(error) };
			// The person may have gone to another page meanwhile.
			showToast({ text: `Not called back. ${wordsOf(error)}`, tone: 'bad' });
		}
	}
}

function wordsOf(error: unknown): string {
	return error instanceof VaultProblem
		? error.message
		: 'Nothing was changed. Reload and try again.';
}
