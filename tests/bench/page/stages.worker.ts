import { readText } from '$lib/imports/decode.ts';
import { hashFile } from '$lib/imports/file-hash.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import type { FileMapping } from '$lib/imports/mapping.ts';
import { planFile } from '$lib/imports/plan-file.ts';
import { makeTableReader } from '$lib/imports/read-table.ts';
import { makeRowSplitter } from '$lib/imports/split-rows.ts';
import { makeRowIds } from '$lib/vault/make-row-ids.ts';
import { expose } from 'comlink';
import { inspect } from './look-at-file.ts';

/** Each stage with all that come before it, but for `look` and `hash`, which stand alone. */
export const stageNames = ['look', 'hash', 'decode', 'parse', 'map', 'plan'] as const;
export type StageName = (typeof stageNames)[number];

const nobody = { clients: [], contacts: [] };

const stages: Record<StageName, (file: File, mapping: FileMapping) => Promise<unknown>> = {
	look: (file) => inspectFile(file),
	hash: (file) => hashFile(file),
	async decode(file, mapping) {
		for await (const text of readText(file, mapping.encoding)) void text;
	},
	async parse(file, mapping) {
		const nothing = () => undefined;
		const splitter = makeRowSplitter(mapping, nothing, nothing);
		for await (const text of readText(file, mapping.encoding)) splitter.push(text);
		splitter.end();
	},
	async map(file, mapping) {
		const context = { importId: '', now: Date.now() };
		const reader = makeTableReader(mapping, context, () => undefined);
		for await (const text of readText(file, mapping.encoding)) reader.push(text);
		reader.end();
	},
	plan: (file, mapping) => {
		const context = { importId: '', newId: makeRowIds().next, now: Date.now(), isMixed: false };
		return planFile(file, mapping, nobody, context, {});
	},
};

const measuring = {
	/** Milliseconds; the stage has the worker for itself, and has not run in it before. */
	async measure(name: StageName, file: File): Promise<number> {
		const mapping = await inspect(file);
		const startedAt = performance.now();
		await stages[name](file, mapping);
		return performance.now() - startedAt;
	},
};
export type Measuring = typeof measuring;

expose(measuring);
