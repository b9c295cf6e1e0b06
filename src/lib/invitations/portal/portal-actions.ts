import type { Client } from '$lib/domain/client.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import type { Vault } from '$lib/vault/types.ts';
import { linkToCopy } from '../door/link-to-copy.ts';
import type { LinkedLetter } from '../door/user-links.ts';
import { callBack } from '../call-back.ts';
import { markPortalUser, type PortalFact, undoMark } from './mark-user.ts';
import { outcomeInWords } from './portal-words.ts';
import { undoAddedUser } from './portal-users.ts';
import type { InviteOutcome, PortalPorts } from './queue-users.ts';

/** The clock and the dice of this browser. */
export const browserPorts = (): PortalPorts => ({
	now: Date.now(),
	newId: () => crypto.randomUUID(),
});

/** Why nothing was changed, in words. */
export function wordsOf(error: unknown): string {
	return error instanceof VaultProblem
		? error.message
		: 'Nothing was changed. Reload and try again.';
}

/** Runs a step of a person on the vault; what goes wrong is said. */
async function attempt(step: (vault: Vault) => Promise<void>): Promise<void> {
	try {
		await step(await theVault());
	} catch (error) {
		showToast({ text: wordsOf(error), tone: 'bad' });
	}
}

/** Queues one invitation and says what became of it, with an 'Undo' as long as it can be called back. */
export function sendOne(step: (vault: Vault) => Promise<InviteOutcome>): Promise<void> {
	return attempt(async (vault) => {
		const outcome = await step(vault);
		if (outcome.kind === 'declined') {
			showToast({ text: outcomeInWords(outcome) });
			return;
		}
		const { messageIds, dueAt } = outcome;
		showToast({
			text: outcomeInWords(outcome),
			tone: 'good',
			...(dueAt > Date.now()
				? {
						endsAt: dueAt,
						action: {
							label: 'Undo',
							run: () =>
								attempt(async () => {
									const { left } = await callBack(vault, { messageIds, choices: {} });
									tellCalledBack(left === 0);
								}),
						},
					}
				: {}),
		});
	});
}

function tellCalledBack(isAll: boolean): void {
	showToast(
		isAll
			? { text: 'Called back. Nobody was written to.', tone: 'good' }
			: { text: 'It had left already.', tone: 'bad' },
	);
}

/** Says that a user was added, with an 'Undo' that calls the invitation back as well. */
export function offerUndoOfUser(entryId: string, outcome: InviteOutcome | undefined): void {
	const words = outcome ? ` ${outcomeInWords(outcome)}` : '';
	showToast({
		text: `The user is added.${words}`,
		tone: outcome?.kind === 'declined' ? 'info' : 'good',
		action: {
			label: 'Undo',
			run: () =>
				attempt(async (vault) => {
					const { hasLeft } = await undoAddedUser(vault, entryId, Date.now());
					showToast({
						text: hasLeft
							? 'The user is taken back. The invitation had left already.'
							: 'The user is taken back.',
						tone: 'good',
					});
				}),
		},
	});
}

export interface Mark {
	fact: PortalFact;
	/** Epoch milliseconds; 0 takes the mark back. */
	at: number;
	/** What is said of it. */
	words: string;
}

export function mark(clientId: string, userId: string, { fact, at, words }: Mark): Promise<void> {
	return attempt(async (vault) => {
		const receipt = await markPortalUser(vault, clientId, userId, fact, at);
		if (!receipt) return;
		const run = () => attempt(async () => void (await undoMark(vault, clientId, receipt.entryId)));
		showToast({ text: words, tone: 'good', action: { label: 'Undo', run } });
	});
}

/** `client` as she is written to. */
export async function copyLink(
	invitation: Invitation,
	client: Client,
	letter: LinkedLetter,
): Promise<void> {
	try {
		const link = await linkToCopy(await theVault(), invitation, client, letter, Date.now());
		await navigator.clipboard.writeText(link);
		showToast({ text: 'The link is copied. It is meant for this person alone.', tone: 'good' });
	} catch {
		showToast({ text: 'This browser did not let Portico copy the link.', tone: 'bad' });
	}
}
