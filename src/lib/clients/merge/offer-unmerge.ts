import { showToast } from '$lib/ui/toast.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { offerUndo, wordsOf } from '../offer-undo.ts';
import { unmergeClients } from './merge-clients.ts';

/** Says that two profiles were merged, with an 'Undo'. */
export function offerUnmerge(mergeId: string): void {
	showToast({
		text: 'The two profiles are one now.',
		tone: 'good',
		action: { label: 'Undo', run: () => unmerge(mergeId) },
	});
}

/**
 * Parts two profiles and says so. Also what undoes a merge just made: other merges may have followed,
 * and only an unmerge knows how to leave them standing.
 */
export async function unmerge(mergeId: string): Promise<void> {
	try {
		const parted = await unmergeClients(await theVault(), mergeId);
		if (parted.count > 0) offerUndo('They are two profiles again.', parted);
		else showToast({ text: 'They stay one: the profile was merged further, or is gone.' });
	} catch (error) {
		showToast({ text: wordsOf(error), tone: 'bad' });
	}
}
