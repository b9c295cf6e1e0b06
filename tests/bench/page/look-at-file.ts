import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { FileMapping } from '$lib/imports/mapping.ts';

/** What Portico's own look at the file says of its columns: the same for every way, and not timed. */
export async function inspect(file: File): Promise<FileMapping> {
	const looked = await inspectFile(file);
	if (looked.kind === 'refused') throw new Error(looked.problem.message);
	return looked.inspection.mapping;
}

/** Ids that grow: what IndexedDB writes the fastest, so that no way loses by its ids. */
export function growingIds(): () => string {
	let count = 0;
	return () => String((count += 1)).padStart(9, '0');
}
