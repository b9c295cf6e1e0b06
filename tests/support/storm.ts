import { defaultTemplate } from '$lib/domain/compose.ts';
import type { Message } from '$lib/domain/message.ts';
import { buildReport } from '$lib/domain/report.ts';
import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import { canBeReleased } from '$lib/domain/standing-against.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { holdAll, setPaused } from '$lib/outbox/by-hand.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import type { Vault } from '$lib/vault/types.ts';
import { aClient } from './clients.ts';
import type { DiskCopy } from './disk-copy.ts';
import { fairWeather, type Truth, type Weather } from './oracle-relay.ts';
import type { PlantedFault } from './planted-faults.ts';
import { Random } from './random.ts';
import { freeze, relayRows, StormDevice, ticks } from './storm-device.ts';
import { judge, type Judged } from './storm-judge.ts';
import { StormPerson } from './storm-person.ts';

export interface StormResult extends Judged {
	/** How often each thing was done to the outbox. */
	met: ReadonlyMap<string, number>;
	attempts: number;
	mails: number;
	/** What happened, line by line. */
	tale: readonly string[];
}

const hourMs = 3_600_000;
const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@example.com',
	portalAddress: 'https://portal.example/',
};

/** One schedule of the outbox's real code on one kind of relay, told by its seed. */
export async function runStorm(
	seed: number,
	truth: Truth,
	fault: PlantedFault = {},
): Promise<StormResult> {
	const storm = new Storm(seed, truth, fault);
	await storm.begin();
	const acts = 7 + storm.random.below(14);
	for (let i = 0; i < acts; i++) await storm.act();
	await storm.calm();
	return storm.judge();
}

type Act = () => unknown;

class Storm {
	readonly random: Random;
	readonly #place: StormDevice;
	readonly #person: StormPerson;
	readonly #truth: Truth;
	readonly #fault: PlantedFault;
	readonly #met = new Map<string, number>();
	readonly #acts: readonly [number, string, Act][];
	#backup: { copy: DiskCopy; clients: ReadonlySet<string> } | undefined;
	#clients = new Set<string>();
	#nextClient = 0;
	#clockError = 0;

	constructor(seed: number, truth: Truth, fault: PlantedFault) {
		this.random = new Random(seed);
		this.#truth = truth;
		this.#fault = fault;
		this.#place = new StormDevice(this.random, truth, fault);
		this.#person = new StormPerson(this.random, this.#place);
		this.#place.relay.weather = this.#drawWeather();
		const { relay } = this.#place;
		this.#acts = [
			[10, 'delivery', () => this.#deliverSomewhere()],
			[2, 'tab or worker killed at once', () => this.#kill(false)],
			[5, 'tab or worker killed at a step', () => this.#kill(true)],
			[1, 'browser killed', () => this.#place.killBrowser()],
			[2, 'power cut', () => this.#cutPower()],
			[2, 'tab frozen', () => this.#freeze()],
			[1, 'tab thawed', () => this.#thaw()],
			[2, 'lock stolen', () => this.#stealLock()],
			[3, 'network gone or back', () => (relay.isOnline = !relay.isOnline)],
			[3, 'other weather', () => (relay.weather = this.#drawWeather())],
			[2, 'minutes pass', () => this.#place.pass(this.random.pick([5_000, 60_000, 600_000]))],
			[1, 'days pass', () => this.#place.pass(this.random.pick([26, 50, 100, 200]) * hourMs)],
			[2, 'clock jump', () => this.#jumpClock()],
			[4, 'person', () => this.#person.act()],
			[1, 'client edited', () => this.#person.editClient()],
			[1, 'another relay', () => this.#changeRelay()],
			[1, 'backup', () => this.#backUp()],
			[2, 'restore', () => this.#restore()],
			[2, 'queued', () => this.#queueMore()],
		];
	}

	async begin(): Promise<void> {
		const page = await this.#place.page();
		const secrets = { id: 'secrets', messageKeySecret: '5ec2e7'.repeat(10) } as const;
		const settings = [...relayRows(this.#truth, 'a'), practice, secrets];
		await page.vault.commit(
			() => ({ put: { settings } }),
			{ what: 'settings saved', count: 1 },
			{ needs: ['settings'], isStrict: true },
		);
		await this.#queue(2 + this.random.below(4));
	}

	async act(): Promise<void> {
		let left = this.random.below(this.#acts.reduce((sum, [weight]) => sum + weight, 0));
		for (const [weight, name, act] of this.#acts) {
			left -= weight;
			if (left >= 0) continue;
			this.#met.set(name, (this.#met.get(name) ?? 0) + 1);
			const { device, relay } = this.#place;
			relay.tale.push(`${new Date(device.now).toISOString()} ${name}`);
			await act();
			break;
		}
		await ticks(this.random.below(60));
	}

	/** The storm is over: everything works, time passes, a person settles what waits for her. */
	async calm(): Promise<void> {
		await ticks(300);
		this.#place.killBrowser();
		const { relay } = this.#place;
		relay.isOnline = true;
		relay.weather = fairWeather;
		const last = await this.#place.open(true);
		// As long as two clock jumps and a set time can be apart.
		for (let round = 0; round < 240; round++) {
			const state = await last.vault.load('settings');
			const { pausedFor } = settingsFrom(state.rows('settings'), 'outbox');
			if (pausedFor !== '') await setPaused(last.vault, '');
			await this.#person.releaseAll(last);
			await deliver(last.ports);
			const isOpen = ({ state, heldFor }: Message) =>
				state === 'queued' ||
				state === 'sending' ||
				(state === 'held' && heldFor !== '' && canBeReleased(heldFor));
			if (!last.vault.snapshot.rows('messages').some(isOpen)) return;
			this.#place.pass(20 * 60_000);
		}
	}

	async judge(): Promise<StormResult> {
		const { relay } = this.#place;
		const judged = await judge(this.#place, this.#clients, this.#person.vouched);
		this.#place.killBrowser();
		const met = new Map([...this.#met, ...relay.met]);
		let mails = 0;
		for (const count of relay.mails.values()) mails += count;
		return { ...judged, met, attempts: relay.attempts, mails, tale: relay.tale };
	}

	/** A person confirms a batch; now and then twice, in two tabs at once. */
	async #queue(count: number): Promise<void> {
		const ids = Array.from({ length: count }, () => `c${this.#nextClient++}`);
		const pages = [await this.#place.page()];
		if (this.random.chance(0.3)) pages.push(await this.#place.open(true));
		const [first] = pages;
		if (!first) return;
		await first.vault.commit(
			() => ({ put: { clients: ids.map((id) => aClient({ id })) } }),
			{ what: 'clients added', count },
			{ needs: ['clients'] },
		);
		const state = await first.vault.load('clients', 'contacts', 'invitations', 'messages');
		const now = this.#place.device.now;
		const report = buildReport({
			clients: state.rows('clients'),
			contacts: [],
			invitations: state.rows('invitations'),
			messages: state.rows('messages'),
			now,
		});
		const rows = report.rows.filter(({ client }) => ids.includes(client.id));
		const invitation = { undoWindowMs: this.random.pick([0, 10_000]), expiryDays: 30 };
		const plan = this.random.chance(0.1) ? [{ at: now + hourMs, count }] : [];
		const template = defaultTemplate;
		const confirmed = { rows, template, practice, invitation, plan };
		const ports = { now: () => now, newId: newId(), crypto: globalThis.crypto };
		const { confirming = (vault: Vault) => vault } = this.#fault;
		await Promise.all(
			pages.map(({ vault }) => sendInvitations(confirming(vault), confirmed, ports)),
		);
		if (pages.length > 1)
			this.#met.set('double confirm', (this.#met.get('double confirm') ?? 0) + 1);
		for (const id of ids) this.#clients.add(id);
	}

	async #queueMore(): Promise<void> {
		if (this.#nextClient < 12) await this.#queue(1 + this.random.below(2));
	}

	/** Up to two tabs and the service worker; a busy one may be asked again, as wake-ups do. */
	async #deliverSomewhere(): Promise<void> {
		const { alive } = this.#place;
		const context =
			alive.length < 3 && this.random.chance(0.5)
				? await this.#place.open(this.random.chance(0.7))
				: (alive[this.random.below(alive.length)] ?? (await this.#place.open(true)));
		// It dies with its context, or loses its lock: that is no error of its own.
		void deliver(context.ports).catch(() => {});
	}

	#kill(isLater: boolean): void {
		const { alive } = this.#place;
		const victim = alive[this.random.below(alive.length)];
		if (!victim) return;
		if (isLater) victim.device.diesAt = victim.device.steps + 1 + this.random.below(45);
		else this.#place.end(victim);
	}

	#freeze(): void {
		const { alive } = this.#place;
		const victim = alive[this.random.below(alive.length)];
		if (victim) freeze(victim);
	}

	#thaw(): void {
		for (const context of this.#place.alive) context.thaw?.();
	}

	#stealLock(): void {
		this.#place.device.locks.steal(this.random.pick(['portico/outbox', 'portico/writer/storm']));
	}

	/** Within a day and a half of the right time: what is further off no relay's memory can make good. */
	#jumpClock(): void {
		const by = this.random.pick([-30_000, -600_000, -hourMs, -20 * hourMs, hourMs, 20 * hourMs]);
		if (Math.abs(this.#clockError + by) > 36 * hourMs) return;
		this.#clockError += by;
		this.#place.device.now += by;
	}

	async #changeRelay(): Promise<void> {
		const page = await this.#place.page();
		const settings = relayRows(this.#truth, this.random.pick(['a', 'b']));
		await page.vault.commit(
			() => ({ put: { settings } }),
			{ what: 'settings saved', count: 1 },
			{ needs: ['settings'] },
		);
	}

	async #cutPower(): Promise<void> {
		await this.#place.cutPower();
		await this.#person.lookAround();
	}

	#backUp(): void {
		const copy = this.#place.backUp();
		if (copy) this.#backup = { copy, clients: new Set(this.#clients) };
	}

	/**
	 * What was queued after the backup is gone with it. The page that puts it back holds what is open,
	 * whatever the witness says: it does not hear of what the service worker wrote.
	 */
	async #restore(): Promise<void> {
		if (!this.#backup) return;
		const { copy, clients } = this.#backup;
		await this.#place.putBack(copy);
		this.#clients = new Set(clients);
		const page = await this.#place.open(true);
		if (!this.#fault.forgetsToHold) await holdAll(page.vault, this.#place.device.now);
		await this.#person.lookAround();
	}

	#drawWeather(): Weather {
		const { random } = this;
		const often = () => random.pick([0, 0, 1, 3]);
		return {
			accept: random.pick([1, 5, 10]),
			'accept late': often(),
			refuse: often(),
			'relay-refuse': random.chance(0.15) ? 1 : 0,
			throttle: often(),
			unreachable: often(),
			'lose before': often(),
			'lose after': often(),
			'fail before': often(),
			'fail after': often(),
			'browser repeats': often(),
			'in doubt': random.chance(0.2) ? 1 : 0,
		};
	}
}

/** Ids that tell the same story each time; the outbox's order does not hang on them. */
function newId(): () => string {
	return () => crypto.randomUUID();
}
