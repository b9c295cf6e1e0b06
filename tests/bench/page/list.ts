import type { ClientFilter } from '$lib/domain/client-filter.ts';
import type { Client } from '$lib/domain/client.ts';
import type { SortBy } from '$lib/domain/sort-order.ts';
import type { ListJob } from '../options.ts';
import { checksumOfClients, checksumOfFields } from './checksum.ts';
import { keystrokes } from './keystrokes.ts';

/** The list of clients in one way. `Shown`: what it shows, in its order, however the way has it. */
export interface List<Shown> {
	/** All by name, as the screen has them when it is open. */
	open(now: number): Promise<Shown>;
	search(query: string): Shown;
	sort(by: SortBy): Shown;
	filter(filter: ClientFilter): Shown;
	/** Ids of all that are shown. */
	selectAll(shown: Shown): readonly string[];
	/** Archives these clients and gives them a tag. */
	edit(ids: readonly string[]): Promise<void>;
	undoEdit(): Promise<void>;
	/** For the checksums; not timed. */
	clientsOf(shown: Shown): readonly Client[];
	readBack(): Promise<readonly Client[]>;
}

interface Times {
	/** The median, where there are many. */
	ms: number;
	slowestMs: number;
	checksum: string;
}

export type ListTimes = Record<ListJob, Times>;

export const editTag = 'spring';
const edited = 10_000;

const columns: readonly SortBy[] = [
	'address',
	'phone',
	'status',
	'professional',
	'born',
	'added',
	'name',
];
const filters: readonly ClientFilter[] = [
	{ status: ['inactive', 'archived'] },
	{ age: 'minor' },
	{ hasAddress: false },
	{ professional: ['Dr. Rowan Ellery'] },
	{ addedSince: '2020-01-01', addedBefore: '2022-01-01' },
	{ status: ['active'], age: 'adult', hasAddress: true, professional: ['Tobias Wynn'] },
];

/** Does all of it once, in turn; the clients are as before when it is done. */
export async function measureList<Shown>(list: List<Shown>, now: number): Promise<ListTimes> {
	const shown = await list.open(now);
	const search = await each(keystrokes, (query) => list.search(query), list);
	const sort = await each(columns, (by) => list.sort(by), list);
	const filter = await each(filters, (one) => list.filter(one), list);
	const [ids, selectMs] = await timed(() => Promise.resolve(list.selectAll(shown)));
	const first = list.clientsOf(shown).slice(0, edited);
	const [, editMs] = await timed(() => list.edit(first.map(({ id }) => id)));
	const afterEdit = checksumOfFields(await list.readBack());
	const [, undoMs] = await timed(() => list.undoEdit());
	const afterUndo = checksumOfFields(await list.readBack());
	return {
		'list-search': search,
		'list-sort': sort,
		'list-filter': filter,
		'list-select': once(selectMs, String(ids.length)),
		'bulk-edit': once(editMs, afterEdit),
		'bulk-undo': once(undoMs, afterUndo),
	};
}

const once = (ms: number, checksum: string): Times => ({ ms, slowestMs: ms, checksum });

async function timed<Result>(task: () => Promise<Result>): Promise<[Result, number]> {
	const startedAt = performance.now();
	const result = await task();
	return [result, performance.now() - startedAt];
}

/** One a turn, as people do it. */
async function each<Input, Shown>(
	inputs: readonly Input[],
	task: (input: Input) => Shown,
	list: List<Shown>,
): Promise<Times> {
	const times: number[] = [];
	const sums: string[] = [];
	for (const input of inputs) {
		await new Promise((resolve) => setTimeout(resolve, 0));
		const startedAt = performance.now();
		const shown = task(input);
		times.push(performance.now() - startedAt);
		sums.push(checksumOfClients(list.clientsOf(shown)));
	}
	times.sort((a, b) => a - b);
	return {
		ms: times[times.length >> 1] ?? 0,
		slowestMs: times.at(-1) ?? 0,
		checksum: sums.join(' '),
	};
}
