import { fold } from './fold.ts';

/** Address books put everybody into this group. */
const ofEverybody = 'mycontacts';

const marks = [/ :::(?: |$)/u, /;/u, /,/u];

/**
 * The tags of a cell, each once: parted by ` ::: ` where it has any, else by semicolons, else by commas, so that
 * a tag may hold what does not part them.
 */
export function readTags(cell: string): string[] {
	const texts = cell
		.split(marks.find((mark) => mark.test(cell)) ?? ',')
		.map((text) => text.replace(/^\s*\*\s+/u, ''));
	return withTags(
		[],
		texts.filter((text) => fold(text.trim()) !== ofEverybody),
	);
}

/** The tags as one cell, which `readTags` reads. */
export function tagsCell(tags: readonly string[]): string {
	const cell = tags.join('; ');
	return tags.length === 1 && cell.includes(',') ? `${cell};` : cell;
}

/** `tags` with those of `added` that are not among them, as they are spelt there; blanks are none. */
export function withTags(tags: readonly string[], added: readonly string[]): string[] {
	const all = [...tags];
	const seen = new Set(tags.map(fold));
	for (const text of added) {
		const tag = text.replace(/\s+/gu, ' ').trim();
		if (tag === '' || seen.has(fold(tag))) continue;
		seen.add(fold(tag));
		all.push(tag);
	}
	return all;
}
