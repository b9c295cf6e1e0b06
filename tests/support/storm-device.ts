import { defaultSettings, settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { OutboxPorts } from '$lib/outbox/ports.ts';
import { watchOver } from '$lib/outbox/witness.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { Device, type DeviceContext } from './device.ts';
import { copyDisk, type DiskCopy, diskFrom } from './disk-copy.ts';
import { OracleRelay, type Truth } from './oracle-relay.ts';
import type { PlantedFault } from './planted-faults.ts';
import type { Random } from './random.ts';
import { syncCrypto } from './sync-crypto.ts';

const databaseName = 'storm';

/** A tab or the service worker, with the real outbox in it. */
export interface StormContext {
	device: DeviceContext;
	/** As it is; `ports.vault` is what a planted fault makes of it. */
	vault: Vault;
	ports: OutboxPorts;
	isPage: boolean;
	/** Ends the freeze of its page; undefined while it is not frozen. */
	thaw: (() => void) | undefined;
}

/** One device with its disk, its contexts and the relay that they reach. */
export class StormDevice {
	readonly device = new Device();
	readonly relay: OracleRelay;
	contexts: StormContext[] = [];
	readonly #random: Random;
	readonly #fault: PlantedFault;
	/** As it was between two transactions; in the midst of one there is no telling. */
	#written: DiskCopy | undefined;
	#durable: DiskCopy | undefined;

	constructor(random: Random, truth: Truth, fault: PlantedFault) {
		this.#random = random;
		this.#fault = fault;
		this.device.crypto = syncCrypto();
		this.device.hasLocks = fault.hasLocks ?? random.chance(0.8);
		this.device.onWritten = (isStrict) => {
			this.#written = copyDisk(this.device.factory, databaseName);
			if (isStrict) this.#durable = this.#written;
		};
		this.relay = new OracleRelay(random, truth);
		this.relay.now = this.device.now;
		keepWitness();
	}

	get alive(): StormContext[] {
		return this.contexts.filter(({ device }) => !device.isDead);
	}

	/** A page looks at the witness before anything else; the service worker has none to look at. */
	async open(isPage: boolean): Promise<StormContext> {
		const device = this.device.openContext();
		const vault = await openVault(databaseName, device.ports);
		const context = this.#contextOf(device, vault, isPage);
		this.contexts.push(context);
		const { hasWitness = true, forgetsToHold } = this.#fault;
		if (isPage && hasWitness && !forgetsToHold) await watchOver(vault, this.device.now);
		return context;
	}

	/** A page that is there, or a new one. */
	async page(): Promise<StormContext> {
		const pages = this.alive.filter(
			({ isPage, device, thaw }) => isPage && !thaw && device.diesAt === Infinity,
		);
		return pages[this.#random.below(pages.length)] ?? (await this.open(true));
	}

	end(context: StormContext): void {
		context.device.die();
		context.vault.close();
	}

	/** The browser is killed: every context at once; the disk stays as it is. */
	killBrowser(): void {
		for (const context of this.contexts) this.end(context);
		this.contexts = [];
	}

	/** Everything ends at once, and what was written after the last strict commit may be gone. */
	async cutPower(): Promise<void> {
		this.killBrowser();
		if (this.#durable && this.#random.chance(0.7)) await this.putBack(this.#durable);
	}

	backUp(): DiskCopy | undefined {
		return this.#written;
	}

	async putBack(copy: DiskCopy): Promise<void> {
		this.killBrowser();
		this.device.factory = await diskFrom(copy);
		this.#written = copy;
		this.#durable = copy;
	}

	/** Time passes for everybody. */
	pass(ms: number): void {
		this.device.now += ms;
		this.relay.now += ms;
	}

	#contextOf(device: DeviceContext, opened: Vault, isPage: boolean): StormContext {
		let thawed = Promise.resolve();
		let isFrozen = false;
		const caller = {
			step: () => device.step(),
			get isDead() {
				return device.isDead;
			},
			thawed: () => thawed,
		};
		const seenFrom = (rows: readonly SettingsRow[]): Relay | undefined => {
			const place = placeIn(rows);
			if (place === '') return undefined;
			const relay = this.relay.seenBy(caller, place);
			return this.#fault.relay?.(relay) ?? relay;
		};
		const vault = this.#fault.vault?.(opened) ?? opened;
		const halt = new AbortController();
		const context: StormContext = {
			device,
			vault: opened,
			isPage,
			thaw: undefined,
			ports: {
				vault,
				relayFrom: seenFrom,
				locks: device.ports.locks,
				crypto: device.ports.crypto,
				now: () => this.device.now,
				sleep: async (ms) => {
					await ticks(2);
					this.pass(ms);
				},
				dice: this.#random.next,
				stop: halt.signal,
			},
		};
		const freeze = () => {
			if (isFrozen) return;
			isFrozen = true;
			halt.abort();
			thawed = new Promise((resolve) => {
				context.thaw = () => {
					isFrozen = false;
					context.thaw = undefined;
					context.ports.stop = new AbortController().signal;
					resolve();
				};
			});
		};
		freezers.set(context, freeze);
		return context;
	}
}

const freezers = new WeakMap<StormContext, () => void>();

/** The page is frozen: it takes up nothing new, and what it waits for reaches it only when it thaws. */
export function freeze(context: StormContext): void {
	freezers.get(context)?.();
}

/** The settings of a practice whose relay is at this place. */
export function relayRows(truth: Truth, place: string): SettingsRow[] {
	const relay = { ...defaultSettings.relay, messagesPerSecond: 10 };
	switch (truth) {
		case 'drops repeats':
			return [{ ...relay, kind: 'portico', url: place }];
		case 'can be asked':
			return [
				{ ...relay, kind: 'jmap' },
				{ ...defaultSettings.jmap, sessionUrl: place },
			];
		case 'neither':
			return [
				{ ...relay, kind: 'emailjs' },
				{ ...defaultSettings.emailjs, serviceId: place },
			];
	}
}

function placeIn(rows: readonly SettingsRow[]): string {
	const { kind, url } = settingsFrom(rows, 'relay');
	if (kind === 'jmap') return settingsFrom(rows, 'jmap').sessionUrl;
	return kind === 'emailjs' ? settingsFrom(rows, 'emailjs').serviceId : url;
}

/** The browser's local storage, which a restored database does not take back. */
function keepWitness(): void {
	const marks = new Map<string, string>();
	const storage = {
		getItem: (name: string) => marks.get(name) ?? null,
		setItem: (name: string, value: string) => void marks.set(name, value),
		removeItem: (name: string) => void marks.delete(name),
	};
	Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
}

export async function ticks(count: number): Promise<void> {
	for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
