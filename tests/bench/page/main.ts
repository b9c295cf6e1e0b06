import { theVault } from '$lib/vault/the-vault.ts';
import {
	checksumOfList,
	checksumOfOpened,
	checksumOfReport,
	checksumOfStored,
} from './checksum.ts';
import { startHeartbeat, type Blocks } from './heartbeat.ts';
import { keystrokes } from './keystrokes.ts';
import { measureList, type ListTimes } from './list.ts';
import { plainList } from './list-plain.ts';
import { porticoList } from './list-portico.ts';
import { plain } from './plain.ts';
import { portico } from './portico.ts';
import { backUpAll, copyUnsealed, openAll, protectAll, unlockAll } from './security.ts';
import { lookWith } from './start-worker.ts';
import { measureStages, type StageCosts } from './stages.ts';
import { tuned } from './tuned.ts';
import type { Built, Taking, Way, WayName } from './way.ts';

export interface Measured {
	ms: number;
	/** Equal among all ways, or the round fails. */
	checksum: string;
}

const ways: Record<WayName, Way> = { portico, plain, tuned };

function chosenFile(): File {
	const file = document.querySelector('input')?.files?.[0];
	if (!file) throw new Error('No file is chosen');
	return file;
}

async function timed<Result>(task: () => Promise<Result>): Promise<[Result, number]> {
	const startedAt = performance.now();
	const result = await task();
	return [result, performance.now() - startedAt];
}

async function timedTake(look: Promise<Taking>): Promise<Measured> {
	const taking = await look;
	const [counts, ms] = await timed(() => taking.take());
	taking.close();
	return { ms, checksum: JSON.stringify(counts) };
}

const readyRows = (built: Built) => built.list.filter((row) => row.class === 'ready');
let lastReport: Built | undefined;

/** What the runner calls, each on a page of its own. */
const bench = {
	take: (name: WayName): Promise<Measured> => timedTake(ways[name].look(chosenFile())),

	floor: (): Promise<Measured> =>
		timedTake(
			lookWith(
				new Worker(new URL('./floor.worker.ts', import.meta.url), { type: 'module' }),
				chosenFile(),
			),
		),

	async stored(name: WayName): Promise<string> {
		return checksumOfStored(await ways[name].readBack());
	},

	async open(name: WayName): Promise<Measured> {
		const [opened, ms] = await timed(() => ways[name].open());
		return { ms, checksum: checksumOfOpened(opened) };
	},

	async report(name: WayName, now: number): Promise<Measured> {
		const [built, ms] = await timed(() => ways[name].report(now));
		lastReport = built;
		return { ms, checksum: checksumOfReport(built) };
	},

	/** The median keystroke, and the slowest. */
	async search(name: WayName): Promise<Measured & { slowestMs: number }> {
		if (!lastReport) throw new Error('The report comes first');
		const search = ways[name].search(lastReport);
		const times: number[] = [];
		const found: string[] = [];
		for (const query of keystrokes) {
			// One keystroke a turn, as people type.
			await new Promise((resolve) => setTimeout(resolve, 0));
			const startedAt = performance.now();
			const rows = search(query);
			times.push(performance.now() - startedAt);
			found.push(checksumOfList(rows));
		}
		times.sort((a, b) => a - b);
		const ms = times[times.length >> 1] ?? 0;
		return { ms, slowestMs: times.at(-1) ?? 0, checksum: found.join(' ') };
	},

	async queue(name: WayName): Promise<Measured & { count: number }> {
		if (!lastReport) throw new Error('The report comes first');
		const rows = readyRows(lastReport);
		const [, ms] = await timed(() => ways[name].queue(rows));
		return { ms, checksum: String(rows.length), count: rows.length };
	},

	list: (name: 'portico' | 'plain', now: number): Promise<ListTimes> =>
		name === 'portico' ? measureList(porticoList, now) : measureList(plainList, now),

	security: { copyUnsealed, openAll, backUpAll, protectAll, unlockAll },

	stages: (): Promise<StageCosts> => measureStages(chosenFile()),

	/** An import beside a page that follows the clients, from 'Import' until the page holds them all. */
	async blocks(): Promise<{ idle: Blocks; importing: Blocks }> {
		const vault = await theVault();
		await vault.load('clients', 'contacts', 'invitations', 'messages', 'imports', 'settings');
		let known = vault.snapshot.table('clients').length;
		vault.follow((now) => (known = now.table('clients').length));
		const idleBeat = startHeartbeat();
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		const idle = await idleBeat();
		const taking = await portico.look(chosenFile());
		const stop = startHeartbeat();
		const { created } = JSON.parse((await timedTake(Promise.resolve(taking))).checksum) as {
			created: number;
		};
		while (known < created) await new Promise((resolve) => setTimeout(resolve, 5));
		return { idle, importing: await stop() };
	},
};

export type Bench = typeof bench;

declare global {
	var bench: Bench;
}
globalThis.bench = bench;
