import type { Message } from '$lib/domain/message.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { changeByHand, setPaused } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import type { OutboxPorts } from '$lib/outbox/ports.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { Device, type DeviceContext } from './device.ts';
import { aLetter, aMessage } from './messages.ts';
import { fairWeather, OracleRelay, type Weather } from './oracle-relay.ts';
import { Random } from './random.ts';
import { syncCrypto } from './sync-crypto.ts';

/** A fault planted on purpose, to see that the storm catches it. */
export interface PlantedFault {
	/** Changes how a context sees the vault. */
	vault?: (vault: Vault) => Vault;
	/** Changes how a context sees the relay. */
	relay?: (relay: Relay) => Relay;
	hasKeys?: boolean;
	hasLocks?: boolean;
}

export interface StormResult {
	/** What was not as it must be; empty when all is well. */
	violations: string[];
	/** Final states, to see that storms reach them all. */
	states: Message['state'][];
}

/** One schedule of the outbox's real code, told by its seed. */
export async function runStorm(seed: number, fault: PlantedFault = {}): Promise<StormResult> {
	const storm = new Storm(seed, fault);
	await storm.queue(2 + storm.random.below(5));
	const acts = 6 + storm.random.below(14);
	for (let i = 0; i < acts; i++) await storm.act();
	await storm.calm();
	return storm.judge();
}

interface Context {
	device: DeviceContext;
	vault: Vault;
	ports: OutboxPorts;
	isBusy: boolean;
}

class Storm {
	readonly random: Random;
	readonly #device = new Device();
	readonly #relay: OracleRelay;
	readonly #fault: PlantedFault;
	#contexts: Context[] = [];
	#queued = 0;

	constructor(seed: number, fault: PlantedFault) {
		this.random = new Random(seed);
		this.#fault = fault;
		this.#device.crypto = syncCrypto();
		this.#device.hasLocks = fault.hasLocks ?? this.random.chance(0.85);
		this.#relay = new OracleRelay(this.random, fault.hasKeys ?? this.random.chance(0.6));
		this.#relay.weather = this.#drawWeather();
	}

	/** A person queues a batch in a tab of her own. */
	async queue(count: number): Promise<void> {
		const context = await this.#open();
		const now = this.#device.now;
		const dueAt = now + this.random.pick([0, 10_000]);
		const messages = Array.from({ length: count }, () =>
			aMessage({ id: `m${this.#queued++}`, queuedAt: now, dueAt }),
		);
		const relay = {
			...defaultSettings.relay,
			kind: 'portico',
			url: 'http://relay.example',
		} as const;
		const secrets = { id: 'secrets', messageKeySecret: '5ec2e7'.repeat(10) } as const;
		await context.vault.commit(
			() => ({ put: { messages, letters: [aLetter], settings: [relay, secrets] } }),
			{ what: 'invitations queued', count },
			{ needs: ['messages', 'letters', 'settings'] },
		);
	}

	async act(): Promise<void> {
		const { random } = this;
		const act = random.below(12);
		if (act < 4) await this.#deliverSomewhere();
		else if (act < 6) this.#kill();
		else if (act === 6) this.#relay.isOnline = !this.#relay.isOnline;
		else if (act === 7) this.#device.now += random.pick([500, 5_000, 60_000, 600_000, -30_000]);
		else if (act === 8) this.#relay.weather = this.#drawWeather();
		else if (act === 9) await this.#person();
		else if (act === 10 && this.#queued < 12) await this.queue(1 + random.below(2));
		else await this.#deliverSomewhere();
		await ticks(random.below(60));
	}

	/** The storm is over: everything works, time passes, a person resumes; then all must be settled. */
	async calm(): Promise<void> {
		await ticks(200);
		for (const context of this.#contexts) this.#end(context);
		this.#relay.isOnline = true;
		this.#relay.weather = fairWeather;
		const last = await this.#open();
		for (let round = 0; round < 60; round++) {
			await setPaused(last.vault, '');
			await deliver(last.ports);
			const { vault } = last;
			const isWaiting = vault.snapshot
				.rows('messages')
				.some(({ state }) => state === 'queued' || state === 'sending');
			if (!isWaiting) return;
			this.#device.now += 20 * 60_000;
		}
	}

	async judge(): Promise<StormResult> {
		const vault = await openVault('storm', this.#device.openContext().ports);
		const messages = (await vault.load('messages')).rows('messages');
		const violations: string[] = [];
		if (messages.length !== this.#queued)
			violations.push(`${this.#queued} queued, ${messages.length} left`);
		for (const message of messages) {
			const mails = this.#relay.mails.get(message.toAddress) ?? 0;
			const says = (what: string) => violations.push(`${message.id} is ${message.state}: ${what}`);
			if (mails > 1) says(`${mails} mails left`);
			if (message.state === 'sent' && mails !== 1) says('no mail left');
			if (message.state === 'failed' && mails !== 0) says('a mail left');
			if (message.state === 'failed' && !this.#relay.refusedAddresses.has(message.toAddress))
				says('nobody refused it');
			if (message.state === 'cancelled' && mails !== 0 && message.maybeSentAt === 0)
				says('a mail left');
			if (message.state === 'unconfirmed' && message.maybeSentAt === 0) says('nothing says why');
			if (['queued', 'sending', 'held'].includes(message.state)) says('not settled');
		}
		vault.close();
		for (const context of this.#contexts) this.#end(context);
		return { violations, states: messages.map((message) => message.state) };
	}

	async #open(): Promise<Context> {
		const device = this.#device.openContext();
		const opened = await openVault('storm', device.ports);
		const vault = this.#fault.vault?.(opened) ?? opened;
		const seen = this.#relay.seenBy(device);
		const relay = this.#fault.relay?.(seen) ?? seen;
		const ports: OutboxPorts = {
			vault,
			relayFrom: () => relay,
			locks: device.ports.locks,
			crypto: device.ports.crypto,
			now: () => this.#device.now,
			sleep: async (ms) => {
				await ticks(2);
				this.#device.now += ms;
			},
			dice: this.random.next,
			stop: new AbortController().signal,
		};
		const context = { device, vault, ports, isBusy: false };
		this.#contexts.push(context);
		return context;
	}

	/** Up to two tabs and the service worker; a busy one may be asked again, as wake-ups do. */
	async #deliverSomewhere(): Promise<void> {
		const alive = this.#contexts.filter((context) => !context.device.isDead);
		const context =
			alive.length < 3 && this.random.chance(0.5)
				? await this.#open()
				: (alive[this.random.below(alive.length)] ?? (await this.#open()));
		context.isBusy = true;
		// It dies with its context: that is no error of its own.
		void deliver(context.ports)
			.catch(() => {})
			.finally(() => (context.isBusy = false));
	}

	/** A tab dies, at once or some steps later in the midst of something. */
	#kill(): void {
		const alive = this.#contexts.filter((context) => !context.device.isDead);
		const victim = alive[this.random.below(alive.length)];
		if (!victim) return;
		if (this.random.chance(0.25)) this.#end(victim);
		else victim.device.diesAt = victim.device.steps + 1 + this.random.below(45);
	}

	#end(context: Context): void {
		context.device.die();
		context.vault.close();
	}

	async #person(): Promise<void> {
		const { vault, device } = await this.#open();
		const state = await vault.load('messages');
		const messages = state.rows('messages');
		const chosen = messages[this.random.below(messages.length)];
		const act = this.random.below(4);
		if (act === 0) await setPaused(vault, 'by hand');
		else if (act === 1) await setPaused(vault, '');
		else if (chosen && act === 2)
			await changeByHand(vault, 'cancel', [chosen.id], this.#device.now);
		else if (chosen) await changeByHand(vault, 'tryNow', [chosen.id], this.#device.now);
		device.die();
	}

	#drawWeather(): Weather {
		const { random } = this;
		const often = () => random.pick([0, 0, 1, 3]);
		return {
			accept: random.pick([1, 5, 10]),
			refuse: often(),
			'relay-refuse': random.chance(0.15) ? 1 : 0,
			throttle: often(),
			'lose before': often(),
			'lose after': often(),
			'fail before': often(),
			'in doubt': random.chance(0.2) ? 1 : 0,
		};
	}
}

async function ticks(count: number): Promise<void> {
	for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
