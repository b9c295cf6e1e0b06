import { isDraft } from '$lib/domain/default-templates.ts';
import { languageNames } from '$lib/domain/letter-language.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import { languageOf, textFor, type LetterText, type Wording } from '$lib/domain/wording.ts';
import { people } from '../in-words.ts';

/** "2 people get the Spanish letter, a draft that nobody has read yet.", one a language; empty where all were read. */
export function draftsInWords(rows: readonly ReportRow[], wording: Wording): string[] {
	const counts = new Map<LetterText, number>();
	for (const { client } of rows) {
		const text = textFor(wording, client);
		if (isDraft(text)) counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return [...counts].map(
		([text, count]) =>
			`${people(count)} ${count === 1 ? 'gets' : 'get'} the ${languageNames[languageOf(text)]} letter, a draft that nobody has read yet.`,
	);
}
