import type { ImportCounts } from '$lib/domain/import.ts';

/** "1 client", "1,200 clients". */
export function countOf(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What an import did, as a sentence: "38 clients are new, 2 were updated, 1 row was rejected." */
export function countsInWords(counts: ImportCounts): string {
	const { created, updated, unchanged, skipped, rejected } = counts;
	const parts: string[] = [];
	const add = (count: number, one: string, many: string) => {
		if (count === 0) return;
		const subject = parts.length === 0 ? countOf(count, 'client') : count.toLocaleString('en');
		parts.push(`${subject} ${count === 1 ? one : many}`);
	};
	add(created, 'is new', 'are new');
	add(updated, 'was updated', 'were updated');
	add(unchanged, 'was known and is unchanged', 'were known and are unchanged');
	if (skipped > 0)
		parts.push(`${countOf(skipped, 'row')} ${skipped === 1 ? 'was' : 'were'} skipped`);
	if (rejected > 0) parts.push(`${countOf(rejected, 'row')} could not be taken in`);
	return parts.length === 0 ? 'The file held no clients.' : `${parts.join(', ')}.`;
}

/** How long something will take yet, roughly, as people say it: "about 20 seconds left"; '' while it is not known. */
export function timeLeftInWords(share: number, elapsedMs: number): string {
	// Any sooner, it would be a guess that jumps.
	if (share <= 0.02 || elapsedMs < 1_500) return '';
	const seconds = ((elapsedMs / share) * (1 - share)) / 1_000;
	if (seconds < 5) return 'a few seconds left';
	if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} seconds left`;
	const minutes = Math.ceil(seconds / 60);
	return minutes === 1
		? 'about a minute left'
		: `about ${minutes.toLocaleString('en')} minutes left`;
}

/** The end of an import for a tab's title: "✓ 200 clients imported". */
export function importedInTitle({ created, updated, unchanged }: ImportCounts): string {
	return `✓ ${countOf(created + updated + unchanged, 'client')} imported`;
}
