import type { Outcome, OutgoingMessage, Settlement } from '$lib/domain/outcome.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { Random } from './random.ts';

/** What a relay can do about repeats. */
export type Truth = 'drops repeats' | 'can be asked' | 'neither';

/** How often each thing happens to a request, in parts of their sum. */
export type Weather = Record<
	| 'accept'
	| 'accept late'
	| 'refuse'
	| 'relay-refuse'
	| 'throttle'
	| 'unreachable'
	| 'lose before'
	| 'lose after'
	| 'fail before'
	| 'fail after'
	| 'browser repeats'
	| 'in doubt',
	number
>;

export const fairWeather: Weather = {
	accept: 1,
	'accept late': 0,
	refuse: 0,
	'relay-refuse': 0,
	throttle: 0,
	unreachable: 0,
	'lose before': 0,
	'lose after': 0,
	'fail before': 0,
	'fail after': 0,
	'browser repeats': 0,
	'in doubt': 0,
};

/** What a relay sees of a context that asks it. */
export interface Caller {
	step(): boolean;
	readonly isDead: boolean;
	/** Settles when the context's page is no longer frozen. */
	thawed(): Promise<void>;
}

interface KnownKey {
	settlement: Settlement | 'under-way';
	at: number;
	/** A mailbox shows what it took only after a while. */
	shownAt: number;
}

const dayMs = 86_400_000;
/** Longer than it says: clocks differ. */
export const keyMemoryMs = 5 * dayMs;
const saidKeyMemoryMs = 3 * dayMs;

/**
 * A relay that knows the truth: how many mails each key really made, and whether an attempt was made
 * although an earlier one may have arrived. It may stand at two places that know nothing of each other.
 */
export class OracleRelay {
	/** Mails that really left, by key. */
	readonly mails = new Map<string, number>();
	/** Keys that were refused. */
	readonly refused = new Set<string>();
	/** What must never happen, in words. */
	readonly violations: string[] = [];
	/** What happened, in order, for whoever has to find out. */
	readonly tale: string[] = [];
	/** How often each weather struck. */
	readonly met = new Map<string, number>();
	attempts = 0;
	asked = 0;
	isOnline = true;
	weather: Weather = fairWeather;
	/** The relay's own clock, epoch milliseconds. */
	now = 0;
	/** Addresses that must not be emailed by now. */
	readonly barred = new Set<string>();
	readonly #mailed = new Set<string>();
	readonly #known = new Map<string, KnownKey>();
	/** By address: the key and place of an attempt whose sender can't be sure that it never left. */
	readonly #doubts = new Map<string, string>();

	constructor(
		readonly random: Random,
		readonly truth: Truth,
	) {}

	/** A person decided that this address gets another one, come what may. */
	allow(address: string): void {
		this.tale.push(`  a person lets ${address} be sent again`);
		this.#doubts.delete(address);
	}

	/** The relay at one place as one context sees it; what answers a dead one reaches nobody. */
	seenBy(context: Caller, place: string): Relay {
		const answered = async <Result>(task: () => Promise<Result>): Promise<Result> => {
			if (!context.step()) return never();
			const result = await task();
			await context.thawed();
			return context.isDead || !context.step() ? never() : result;
		};
		const dropsRepeats = this.truth === 'drops repeats';
		const relay: Relay = {
			dropsRepeats,
			keyMemoryMs: dropsRepeats ? saidKeyMemoryMs : 0,
			reach: () => answered(async () => this.isOnline),
			send: async (message, key) => {
				const outcome = await answered(() => this.#send(message, key, place));
				const isSure = outcome.kind !== 'accepted' && outcome.kind !== 'unknown';
				const { address } = message.to;
				if (isSure && this.#doubts.get(address) === `${place} ${key} sure`)
					this.#doubts.delete(address);
				return outcome;
			},
			health: () => Promise.resolve({ kind: 'well', sender: 'oracle@example.com', delivers: true }),
		};
		if (this.truth !== 'neither') relay.ask = (key) => answered(() => this.#ask(key, place));
		return relay;
	}

	async #ask(key: string, place: string): Promise<Settlement> {
		this.asked++;
		this.tale.push(`  asked about ${place} ${key.slice(0, 6)}`);
		await this.#travel();
		if (!this.isOnline || this.random.chance(0.1)) return 'no-answer';
		const known = this.#remembered(`${place} ${key}`);
		if (!known || this.now < known.shownAt) return 'never-seen';
		return known.settlement === 'under-way' ? 'no-answer' : known.settlement;
	}

	async #send(message: OutgoingMessage, key: string, place: string): Promise<Outcome> {
		const { address } = message.to;
		this.attempts++;
		if (this.barred.has(address)) this.violations.push('emailed whom the report leaves out');
		const attempt = `${place} ${key}`;
		const told = (what: string) =>
			this.tale.push(`  ${address} at ${attempt.slice(0, 8)}: ${what}`);
		told('asked to send');
		const former = this.#doubts.get(address)?.replace(/ sure$/, '');
		const isRepeat = former === attempt && this.truth === 'drops repeats';
		if (former !== undefined && !isRepeat) this.violations.push('an automatic second attempt');
		// An earlier doubt stays, whatever becomes of this attempt.
		this.#doubts.set(address, former === undefined ? `${attempt} sure` : attempt);
		await this.#travel();
		if (!this.isOnline) return { kind: 'unknown', detail: 'lost on the way' };
		if (this.truth === 'drops repeats') {
			const word = this.#remembered(attempt)?.settlement;
			if (word === 'under-way' || word === 'in-doubt') return { kind: 'unknown', detail: word };
			if (word === 'accepted') return { kind: 'accepted', detail: 'again' };
			if (word === 'refused') return { kind: 'refused', detail: 'again' };
		}
		const weather = this.#drawWeather();
		told(weather);
		return this.#struckBy(weather, key, attempt);
	}

	async #struckBy(weather: keyof Weather, key: string, attempt: string): Promise<Outcome> {
		this.met.set(weather, (this.met.get(weather) ?? 0) + 1);
		const unknown = { kind: 'unknown', detail: weather } as const;
		switch (weather) {
			case 'refuse':
				this.#note(attempt, 'refused');
				this.refused.add(key);
				return { kind: 'refused', detail: 'no such inbox' };
			case 'relay-refuse':
				return { kind: 'relay-refused', detail: 'quota' };
			case 'throttle':
				return { kind: 'throttled', detail: 'limit', untilMs: 1 + this.random.below(90_000) };
			case 'unreachable':
				return { kind: 'unreachable', detail: 'offline' };
			case 'lose before':
			case 'fail before':
				return unknown;
			case 'in doubt':
				if (this.truth === 'drops repeats') this.#note(attempt, 'in-doubt');
				if (this.random.chance(0.5)) this.#mail(key, attempt);
				return unknown;
			case 'browser repeats':
				// The first one is taken and its connection drops; the browser sends it again by itself.
				await this.#take(key, attempt);
				if (this.truth !== 'drops repeats') this.#mail(key, attempt);
				return { kind: 'accepted', detail: '' };
			case 'accept':
			case 'accept late':
			case 'lose after':
			case 'fail after':
				await this.#take(key, attempt);
				await this.#travel(weather === 'accept late' ? 150 : 0);
				return this.isOnline && weather.startsWith('accept')
					? { kind: 'accepted', detail: '' }
					: unknown;
		}
	}

	async #take(key: string, attempt: string): Promise<void> {
		this.#note(attempt, 'under-way');
		await this.#travel();
		this.#note(attempt, 'accepted');
		this.#mail(key, attempt);
	}

	#note(attempt: string, settlement: KnownKey['settlement']): void {
		const lag = this.truth === 'can be asked' ? this.random.pick([0, 0, 15_000, 3_600_000]) : 0;
		this.#known.set(attempt, { settlement, at: this.now, shownAt: this.now + lag });
	}

	#remembered(attempt: string): KnownKey | undefined {
		const known = this.#known.get(attempt);
		return known && this.now - known.at <= keyMemoryMs ? known : undefined;
	}

	#mail(key: string, attempt: string): void {
		this.tale.push(`  mail ${attempt.slice(0, 8)}`);
		this.mails.set(key, (this.mails.get(key) ?? 0) + 1);
		if (this.#mailed.has(attempt) && this.truth === 'drops repeats')
			this.violations.push('accepted twice');
		this.#mailed.add(attempt);
	}

	#drawWeather(): keyof Weather {
		const entries = Object.entries(this.weather) as [keyof Weather, number][];
		let left = this.random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [kind, weight] of entries) if ((left -= weight) < 0) return kind;
		return 'accept';
	}

	/** A request takes its time: others come between. */
	async #travel(atLeast = 0): Promise<void> {
		const more = this.random.chance(0.2) ? this.random.below(40) : this.random.below(6);
		for (let hops = atLeast + more; hops > 0; hops--)
			await new Promise((resolve) => setImmediate(resolve));
	}
}

function never(): Promise<never> {
	return new Promise<never>(() => {});
}
