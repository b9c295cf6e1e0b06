import { expect, test } from 'vitest';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { type PlantedFault, runStorm } from '../support/storm.ts';

const seed = Number(process.env.PORTICO_SEED ?? Date.now() % 1_000_000_000);
const schedules = Number(process.env.PORTICO_STORMS ?? 1_000);

test(`never twice, never lost, never untrue: ${schedules} schedules from seed ${seed}`, async () => {
	const reached = new Set<string>();
	for (let i = 0; i < schedules; i++) {
		const { violations, states } = await runStorm(seed + i);
		for (const state of states) reached.add(state);
		expect(violations, `rerun with PORTICO_SEED=${seed + i} PORTICO_STORMS=1`).toEqual([]);
	}
	if (schedules >= 1_000)
		expect([...reached].sort()).toEqual(['cancelled', 'failed', 'sent', 'unconfirmed']);
}, 86_400_000);

async function violationsWith(fault: PlantedFault): Promise<string[]> {
	for (let i = 0; i < 400; i++) {
		const { violations } = await runStorm(seed + i, fault);
		if (violations.length > 0) return violations;
	}
	return [];
}

test('it catches an orphan requeued on a relay without keys', async () => {
	const violations = await violationsWith({
		hasKeys: false,
		relay: (relay) => ({ ...relay, dropsRepeats: true }),
	});
	expect(violations.join()).toMatch(/mails left/);
}, 300_000);

test('it catches a message that is settled before it is sent', async () => {
	const violations = await violationsWith({
		vault: (vault) =>
			withCommit(vault, (build) => (state) => {
				const changes = build(state);
				const messages = changes?.put?.messages?.map((message) =>
					message.state === 'sending' ? { ...message, state: 'sent' as const } : message,
				);
				return changes && messages ? { ...changes, put: { ...changes.put, messages } } : changes;
			}),
	});
	expect(violations.join()).toMatch(/no mail left/);
}, 300_000);

test('it catches two deliverers with neither lock nor atomic claim', async () => {
	const violations = await violationsWith({
		hasKeys: false,
		hasLocks: false,
		vault: (vault) => {
			// The claim looks at what this context saw a while ago.
			let stale: Snapshot | undefined;
			return withCommit(vault, (build, what) => (state) => {
				if (what !== 'message claimed') return build(state);
				const changes = build(stale ?? state);
				stale = state;
				return changes;
			});
		},
	});
	expect(violations.join()).toMatch(/mails left/);
}, 300_000);

type Build = Parameters<Vault['commit']>[0];

/** The same vault with another way to build commits. */
function withCommit(vault: Vault, rebuild: (build: Build, what: string) => Build): Vault {
	return {
		get snapshot() {
			return vault.snapshot;
		},
		commit: (build, entry, options) => vault.commit(rebuild(build, entry.what), entry, options),
		load: (...names) => vault.load(...names),
		isLoaded: (name) => vault.isLoaded(name),
		stage: () => vault.stage(),
		undo: (...args) => vault.undo(...args),
		follow: (listener) => vault.follow(listener),
		close: () => vault.close(),
	};
}
