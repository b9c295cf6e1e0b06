import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint();

/** One breach of each rule of the import table: the file, the import, a word of the message that teaches. */
const breaches: [file: string, code: string, teaches: RegExp][] = [
	['src/lib/domain/x.ts', "import '$lib/vault/types.ts';", /domain is pure/],
	['src/lib/domain/x.ts', "import 'dexie';", /Dexie lives in vault/],
	['src/lib/domain/x.ts', "import '../vault/types.ts';", /domain is pure/],
	['src/lib/domain/x.ts', 'export const at = Date.now();', /no clock/],
	['src/lib/domain/x.ts', 'export const at = new Date();', /no clock/],
	['src/lib/domain/x.ts', 'export const dice = Math.random();', /no dice/],
	['src/lib/domain/x.ts', 'localStorage.clear();', /domain is pure/],
	['src/lib/ui/x.ts', "import '$lib/domain/client.ts';", /ui knows Svelte only/],
	['src/lib/platform/x.ts', "import '$lib/vault/types.ts';", /door to the browser/],
	['src/lib/vault/x.ts', "import '$lib/platform/online.svelte.ts';", /door to disk/],
	['src/lib/vault/x.ts', "import '$lib/report/report-words.ts';", /door to disk/],
	['src/lib/vault/x.ts', "import 'svelte';", /door to disk/],
	['src/lib/relay/x.ts', "import '$lib/vault/types.ts';", /door to the network/],
	['src/lib/relay/x.ts', "import '$app/state';", /door to the network/],
	['src/lib/report/x.ts', "import '$lib/outbox/deliver.ts';", /meet in the vault/],
	['src/lib/report/x.ts', "import '../imports/plan.ts';", /meet in the vault/],
	['src/lib/report/x.ts', "import '$lib/relay/relay.ts';", /meet in the vault/],
	['src/lib/backup/x.ts', "import '$lib/outbox/by-hand.ts';", /meet in the vault/],
	['src/lib/clients/x.ts', "import { Dexie } from 'dexie';", /Dexie lives in vault/],
	['src/lib/outbox/x.ts', "import 'papaparse';", /PapaParse and Comlink in imports/],
	['src/routes/x.ts', "import 'comlink';", /PapaParse and Comlink in imports/],
	['relay/x.ts', "import '../src/lib/vault/types.ts';", /stands alone/],
];

test.each(breaches)('in %s, %s is a breach', async (filePath, code, teaches) => {
	const [result] = await eslint.lintText(`${code}\n`, { filePath });
	expect(result?.messages.map(({ message }) => message).join('\n')).toMatch(teaches);
});

test('what the table allows is let through', async () => {
	const allowed: [string, string][] = [
		['src/lib/outbox/x.ts', "import '$lib/relay/relay.ts';"],
		['src/lib/settings/x.ts', "import '$lib/relay/relay.ts';"],
		['src/lib/vault/x.ts', "import 'dexie';"],
		['src/lib/imports/x.ts', "import 'papaparse';"],
		['src/lib/report/x.ts', "import '$lib/vault/types.ts';"],
		['src/routes/x.ts', "import '$lib/report/report-words.ts';"],
	];
	for (const [filePath, code] of allowed) {
		const [result] = await eslint.lintText(`${code}\n`, { filePath });
		expect(result?.messages, filePath).toEqual([]);
	}
});
