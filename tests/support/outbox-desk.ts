import type { Message, MessageState } from '$lib/domain/message.ts';
import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import type { OutboxStatus } from '$lib/domain/settings/outbox.ts';
import { type Delivered, deliver } from '$lib/outbox/deliver.ts';
import type { OutboxPorts } from '$lib/outbox/ports.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { onTestFinished } from 'vitest';
import type { Device, DeviceContext } from './device.ts';
import { aClientFor, aLetter, aMessage, anInvitationFor } from './messages.ts';
import type { ScriptedRelay } from './scripted-relay.ts';

/** A tab or service worker with the real outbox in it. */
export interface Desk {
	device: Device;
	context: DeviceContext;
	vault: Vault;
	ports: OutboxPorts;
	/** It dies between two steps; nothing of it goes on. */
	die(): void;
}

export async function openDesk(device: Device, relay: ScriptedRelay): Promise<Desk> {
	const context = device.openContext();
	const vault = await openVault('outbox', context.ports);
	await vault.load('messages', 'letters', 'settings');
	const ports: OutboxPorts = {
		vault,
		relayFrom: () => relay.seenBy(context),
		locks: context.ports.locks,
		crypto: context.ports.crypto,
		now: () => device.now,
		sleep: async (ms) => void (device.now += ms),
		dice: () => 0.5,
		stop: new AbortController().signal,
	};
	const die = () => {
		context.die();
		vault.close();
	};
	onTestFinished(die);
	return { device, context, vault, ports, die };
}

/** A practice with a relay, and messages `m1` … `m<count>` that are due now. */
export async function queueMessages(
	{ vault, device }: Desk,
	count: number,
	about: (number: number) => Partial<Message> = () => ({}),
): Promise<void> {
	const { now } = device;
	const messages = Array.from({ length: count }, (_, i) =>
		aMessage({ id: `m${i + 1}`, queuedAt: now, dueAt: now, ...about(i + 1) }),
	);
	const relay = { ...defaultSettings.relay, kind: 'portico', url: 'http://relay.example' } as const;
	const secrets = { id: 'secrets', messageKeySecret: '5ec2e7'.repeat(10) } as const;
	const clients = messages.map(aClientFor);
	const invitations = messages.map(anInvitationFor);
	await vault.commit(
		() => ({
			put: { clients, invitations, messages, letters: [aLetter], settings: [relay, secrets] },
		}),
		{ what: 'invitations queued', count },
		{ needs: ['clients', 'invitations', 'messages', 'letters', 'settings'] },
	);
}

/** Lets time pass as often as the outbox asks for it, up to a week, until nothing waits for its time. */
export async function deliverAll(desk: Desk): Promise<Delivered> {
	const { device, ports } = desk;
	const until = device.now + 7 * 86_400_000;
	for (;;) {
		const delivered = await deliver(ports);
		if (delivered.nextAt === undefined || delivered.nextAt > until) return delivered;
		device.now = Math.max(device.now + 1, delivered.nextAt);
	}
}

/** What another tab would read from disk now. */
export async function readMessages(device: Device): Promise<readonly Message[]> {
	const vault = await openVault('outbox', device.openContext().ports);
	const messages = (await vault.load('messages')).rows('messages');
	vault.close();
	return messages;
}

export async function readMessage(device: Device, id: string): Promise<Message> {
	const message = (await readMessages(device)).find((message) => message.id === id);
	if (!message) throw new Error(`No message ${id}`);
	return message;
}

/** How many messages are in each state. */
export async function readStates(device: Device): Promise<Partial<Record<MessageState, number>>> {
	const counts: Partial<Record<MessageState, number>> = {};
	for (const { state } of await readMessages(device)) counts[state] = (counts[state] ?? 0) + 1;
	return counts;
}

export async function readStatus(device: Device): Promise<OutboxStatus> {
	const vault = await openVault('outbox', device.openContext().ports);
	const status = settingsFrom((await vault.load('settings')).rows('settings'), 'outbox');
	vault.close();
	return status;
}

/** Addresses `m<first>@example.com` … `m<last>@example.com`, as `queueMessages` gives them. */
export function addresses(first: number, last: number): string[] {
	return Array.from({ length: last - first + 1 }, (_, i) => `m${first + i}@example.com`);
}

/** A promise and what settles it: an answer that comes when the test says so. */
export function later<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
	let resolve: (value: Value) => void = () => {};
	const promise = new Promise<Value>((settle) => (resolve = settle));
	return { promise, resolve };
}
