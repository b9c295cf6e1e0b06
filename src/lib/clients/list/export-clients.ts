import { saveFile } from '$lib/platform/save-file.ts';
import { isoToday } from '../profile/profile-words.ts';
import { cards } from './clients-cards.ts';
import { csvLines, type ExportRow } from './clients-csv.ts';

export type ExportKind = 'csv' | 'vcard-4' | 'vcard-3';

/** So long the page may be busy before it looks after its person again. */
const turnMs = 20;

/** Makes a file of these clients and has the browser save it. `now` in epoch milliseconds. */
export async function exportClients(
	rows: Iterable<ExportRow>,
	{ kind, hasNotes, now }: { kind: ExportKind; hasNotes: boolean; now: number },
): Promise<void> {
	const name = `clients-${isoToday(now)}`;
	if (kind === 'csv') {
		saveFile(`${name}.csv`, await gathered(csvLines(rows, hasNotes)), 'text/csv;charset=utf-8');
		return;
	}
	const { default: ical } = await import('ical.js');
	const clients = (function* () {
		for (const { client } of rows) yield client;
	})();
	const pieces = cards(ical, clients, kind === 'vcard-4' ? '4.0' : '3.0', hasNotes);
	saveFile(`${name}.vcf`, await gathered(pieces), 'text/vcard;charset=utf-8');
}

async function gathered(pieces: Iterable<string>): Promise<string[]> {
	const all: string[] = [];
	let turnEndsAt = performance.now() + turnMs;
	for (const piece of pieces) {
		all.push(piece);
		if (performance.now() < turnEndsAt) continue;
		await new Promise((resolve) => setTimeout(resolve));
		turnEndsAt = performance.now() + turnMs;
	}
	return all;
}
