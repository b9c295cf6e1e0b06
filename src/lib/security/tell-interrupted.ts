import type { JournalEntry } from '$lib/domain/journal.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import type { Vault } from '$lib/vault/types.ts';
import { type Interrupted, takeInterrupted } from '$lib/vault/under-way.ts';

/** Long enough to be read by who has just unlocked and looks around. */
const toldForMs = 60_000;

const words: Record<Interrupted['job'], { entries: string[]; done: string; stopped: string }> = {
	import: {
		entries: ['import'],
		done: 'Portico was locked as an import ended. All of the file is here.',
		stopped:
			'Portico was locked in the middle of an import. Nothing of the file was taken in. Choose it again.',
	},
	restore: {
		entries: ['backup restored', 'backup merged'],
		done: 'Portico was locked as a restore ended. All of the backup is here.',
		stopped:
			'Portico was locked in the middle of a restore. Nothing of the backup was taken in. Restore it again.',
	},
	backup: {
		entries: ['backup made'],
		done: 'Portico was locked as a backup ended. The backup was made.',
		stopped: 'Portico was locked in the middle of a backup. It was not finished. Back up again.',
	},
};

/** What became of a job in whose midst somebody locked: the journal knows whether it was committed. */
export function interruptedInWords(
	{ job, startedAt }: Interrupted,
	journal: readonly JournalEntry[],
): { text: string; isDone: boolean } {
	const { entries, done, stopped } = words[job];
	const isDone = journal.some(({ what, at }) => at >= startedAt && entries.includes(what));
	return { text: isDone ? done : stopped, isDone };
}

/** Tells who has unlocked, where a lock came in the midst of something. */
export async function tellInterrupted(vault: Vault): Promise<void> {
	const interrupted = takeInterrupted();
	if (!interrupted) return;
	const journal = (await vault.load('journal')).rows('journal');
	const { text, isDone } = interruptedInWords(interrupted, journal);
	showToast({ text, tone: isDone ? 'good' : 'bad', durationMs: toldForMs });
}
