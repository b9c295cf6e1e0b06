import {
	backoffMs,
	leavesAt,
	nextStep,
	type RelayTraits,
	trustedTime,
} from '$lib/domain/delivery.ts';
import type { Message } from '$lib/domain/message.ts';
import { limitInTime } from '$lib/domain/hindrance.ts';
import { statusOf } from '$lib/domain/outbox-status.ts';
import { isCountAhead, quotaLeft } from '$lib/domain/quota.ts';
import { relayPlace } from '$lib/domain/relay-place.ts';
import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { type ChosenRelay, deliverOne } from './deliver-one.ts';
import type { OutboxPorts } from './ports.ts';
import { tidy } from './tidy.ts';

const batchMessages = 15;
const batchMs = 20_000;
/** A wait longer than this is not spent holding the lock. */
const longestWaitMs = 1_000;
const needs = ['messages', 'letters', 'settings'] as const;

/** What a delivery left behind: when to come back (epoch ms, undefined: nothing waits), and whether the relay was there. */
export interface Delivered {
	nextAt: number | undefined;
	isReachable: boolean;
}

/**
 * Delivers what is due, as the one deliverer of this device: the loop runs inside a Web Lock and
 * waits in line for it (with `ifAvailable`, a message queued between the last claim and the release
 * would wait for nobody), lets it go after each batch, and goes on until nothing is due.
 * `failedLooks` counts how often the relay was out of reach before, for the backoff.
 */
export async function deliver(ports: OutboxPorts, failedLooks = 0): Promise<Delivered> {
	for (;;) {
		const batch = await inLine(ports, () => deliverBatch(ports, failedLooks));
		if (batch !== 'more is due') return batch;
	}
}

async function inLine(
	ports: OutboxPorts,
	task: () => Promise<Delivered | 'more is due'>,
): Promise<Delivered | 'more is due'> {
	const { locks, stop } = ports;
	if (!locks) return task();
	try {
		return await locks.request('portico/outbox', { signal: stop }, task);
	} catch (error) {
		if (stop.aborted) return { nextAt: undefined, isReachable: true };
		throw error;
	}
}

async function deliverBatch(
	ports: OutboxPorts,
	failedLooks: number,
): Promise<Delivered | 'more is due'> {
	const { vault, now } = ports;
	const startedAt = now();
	let hasLooked = false;
	for (let tried = 0; ; tried++) {
		const state = await vault.load(...needs);
		const chosen = chooseRelay(ports, state);
		await tidy(ports, state, chosen?.traits);
		if (!chosen) return { nextAt: undefined, isReachable: true };
		const { relay, traits } = chosen;
		const rows = vault.snapshot.rows('settings');
		const status = statusOf(settingsFrom(rows, 'outbox'), traits.kind);
		if (status.pausedFor !== '') return { nextAt: undefined, isReachable: true };
		const quota = quotaLeft(settingsFrom(rows, 'relay'), status, now());
		if (quota.usedUp !== '' && isCountAhead(status, now())) await takeOverCount(ports);
		if (limitInTime(status, now()) !== status) await bringLimitBack(ports);
		const next = nextMessage(vault.snapshot.rows('messages'), traits, quota.freshAt, now());
		if (!next) return { nextAt: undefined, isReachable: true };
		const readyAt = Math.max(next.at, trustedTime(limitInTime(status, now()).resumeAt, now()));
		if (readyAt > now()) return { nextAt: readyAt, isReachable: true };
		const isSpent = tried >= batchMessages || now() - startedAt > batchMs || now() < startedAt;
		if (isSpent && tried > 0) return 'more is due';
		const paceAt = pacedAt(rows, now());
		if (paceAt - now() > longestWaitMs) return { nextAt: paceAt, isReachable: true };
		if (ports.stop.aborted) return { nextAt: now(), isReachable: true };
		if (!hasLooked && !(await relay.reach()))
			return { nextAt: now() + backoffMs(failedLooks, ports.dice), isReachable: false };
		if (paceAt > now()) await ports.sleep(paceAt - now());
		hasLooked = await deliverOne(ports, chosen, next.message.id);
	}
}

function chooseRelay({ relayFrom }: OutboxPorts, state: Snapshot): ChosenRelay | undefined {
	const rows = state.rows('settings');
	const relay = relayFrom(rows);
	if (!relay) return undefined;
	const { dropsRepeats, keyMemoryMs } = relay;
	const { kind } = settingsFrom(rows, 'relay');
	const canBeAsked = relay.ask !== undefined;
	const traits = { kind, place: relayPlace(rows), dropsRepeats, canBeAsked, keyMemoryMs };
	return { relay, traits };
}

/**
 * The message to go next, and when: what is due longest. While the quota is used up (`freshAt` says
 * until when) only what is not sent goes.
 */
function nextMessage(
	messages: readonly Message[],
	traits: RelayTraits,
	freshAt: number,
	now: number,
): { message: Message; at: number } | undefined {
	let next: { message: Message; at: number } | undefined;
	for (const message of messages) {
		if (message.state !== 'queued') continue;
		const leaves = leavesAt(message, now);
		const isWithin = freshAt === 0 || nextStep(message, traits) !== 'send';
		const at = isWithin ? leaves : Math.max(leaves, freshAt);
		if (!next || at < next.at) next = { message, at };
	}
	return next;
}

/** A used-up quota that a clock ahead of the times has written counts from today. */
async function takeOverCount({ vault, now }: OutboxPorts): Promise<void> {
	await vault.commit(
		(state) => {
			const status = settingsFrom(state.rows('settings'), 'outbox');
			if (!isCountAhead(status, now())) return undefined;
			return { put: { settings: [{ ...status, lastSentAt: now() }] } };
		},
		{ what: 'quota counted from today', count: 1 },
		{ needs: ['settings'] },
	);
}

/** A limit that a clock ahead of the times has learnt lasts as long as it was to last, from now. */
async function bringLimitBack({ vault, now }: OutboxPorts): Promise<void> {
	await vault.commit(
		(state) => {
			const status = settingsFrom(state.rows('settings'), 'outbox');
			const inTime = limitInTime(status, now());
			return inTime === status ? undefined : { put: { settings: [inTime] } };
		},
		{ what: 'limit counted from now', count: 1 },
		{ needs: ['settings'] },
	);
}

/** Our own pace, counted across contexts from the last message that anybody sent; safe against clock jumps. */
function pacedAt(rows: readonly SettingsRow[], now: number): number {
	const { messagesPerSecond } = settingsFrom(rows, 'relay');
	const { lastSentAt } = settingsFrom(rows, 'outbox');
	const gapMs = 1000 / Math.max(messagesPerSecond, 0.001);
	return Math.min(lastSentAt, now) + gapMs;
}
