import { BackupProblem } from '$lib/backup/format/problems.ts';
import { verifyBackup } from '$lib/backup/verify-backup.ts';
import { expect, test } from 'vitest';
import { backUp, furnishPractice, passphrase, quickPorts, restore } from '../support/backups.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { Random } from '../support/random.ts';

const mutations = Number(process.env['PORTICO_RUNS'] ?? 1_000);

type Bytes = Uint8Array<ArrayBuffer>;

/** Where the chunks of a sound backup begin; the header ends where the first begins. */
function chunkStarts(bytes: Bytes): number[] {
	const view = new DataView(bytes.buffer);
	let at = 16 + 4 + view.getUint32(16) + 32;
	const starts: number[] = [];
	while (at < bytes.length) {
		starts.push(at);
		at += 4 + view.getUint32(at);
	}
	return [...starts, bytes.length];
}

const join = (...parts: Bytes[]): Bytes => {
	const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
};

type Mutation = (bytes: Bytes, other: Bytes, random: Random) => Bytes;

function chunksOf(bytes: Bytes): { header: Bytes; chunks: Bytes[] } {
	const starts = chunkStarts(bytes);
	const chunks = starts.slice(0, -1).map((start, at) => bytes.slice(start, starts[at + 1]));
	return { header: bytes.slice(0, starts[0]), chunks };
}

const mutationKinds: { readonly [kind: string]: Mutation } = {
	'a bit flipped': (bytes, _other, random) => {
		const at = random.below(bytes.length);
		const next = bytes.slice();
		next[at] = (next[at] ?? 0) ^ (1 << random.below(8));
		return next;
	},
	'a bit flipped in the header': (bytes, _other, random) => {
		const at = random.below(chunkStarts(bytes)[0] ?? 1);
		const next = bytes.slice();
		next[at] = (next[at] ?? 0) ^ (1 << random.below(8));
		return next;
	},
	'cut anywhere': (bytes, _other, random) => bytes.slice(0, random.below(bytes.length)),
	'cut after a whole chunk': (bytes, _other, random) => {
		const starts = chunkStarts(bytes);
		return bytes.slice(0, starts[random.below(starts.length - 1)]);
	},
	'bytes left out': (bytes, _other, random) => {
		const at = random.below(bytes.length - 1);
		return join(bytes.slice(0, at), bytes.slice(at + 1 + random.below(40)));
	},
	'bytes put in': (bytes, _other, random) => {
		const at = random.below(bytes.length + 1);
		const noise = Uint8Array.from({ length: 1 + random.below(40) }, () => random.below(256));
		return join(bytes.slice(0, at), noise, bytes.slice(at));
	},
	'two chunks swapped': (bytes, _other, random) => {
		const { header, chunks } = chunksOf(bytes);
		const a = random.below(chunks.length);
		const b = (a + 1 + random.below(chunks.length - 1)) % chunks.length;
		const swapped = chunks.map((chunk, at) =>
			at === a ? chunks[b] : at === b ? chunks[a] : chunk,
		);
		return join(header, ...(swapped as Bytes[]));
	},
	'a chunk put in twice': (bytes, _other, random) => {
		const { header, chunks } = chunksOf(bytes);
		const twice = random.below(chunks.length);
		return join(
			header,
			...chunks.flatMap((chunk, at) => (at === twice ? [chunk, chunk] : [chunk])),
		);
	},
	'a chunk left out': (bytes, _other, random) => {
		const { header, chunks } = chunksOf(bytes);
		const out = random.below(chunks.length);
		return join(header, ...chunks.filter((_chunk, at) => at !== out));
	},
	'a chunk of another backup with the same passphrase': (bytes, other, random) => {
		const { header, chunks } = chunksOf(bytes);
		const { chunks: others } = chunksOf(other);
		const at = random.below(Math.min(chunks.length, others.length));
		return join(header, ...chunks.slice(0, at), others[at] as Bytes, ...chunks.slice(at + 1));
	},
	'the header of another backup': (bytes, other) => {
		return join(chunksOf(other).header, ...chunksOf(bytes).chunks);
	},
	'a header edited, its hash put right': (bytes, _other, random) => {
		const { header, chunks } = chunksOf(bytes);
		const json = JSON.parse(new TextDecoder().decode(header.slice(20, -32))) as object;
		const edits = [
			{ iterations: 2 },
			{ iterations: 4e9 },
			{ iterations: -1 },
			{ iterations: '1' },
			{ format: 2 },
			{ format: 0 },
			{ kdf: 'none' },
			{ salt: 'AAAAAAAAAAAAAAAAAAAAAA' },
			{ salt: 7 },
			{ file: '' },
			{ check: 'AAAAAAAAAAAAAAAAAAAAAA' },
			{ further: 'x'.repeat(random.below(2_000)) },
		];
		const edited = { ...json, ...edits[random.below(edits.length)] };
		return join(headerOf(JSON.stringify(edited)), ...chunks);
	},
};

/** As the format has it, but with a hash that is filled in later. */
function headerOf(json: string): Bytes {
	const text = new TextEncoder().encode(json);
	const header = new Uint8Array(20 + text.length + 32);
	header.set(new TextEncoder().encode('PORTICO-BACKUP\r\n'));
	new DataView(header.buffer).setUint32(16, text.length);
	header.set(text, 20);
	return header;
}

async function withHash(bytes: Bytes): Promise<Bytes> {
	const end = 20 + new DataView(bytes.buffer).getUint32(16);
	const hash = await crypto.subtle.digest('SHA-256', bytes.slice(0, end));
	bytes.set(new Uint8Array(hash), end);
	return bytes;
}

test(`${mutations} mutations of a backup: each is refused with a reason, none crashes, none loses a row in silence`, async () => {
	const seed = Number(process.env['PORTICO_SEED'] ?? Date.now() % 1_000_000);
	console.log(`Seed ${seed} (PORTICO_SEED)`);
	const random = new Random(seed);
	const vault = await openTestVault();
	await furnishPractice(vault, 600);
	const whole = new Uint8Array(await (await backUp(vault)).arrayBuffer());
	const other = new Uint8Array(await (await backUp(vault)).arrayBuffer());
	const sound = await verifyBackup(new Blob([whole]), passphrase, quickPorts);
	const kinds = Object.entries(mutationKinds);
	const refused: Record<string, number> = {};
	for (let run = 0; run < mutations; run++) {
		const [kind, mutate] = kinds[run % kinds.length] ?? ['', (bytes: Bytes) => bytes];
		let mutated = mutate(whole, other, random);
		if (kind.includes('hash put right')) mutated = await withHash(mutated);
		if (Buffer.compare(mutated, whole) === 0) continue;
		const outcome = await verifyBackup(new Blob([mutated]), passphrase, quickPorts).catch(
			(error: unknown) => error,
		);
		if (outcome instanceof BackupProblem) {
			refused[outcome.kind] = (refused[outcome.kind] ?? 0) + 1;
			continue;
		}
		expect.fail(`${kind} (run ${run}, seed ${seed}) was not refused: ${String(outcome)}`);
	}
	expect(sound.manifest.counts.clients).toBe(607);
	// Each way to refuse was seen: the mutations reach all parts of a file.
	expect(Object.keys(refused).sort()).toEqual(
		expect.arrayContaining(['cut-short', 'damaged', 'newer', 'not-a-backup', 'wrong-passphrase']),
	);
}, 300_000);

test('what is refused leaves the vault as it is', async () => {
	const random = new Random(77);
	const vault = await openTestVault();
	await furnishPractice(vault, 600);
	const whole = new Uint8Array(await (await backUp(vault)).arrayBuffer());
	const { revision } = vault.snapshot;
	for (const [kind, mutate] of Object.entries(mutationKinds)) {
		let mutated = mutate(whole, whole.slice(), random);
		if (Buffer.compare(mutated, whole) === 0) continue;
		if (kind.includes('hash put right')) mutated = await withHash(mutated);
		await expect(restore(vault, new Blob([mutated])), kind).rejects.toThrow(BackupProblem);
	}
	expect(vault.snapshot.revision).toBe(revision);
});
