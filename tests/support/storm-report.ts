import type { Truth } from './oracle-relay.ts';
import { runStorm } from './storm.ts';

/** Other schedules each time, unless `PORTICO_SEED` says which. */
const seed = Number(process.env['PORTICO_SEED'] ?? Date.now() % 1_000_000_000);

/** `PORTICO_STORMS` on each kind of relay; `npm run test:storm` sets it. */
export const schedules = Number(process.env['PORTICO_STORMS'] ?? 1_000);

export interface StormReport {
	/** The first schedule that was not as it must be, with how to repeat it; '' when all are well. */
	broken: string;
	/** Final states that were reached. */
	states: ReadonlySet<string>;
	/** What was done to the outbox and what came of it, for a person. */
	words: string;
}

/** Runs many schedules on one kind of relay and tells what was seen. */
export async function stormOn(truth: Truth): Promise<StormReport> {
	const counts = new Map<string, number>();
	const met = new Map<string, number>();
	let attempts = 0;
	let mails = 0;
	let messages = 0;
	for (let i = 0; i < schedules; i++) {
		const result = await runStorm(seed + i, truth).catch((error: unknown) => {
			throw new Error(`${truth}: rerun with PORTICO_SEED=${seed + i} PORTICO_STORMS=1`, {
				cause: error,
			});
		});
		attempts += result.attempts;
		mails += result.mails;
		messages += result.states.length;
		for (const state of result.states) counts.set(state, (counts.get(state) ?? 0) + 1);
		for (const [name, times] of result.met) met.set(name, (met.get(name) ?? 0) + times);
		if (result.violations.length > 0) {
			const rerun = `rerun with PORTICO_SEED=${seed + i} PORTICO_STORMS=1`;
			const broken = `${truth}: ${result.violations.join('; ')} (${rerun})`;
			const words = [broken, ...result.tale].join('\n');
			return { broken, states: new Set(counts.keys()), words };
		}
	}
	const words = [
		`${schedules} schedules from seed ${seed} on a relay that ${truth === 'neither' ? 'can do neither' : truth}:`,
		`  ${messages} messages, ${attempts} requests, ${mails} mails; ${listed(counts)}`,
		'  accepted twice 0, automatic second attempts 0, lost 0, states that lie 0',
		`  met: ${listed(met)}`,
	].join('\n');
	return { broken: '', states: new Set(counts.keys()), words };
}

function listed(counts: ReadonlyMap<string, number>): string {
	return [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
}
