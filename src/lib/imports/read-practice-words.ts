import type { Client } from '$lib/domain/client.ts';
import { readLanguage } from '$lib/domain/language-tag.ts';
import { readTags, withTags } from '$lib/domain/tags.ts';
import { cellAt, type Note } from './cells.ts';
import type { RoleColumns } from './columns.ts';

const notKnown = /^(?:n\/?a|none|unknown|other|-+)$/iu;

/** Gives a client the language and the tags that the row states; a language that is not known is said. */
export function readPracticeWords(
	cells: readonly string[],
	{ language: languageAt, tagColumns }: RoleColumns,
	client: Client,
	note: Note,
): void {
	const cell = cellAt(cells, languageAt);
	if (cell !== '' && !notKnown.test(cell)) {
		const language = readLanguage(cell);
		if (language) client.language = language;
		else
			note(
				languageAt,
				cell,
				'This is not a language that Portico knows; it was left out. Write it as in ‘es’ or ‘Spanish’.',
			);
	}
	for (const at of tagColumns) {
		const text = cellAt(cells, at);
		if (text === '') continue;
		const tags = withTags(client.tags ?? [], readTags(text));
		if (tags.length > 0) client.tags = tags;
	}
}
