import {
	backoffMs,
	holdBack,
	isDue,
	isTooOld,
	settleOrphan,
	trustedTime,
} from '$lib/domain/delivery.ts';
import type { Message } from '$lib/domain/message.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { deliverOne } from './deliver-one.ts';
import type { OutboxPorts } from './ports.ts';

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
		const relay = ports.relayFrom(settingsFrom(state.rows('settings'), 'relay'));
		const status = settingsFrom(state.rows('settings'), 'outbox');
		if (!relay) return { nextAt: undefined, isReachable: true };
		await tidy(ports, state, relay);
		if (status.pausedFor !== '') return { nextAt: undefined, isReachable: true };
		const next = nextMessage(vault.snapshot.rows('messages'));
		if (!next) return { nextAt: undefined, isReachable: true };
		const paceAt = pacedAt(state, now());
		const dueAt = trustedTime(next.dueAt, now());
		const readyAt = Math.max(dueAt, trustedTime(status.resumeAt, now()));
		if (readyAt > now()) return { nextAt: readyAt, isReachable: true };
		const isSpent = tried >= batchMessages || now() - startedAt > batchMs || now() < startedAt;
		if (isSpent && tried > 0) return 'more is due';
		if (paceAt - now() > longestWaitMs) return { nextAt: paceAt, isReachable: true };
		if (ports.stop.aborted) return { nextAt: now(), isReachable: true };
		if (!hasLooked && !(await relay.reach()))
			return { nextAt: now() + backoffMs(failedLooks, ports.dice), isReachable: false };
		if (paceAt > now()) await ports.sleep(paceAt - now());
		hasLooked = await deliverOne(ports, relay, next.id);
	}
}

/** The message to go next: what is due longest. */
function nextMessage(messages: readonly Message[]): Message | undefined {
	let next: Message | undefined;
	for (const message of messages)
		if (message.state === 'queued' && (!next || message.dueAt < next.dueAt)) next = message;
	return next;
}

/**
 * Only the holder of the lock comes here, so a message found `sending` has lost its deliverer. What
 * waited too long is held for a person.
 */
async function tidy(ports: OutboxPorts, state: Snapshot, relay: Relay): Promise<void> {
	const { vault, now } = ports;
	const isStale = (message: Message) =>
		message.state === 'sending' || (isDue(message, now()) && isTooOld(message, now()));
	if (!state.rows('messages').some(isStale)) return;
	await vault.commit(
		(newest) => {
			const stale = newest.rows('messages').filter(isStale);
			const messages = stale.map((message) =>
				message.state === 'sending'
					? settleOrphan(message, relay, now())
					: holdBack(message, 'too-old', now()),
			);
			return messages.length > 0 ? { put: { messages } } : undefined;
		},
		{ what: 'interrupted messages settled', count: 1 },
		{ needs, isStrict: true },
	);
}

/** Our own pace, counted across contexts from the last message that anybody sent; safe against clock jumps. */
function pacedAt(state: Snapshot, now: number): number {
	const { messagesPerSecond } = settingsFrom(state.rows('settings'), 'relay');
	const { lastSentAt } = settingsFrom(state.rows('settings'), 'outbox');
	const gapMs = 1000 / Math.max(messagesPerSecond, 0.001);
	return Math.min(lastSentAt, now) + gapMs;
}
