import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { onFreshPage } from './browser.ts';
import { assertEqual, byColumn, shuffled, type Column, type Measurement } from './measurement.ts';
import { listJobs, type Job, type ListJob } from './options.ts';
import { measureSecurity } from './security-round.ts';
import type { ListTimes } from './page/list.ts';
import type { WayName } from './page/way.ts';

export interface RoundPlan {
	rows: number;
	round: number;
	only: readonly Job[];
	folder: string;
	url: string;
	/** A file as a practice exports it, and one of clients who are all to be invited. */
	files: { realistic: string; plain: string };
	random: () => number;
	/** What the report takes for today, epoch milliseconds. */
	now: number;
}

/** Jobs that need no database of all ways. */
const apart: readonly Job[] = ['queue', 'blocks', 'stages', 'security'];
const ways: readonly WayName[] = ['portico', 'plain', 'tuned'];

/** Does every job every way, on fresh profiles. Throws when the ways' results differ. */
export async function runRound(plan: RoundPlan): Promise<Measurement[]> {
	const { rows, round, only, url, files, now } = plan;
	const profiles = mkdtempSync(join(plan.folder, 'profiles-'));
	const on = <Result>(profile: string, task: (page: Page) => Promise<Result>) =>
		onFreshPage(join(profiles, profile), url, task);
	const measurements: Measurement[] = [];
	const keep = (measurement: Measurement) => {
		if (only.includes(measurement.job)) measurements.push(measurement);
	};

	async function compare<Result extends { ms: number; checksum: string }>(
		job: Job,
		columns: readonly Column[],
		task: (column: Column) => Promise<Result>,
	): Promise<{ measurement: Measurement; results: Map<Column, Result> }> {
		const order = shuffled(columns, plan.random);
		const results = new Map<Column, Result>();
		const measurement: Measurement = { rows, round, job, order, ms: {} };
		for (const column of order) {
			const result = await task(column);
			results.set(column, result);
			measurement.ms[column] = result.ms;
		}
		const sums = [...results].filter(([column]) => column !== 'floor');
		assertEqual(
			job,
			sums.map(([column, { checksum }]) => [column, checksum]),
		);
		return { measurement, results };
	}

	/** The list's jobs leave the clients as they found them. */
	async function compareLists(): Promise<Measurement[]> {
		const order = shuffled(['portico', 'plain'] as const, plan.random);
		const times = new Map<Column, ListTimes>();
		for (const way of order)
			times.set(
				way,
				await on(way, (page) =>
					page.evaluate(([name, at]) => bench.list(name, at), [way, now] as const),
				),
			);
		return listJobs.map((job: ListJob) => {
			assertEqual(
				job,
				[...times].map(([column, { [job]: one }]) => [column, one.checksum]),
			);
			const ms = byColumn(times, ({ [job]: one }) => one.ms);
			const slowestMs = byColumn(times, ({ [job]: one }) => one.slowestMs);
			return { rows, round, job, order, ms, slowestMs };
		});
	}

	try {
		if (only.some((job) => !apart.includes(job))) {
			const taken = await compare('import', [...ways, 'floor'], (column) =>
				on(column, async (page) => {
					await page.setInputFiles('input', files.realistic);
					return page.evaluate(
						(name) => (name === 'floor' ? bench.floor() : bench.take(name)),
						column,
					);
				}),
			);
			keep(taken.measurement);

			const opened = await compare('open', ways, (column) =>
				on(column, async (page) => {
					const result = await page.evaluate((name) => bench.open(name), column as WayName);
					const stored = await page.evaluate((name) => bench.stored(name), column as WayName);
					return { ms: result.ms, checksum: `${result.checksum} ${stored}` };
				}),
			);
			keep(opened.measurement);
		}

		if (only.includes('report') || only.includes('search')) {
			const searches = new Map<Column, { ms: number; slowestMs: number; checksum: string }>();
			const reports = await compare('report', ways, (column) =>
				on(column, async (page) => {
					const way = column as WayName;
					const report = await page.evaluate(([name, at]) => bench.report(name, at), [
						way,
						now,
					] as const);
					searches.set(column, await page.evaluate((name) => bench.search(name), way));
					return report;
				}),
			);
			keep(reports.measurement);
			assertEqual(
				'search',
				[...searches].map(([column, { checksum }]) => [column, checksum]),
			);
			keep({
				...reports.measurement,
				job: 'search',
				ms: byColumn(searches, ({ ms }) => ms),
				slowestMs: byColumn(searches, ({ slowestMs }) => slowestMs),
			});
		}

		if (listJobs.some((job) => only.includes(job)))
			for (const measurement of await compareLists()) keep(measurement);

		if (only.includes('queue')) {
			const queued = await compare('queue', ways, async (column) => {
				const way = column as WayName;
				const profile = `${column}-queue`;
				await on(profile, async (page) => {
					await page.setInputFiles('input', files.plain);
					await page.evaluate((name) => bench.take(name), way);
				});
				const { ms, count } = await on(profile, async (page) => {
					await page.evaluate(([name, at]) => bench.report(name, at), [way, now] as const);
					return page.evaluate((name) => bench.queue(name), way);
				});
				if (count !== rows) throw new Error(`${count} were queued, not ${rows}`);
				const stored = await on(profile, (page) =>
					page.evaluate((name) => bench.stored(name), way),
				);
				return { ms, checksum: stored };
			});
			keep(queued.measurement);
		}

		if (only.includes('blocks')) {
			const blocks = await on('blocks', async (page) => {
				await page.setInputFiles('input', files.realistic);
				return page.evaluate(() => bench.blocks());
			});
			keep({ rows, round, job: 'blocks', order: ['portico'], ms: {}, blocks });
		}
		if (only.includes('stages')) {
			const stages = await on('stages', async (page) => {
				await page.setInputFiles('input', files.realistic);
				return page.evaluate(() => bench.stages());
			});
			keep({ rows, round, job: 'stages', order: ['portico'], ms: {}, stages });
		}
		if (only.includes('security')) {
			const security = await measureSecurity((task) => on('security', task), plan);
			keep({ rows, round, job: 'security', order: ['portico'], ms: {}, security });
		}
		return measurements;
	} finally {
		rmSync(profiles, { recursive: true, force: true });
	}
}
