import { dateInWords } from '$lib/domain/date-in-words.ts';
import type { Import } from '$lib/domain/import.ts';

/** How each import is called, by its id: its file and its day. */
export function importNames(imports: readonly Import[]): (id: string) => string {
	const names = new Map(
		imports.map(({ id, fileName, importedAt }) => [id, `${fileName}, ${dateInWords(importedAt)}`]),
	);
	return (id) => names.get(id) ?? 'An import of old';
}
