import type {
	BlockRecord,
	Database,
	KeyRecord,
	Sealed,
	UndoRecord,
	VaultPorts,
} from './database.ts';
import { keyNameOf } from './data-key.ts';
import { blockPlace, headPlace, undoPlace } from './manifest.ts';
import { VaultProblem } from './problems.ts';
import { open, seal } from './seal.ts';
import { writing } from './writing.ts';

/** The records that one key seals. */
interface Everything {
	revision: number;
	format: number;
	manifest: Sealed | undefined;
	blocks: BlockRecord[];
	undos: UndoRecord[];
}

/**
 * Seals all that is stored under another key and puts that key's record in the old one's place, in one
 * transaction: a crash leaves all as it was or all anew. False when another context wrote meanwhile.
 * The caller keeps writers and stagings away.
 */
export async function rekey(
	database: Database,
	{ crypto }: VaultPorts,
	old: { name: string; key: CryptoKey },
	next: { record: KeyRecord; key: CryptoKey },
): Promise<boolean> {
	const { heads, blocks, undos, keys } = database;
	const stored = await database.transaction('r', heads, blocks, undos, () => readAll(database));
	const again = async (place: string, nextPlace: string, sealed: Sealed): Promise<Sealed> =>
		seal(crypto, next.key, nextPlace, await open(crypto, old.key, place, sealed));

	const revision = stored.revision + 1;
	const manifest =
		stored.manifest &&
		(await again(headPlace(stored.revision), headPlace(revision), stored.manifest));
	const newBlocks: BlockRecord[] = [];
	for (const { key, sealed } of stored.blocks) {
		const place = blockPlace(key);
		newBlocks.push({ key, sealed: await again(place, place, sealed) });
	}
	const newUndos: UndoRecord[] = [];
	for (const { id, sealed } of stored.undos) {
		const place = undoPlace(id);
		newUndos.push({ id, sealed: await again(place, place, sealed) });
	}
	return writing(database, [heads, blocks, undos, keys], async () => {
		const now = await keys.get('data');
		if (!now) throw new VaultProblem('taken-away');
		const head = await heads.get('head');
		if (keyNameOf(now) !== old.name || (head?.revision ?? 0) !== stored.revision) return false;
		await blocks.bulkPut(newBlocks);
		await undos.bulkPut(newUndos);
		await keys.put(next.record);
		if (manifest) {
			const key = keyNameOf(next.record);
			await heads.put({ id: 'head', format: stored.format, revision, manifest, key });
		}
		return true;
	});
}

async function readAll({ heads, blocks, undos }: Database): Promise<Everything> {
	const head = await heads.get('head');
	return {
		revision: head?.revision ?? 0,
		format: head?.format ?? 0,
		manifest: head?.manifest,
		blocks: await blocks.toArray(),
		undos: await undos.toArray(),
	};
}
