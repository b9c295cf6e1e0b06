import Papa from 'papaparse';

/** Whom a SimplePractice-shaped file lists: the name as it is shown, the address. */
export function listedIn(content: string): { name: string; address: string }[] {
	const { data } = Papa.parse<Record<string, string>>(content.replace(/^\uFEFF/, ''), {
		header: true,
		skipEmptyLines: true,
	});
	return data.map((row) => ({ name: row.Client ?? '', address: row.Email ?? '' }));
}
