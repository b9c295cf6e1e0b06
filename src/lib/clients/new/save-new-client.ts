import { askPersistence } from '$lib/platform/storage.svelte.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { addClient, type TakenAway, undoAddedClient } from '../add-client.ts';
import { wordsOf } from '../offer-undo.ts';
import type { Enrolling } from './enrolling.ts';
import type { NewClientForm } from './new-client-form.ts';

const undoMs = 10_000;

/** Adds the client with all that was chosen, and says so with an 'Undo'. Throws VaultProblem. */
export async function saveNewClient(
	{ client, contact, isEnrolled, isContactEnrolled }: NewClientForm,
	enrolling: Enrolling,
	isSending: boolean,
): Promise<void> {
	const vault = await theVault();
	const now = Date.now();
	const hasEnrolment = isEnrolled || isContactEnrolled;
	const enrolment = hasEnrolment
		? enrolling.begin({ isClientEnrolled: isEnrolled, isSending }, now)
		: undefined;
	const receipt = await addClient(
		vault,
		client,
		{ id: crypto.randomUUID(), now },
		{
			...(isContactEnrolled ? { contact: { ...contact, id: crypto.randomUUID() } } : {}),
			...(enrolment ? { enrolment } : {}),
		},
	);
	void askPersistence();
	if (!receipt) return;
	const run = async () => {
		try {
			const taken = await undoAddedClient(vault, receipt.entryId, Date.now());
			showToast({ text: takenInWords(taken), tone: taken.isGone ? 'good' : 'info' });
		} catch (error) {
			showToast({ text: `Not taken back. ${wordsOf(error)}`, tone: 'bad' });
		}
	};
	showToast({
		text: ['The client is added.', enrolment?.told()].filter(Boolean).join(' '),
		tone: 'good',
		durationMs: Math.max(undoMs, isSending ? enrolling.undoWindowMs : 0),
		action: { label: 'Undo', run },
	});
}

/** What became of an 'Undo', in words. */
export function takenInWords({ isGone, calledBack, left }: TakenAway): string {
	if (!isGone) return 'The client stays: something was changed since.';
	if (left > 0) return 'The client is taken back. The invitation had left already.';
	return calledBack > 0
		? 'The client is taken back, and nobody was written to.'
		: 'The client is taken back.';
}
