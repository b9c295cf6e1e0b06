import { inspectFile } from '$lib/imports/inspect-file.ts';
import { importFile } from '$lib/imports/import-file.ts';
import { problemFrom } from '$lib/imports/import-problem.ts';
import { inSomeEncoding, planFile } from '$lib/imports/plan-file.ts';
import { makeRowIds } from '$lib/vault/make-row-ids.ts';
import type { Vault } from '$lib/vault/types.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { makePracticeFile } from '../support/practice-file.ts';
import { Random } from '../support/random.ts';
import { makeWorkbook } from '../support/workbook.ts';

const files = 10_000;
/** Every so many files go into a vault; the others are compared with a table in memory. */
const vaultEvery = 200;

const fixtures = new URL('../fixtures/files/', import.meta.url);
const shapes = ['simplepractice', 'jane', 'therapyappointment', 'google'] as const;
const card =
	'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Okafor;Maya;;;\r\nFN:Maya Okafor\r\nEMAIL;TYPE=home:maya@example.com\r\nTEL;CELL:(503) 555-0101\r\nBDAY:1990-05-08\r\nN;ENCODING=QUOTED-PRINTABLE:M=C3=BC=\r\n;\r\nEND:VCARD\r\n';

/** Real files in small, to be broken. */
const seeds: Buffer[] = [
	...shapes.map((shape) => Buffer.from(makePracticeFile({ rows: 5, shape }))),
	Buffer.from(`\ufeff${makePracticeFile({ rows: 3 })}`, 'utf16le'),
	Buffer.from(makePracticeFile({ rows: 3 }), 'utf16le').swap16(),
	Buffer.from(makePracticeFile({ rows: 5 }), 'latin1'),
	Buffer.from(card.repeat(3)),
	Buffer.from(
		makeWorkbook([
			{
				name: 'Clients',
				rows: [
					['Client', 'Email'],
					['Maya Okafor', 'maya@example.com'],
				],
			},
			{ name: 'Dates', rows: [['DOB'], [{ day: 32994 }]] },
		]),
	),
	...readdirSync(fixtures)
		.map((name) => readFileSync(new URL(name, fixtures)))
		.filter(({ length }) => length > 0 && length < 5_000),
];

const tokens = ['"', '""', ',', ';', '\t', '|', '\r', '\n', '\0', '\ufeff', 'sep=;\n', '=', ':::']
	.concat([
		'BEGIN:VCARD\n',
		'END:VCARD\n',
		'PK\x03\x04',
		'999999999',
		'é',
		'\ud83d',
		'<c r="XFD1048576">',
	])
	.map((token) => Buffer.from(token));

function mutated(random: Random): Buffer {
	let bytes = Buffer.from(seeds[random.below(seeds.length)] as Buffer);
	for (let times = 1 + random.below(6); times > 0; times -= 1) {
		const at = random.below(bytes.length + 1);
		const until = Math.min(bytes.length, at + random.below(60));
		const [before, middle, after] = [
			bytes.subarray(0, at),
			bytes.subarray(at, until),
			bytes.subarray(until),
		];
		switch (random.below(6)) {
			case 0:
				if (at < bytes.length) bytes[at] = random.below(256);
				break;
			case 1:
				bytes = Buffer.concat([before, after]);
				break;
			case 2:
				bytes = Buffer.concat([before, ...Array<Buffer>(1 + random.below(20)).fill(middle), after]);
				break;
			case 3:
			case 4: {
				const token = tokens[random.below(tokens.length)] as Buffer;
				bytes = Buffer.concat([before, token, middle, after]);
				break;
			}
			case 5:
				bytes = Buffer.from(before);
				break;
		}
	}
	return bytes;
}

function anything(random: Random): Buffer {
	const size = random.below(400);
	const isText = random.chance(0.6);
	const letters = 'ab@.,;\t|"\n\r 019/-=\ufeff';
	return isText
		? Buffer.from(
				Array.from({ length: size }, () => letters[random.below(letters.length)]).join(''),
			)
		: Buffer.from(Array.from({ length: size }, () => random.below(256)));
}

const empty = { clients: [], contacts: [] };

type Outcome = 'taken' | 'refused';

/** The way of every file, as far as the vault; says how it ended and throws when it ended otherwise. */
async function take(bytes: Buffer, vault: Vault | undefined): Promise<Outcome> {
	const file = textFile(new Uint8Array(bytes), 'fuzz.csv');
	const look = await inspectFile(file);
	if (look.kind === 'refused') return refused(look.problem);
	const { mapping } = look.inspection;
	if (vault) {
		const result = await importFile(vault, file, mapping);
		if (result.kind === 'refused') return refused(result.problem);
		if (result.kind !== 'imported') throw new Error(result.kind);
		return added(result.counts);
	}
	try {
		const { planner } = await inSomeEncoding(mapping, (current, isMixed) =>
			planFile(
				file,
				current,
				empty,
				{ importId: 'i', newId: makeRowIds().next, now: 1_800_000_000_000, isMixed },
				{},
			),
		);
		return added(planner.counts);
	} catch (error) {
		return refused(problemFrom(error), error);
	}
}

function refused({ kind, message }: { kind: string; message: string }, cause?: unknown): Outcome {
	// That would be an error which nobody foresaw.
	if (kind === 'failed') throw new Error(message, { cause });
	if (!message.includes('Nothing was changed')) throw new Error(`not clear: ${message}`);
	return 'refused';
}

function added(counts: Parameters<typeof sumOf>[0]): Outcome {
	expect(sumOf(counts)).toBe(counts.rows);
	return 'taken';
}

const sumOf = (counts: {
	rows: number;
	created: number;
	updated: number;
	unchanged: number;
	skipped: number;
	rejected: number;
}) => counts.created + counts.updated + counts.unchanged + counts.skipped + counts.rejected;

it(`${files} random and broken files end in a result or a clear refusal, and soon`, async () => {
	const first = Number(process.env['PORTICO_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
	const ended = { taken: 0, refused: 0 };
	let vault = await openTestVault();
	for (let index = 0; index < files; index += 1) {
		const seed = first + index;
		const random = new Random(seed);
		const bytes = random.chance(0.25) ? anything(random) : mutated(random);
		const isInVault = index % vaultEvery === 0;
		const before = isInVault ? await everything(vault) : '';
		const started = process.cpuUsage();
		try {
			const outcome = await take(bytes, isInVault ? vault : undefined);
			ended[outcome] += 1;
			if (isInVault && outcome === 'refused') expect(await everything(vault)).toBe(before);
			// Of the processor, not of the clock: other programs' work is none of ours.
			const { user, system } = process.cpuUsage(started);
			const allowedMs = 1_000 * Math.max(1, bytes.length / 100_000);
			expect((user + system) / 1_000).toBeLessThan(allowedMs);
		} catch (cause) {
			throw new Error(`PORTICO_SEED=${seed} (file ${index})`, { cause });
		}
		if (isInVault && index % (vaultEvery * 10) === 0) {
			vault.close();
			vault = await openTestVault();
		}
	}
	vault.close();
	expect(ended.taken).toBeGreaterThan(files / 4);
	expect(ended.refused).toBeGreaterThan(files / 50);
}, 900_000);

async function everything(vault: Vault): Promise<string> {
	const state = await vault.load('clients', 'contacts', 'imports');
	return JSON.stringify([state.rows('clients'), state.rows('contacts'), state.rows('imports')]);
}
