import type { ReportKind } from '$lib/domain/report-kind.ts';
import type { Message } from '$lib/domain/message.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { callBack } from './call-back.ts';
import type { ConfirmedSending, QueuedBatch } from './confirmed-sending.ts';
import { messages } from './in-words.ts';
import { queuedInWords, type Departure } from './departure.ts';
import { sendReminders } from './send-reminders.ts';
import { sendInvitations } from './send-invitations.ts';

/** What became of the last batch that was sent from this page. */
export type SendingResult =
	| {
			kind: 'on-their-way';
			/** Of which report they are. */
			report: ReportKind;
			people: number;
			skipped: number;
			/** What of it leaves when, where not all at once. */
			plan?: ConfirmedSending['plan'];
	  }
	| { kind: 'called-back'; calledBack: number; left: number }
	| { kind: 'nobody-left' }
	| { kind: 'not-queued'; words: string }
	| { kind: 'not-called-back'; words: string };

/** Sends a batch, offers its undo, and says what became of it. */
export class Sending {
	readonly #departure: (people: number, undoWindowMs: number) => Departure;
	#isUnderWay = $state(false);
	#result = $state.raw<SendingResult>();
	readonly #messages = live('messages');
	/** Tells the last batch from the others. Epoch milliseconds. */
	#queuedAt = $state(0);

	/** `departure`: a rune of what hinders, for what is said of the batch. */
	constructor(departure: (people: number, undoWindowMs: number) => Departure) {
		this.#departure = departure;
	}

	get isUnderWay(): boolean {
		return this.#isUnderWay;
	}

	get result(): SendingResult | undefined {
		return this.#result;
	}

	/** Whether some of the last batch still wait here. */
	get isWaiting(): boolean {
		const queuedAt = this.#queuedAt;
		if (queuedAt === 0) return false;
		// The newest are the last ones.
		const isLeft = (message: Message) =>
			message.queuedAt === queuedAt && message.state === 'queued';
		return this.#messages.current?.findLast(isLeft) !== undefined;
	}

	/** Queues what was confirmed. A second call while one is under way does nothing. */
	async send(confirmed: ConfirmedSending): Promise<void> {
		if (this.#isUnderWay) return;
		this.#isUnderWay = true;
		try {
			const report = confirmed.kind ?? 'first';
			const send = report === 'waiting' ? sendReminders : sendInvitations;
			const batch = await send(await theVault(), confirmed);
			const { people, skipped } = batch;
			this.#queuedAt = batch.dueAt - confirmed.invitation.undoWindowMs;
			this.#result =
				people > 0
					? { kind: 'on-their-way', report, people, skipped, plan: confirmed.plan ?? [] }
					: { kind: 'nobody-left' };
			if (people > 0) this.#offerUndo(batch, confirmed.plan);
		} catch (error) {
			this.#result = { kind: 'not-queued', words: wordsOf(error) };
		} finally {
			this.#isUnderWay = false;
		}
	}

	#offerUndo(batch: QueuedBatch, plan: ConfirmedSending['plan'] = []): void {
		const undoWindowMs = Math.round((batch.dueAt - Date.now()) / 1000) * 1000;
		if (undoWindowMs <= 0) return;
		const departure = () => ({
			...this.#departure(batch.people, undoWindowMs),
			plan,
			kind: batch.kind ?? 'first',
		});
		showToast({
			// A rune: the network may go while it is on the screen.
			get text() {
				return queuedInWords(departure());
			},
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
					: `${messages(receipt.calledBack)} called back; ${messages(receipt.left)} had left.`,
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
