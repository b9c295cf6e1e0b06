import type { Client } from '$lib/domain/client.ts';
import type { ReportRow } from '$lib/domain/report.ts';

/**
 * Prepares a search of these rows: by name, address and phone, without regard to case and accents.
 * It finds the rows in which every word of the query stands, in the order given.
 */
export function makeClientSearch(
	rows: readonly ReportRow[],
): (query: string) => readonly ReportRow[] {
	let texts: string[] | undefined;
	let last: { words: string[]; at: number[] } | undefined;

	return (query) => {
		const words = query.trim().split(/\s+/u).filter(Boolean).map(foldWord);
		if (words.length === 0) return rows;
		// Folded with the first letter typed: most visits to the list search for nobody.
		const folded = (texts ??= rows.map(({ client }) => textOf(client)));
		const isNarrower = last?.words.every((word, index) => words[index]?.startsWith(word));
		const at: number[] = [];
		const look = (index: number) => {
			const text = folded[index] ?? '';
			if (words.every((word) => text.includes(word))) at.push(index);
		};
		// One more letter only narrows what was found.
		if (last && isNarrower) for (const index of last.at) look(index);
		else for (let index = 0; index < rows.length; index += 1) look(index);
		last = { words, at };
		return at.map((index) => rows[index] as ReportRow);
	};
}

function textOf({ firstName, lastName, preferredName, emailAddress, phone }: Client): string {
	const words = fold(`${firstName} ${preferredName} ${lastName}\n${emailAddress}`);
	return `${words}\n${phone.replace(/\D+/gu, '')}`;
}

/** Numbers are looked for as phones are kept here. */
function foldWord(word: string): string {
	return /^[\d()+.-]+$/u.test(word) ? word.replace(/\D+/gu, '') : fold(word);
}

/** Without capitals and accents. Most names have nothing to take apart, which costs more than all the rest. */
function fold(text: string): string {
	const lower = text.toLowerCase();
	return /[\u0080-\uffff]/.test(lower) ? lower.normalize('NFKD').replace(/\p{M}+/gu, '') : lower;
}
