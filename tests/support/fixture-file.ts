import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../fixtures/files/', import.meta.url);

/** A file of `tests/fixtures/files` as a page gets it from its chooser. */
export function fixtureFile(name: string): File {
	return new File([readFileSync(fileURLToPath(new URL(name, folder)))], name);
}

/** A file of text or bytes, as if chosen. */
export function textFile(content: string | Uint8Array, name = 'clients.csv'): File {
	return new File([content as BlobPart], name);
}
