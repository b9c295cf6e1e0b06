import { showToast } from '$lib/ui/toast.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import type { Vault } from '$lib/vault/types.ts';
import { wordsOf } from '../failure-words.ts';
import { type Done, type Ports, undoProfessional } from './save-professional.ts';

/** The clock and the dice of this browser. */
export const browserPorts = (): Ports => ({ now: Date.now(), newId: () => crypto.randomUUID() });

/** "1 client", "1,204 clients" */
export function clientsInWords(count: number): string {
	return `${count.toLocaleString('en')} ${count === 1 ? 'client' : 'clients'}`;
}

/** Says what was done, with an 'Undo' that says what it did in turn. */
export function offerUndo(text: string, { entryId }: Pick<Done, 'entryId'>): void {
	if (entryId === '') {
		showToast({ text: 'Nothing was changed: all was so already.' });
		return;
	}
	showToast({ text, tone: 'good', action: { label: 'Undo', run: () => undo(entryId) } });
}

async function undo(entryId: string): Promise<void> {
	try {
		const kept = await undoProfessional(await theVault(), entryId);
		showToast({
			text: kept === 0 ? 'It is as it was before.' : 'Put back, but for what was changed since.',
			tone: kept === 0 ? 'good' : 'info',
		});
	} catch (error) {
		showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
	}
}

/** Runs one step; what goes wrong is said. */
export async function attempt(step: (vault: Vault) => Promise<void>): Promise<void> {
	try {
		await step(await theVault());
	} catch (error) {
		showToast({ text: wordsOf(error), tone: 'bad' });
	}
}
