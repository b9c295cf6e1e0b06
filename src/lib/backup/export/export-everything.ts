import type { Vault } from '$lib/vault/types.ts';
import { Zip, ZipPassThrough } from 'fflate';
import { collectionNames } from '../format/contents.ts';
import type { BackupPorts } from '../format/ports.ts';
import type { Sink } from '../write-backup.ts';
import { csvPieces } from './export-csv.ts';
import { jsonPieces } from './export-json.ts';

export type ExportForm = 'json' | 'csv';

/** So long the page may be busy before it looks after its person again. */
const turnMs = 20;
const encoder = new TextEncoder();
const pieceLetters = 250_000;

/** Writes everything but secrets, open to whoever has the file: one JSON text, or a .zip of a CSV file each. */
export async function exportEverything(
	vault: Vault,
	form: ExportForm,
	sink: Sink,
	ports: Pick<BackupPorts, 'now' | 'appVersion'>,
): Promise<void> {
	const now = await vault.load(...collectionNames);
	const madeAt = ports.now();
	if (form === 'json') {
		for await (const piece of inTurns(jsonPieces(now, { madeAt, appVersion: ports.appVersion })))
			await sink.write(piece);
		return;
	}
	const pieces: Uint8Array[] = [];
	const zip = new Zip((error, piece) => {
		if (error) throw error;
		pieces.push(piece);
	});
	const flush = async () => {
		for (const piece of pieces.splice(0)) await sink.write(piece as Uint8Array<ArrayBuffer>);
	};
	for (const name of collectionNames) {
		let file: ZipPassThrough | undefined;
		for await (const piece of inTurns(csvPieces(now, name))) {
			if (!file) {
				file = new ZipPassThrough(`${name}.csv`);
				file.mtime = madeAt;
				zip.add(file);
			}
			file.push(piece);
			await flush();
		}
		file?.push(new Uint8Array(0), true);
	}
	zip.end();
	await flush();
}

/** Small texts gathered into larger pieces, while the page goes on. */
async function* inTurns(texts: Iterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	let gathered: string[] = [];
	let letters = 0;
	let turnEndsAt = performance.now() + turnMs;
	for (const text of texts) {
		gathered.push(text);
		letters += text.length;
		if (letters > pieceLetters) {
			yield encoder.encode(gathered.join(''));
			gathered = [];
			letters = 0;
		}
		if (performance.now() < turnEndsAt) continue;
		await new Promise((resolve) => setTimeout(resolve));
		turnEndsAt = performance.now() + turnMs;
	}
	if (gathered.length > 0) yield encoder.encode(gathered.join(''));
}
