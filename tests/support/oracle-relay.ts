import type { Outcome, OutgoingMessage, Settlement } from '$lib/domain/outcome.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { Random } from './random.ts';

/** How often each thing happens to a request, in parts of their sum. */
export type Weather = Record<
	| 'accept'
	| 'refuse'
	| 'relay-refuse'
	| 'throttle'
	| 'lose before'
	| 'lose after'
	| 'fail before'
	| 'in doubt',
	number
>;

export const fairWeather: Weather = {
	accept: 1,
	refuse: 0,
	'relay-refuse': 0,
	throttle: 0,
	'lose before': 0,
	'lose after': 0,
	'fail before': 0,
	'in doubt': 0,
};

/**
 * A relay that knows the truth: how many mails each address really got. With keys it drops repeats
 * and can be asked; without, every accepted request is a mail.
 */
export class OracleRelay {
	/** Mails that really left, by address. */
	readonly mails = new Map<string, number>();
	readonly refusedAddresses = new Set<string>();
	isOnline = true;
	weather: Weather = fairWeather;
	readonly #byKey = new Map<string, Settlement | 'under-way'>();

	constructor(
		readonly random: Random,
		readonly hasKeys: boolean,
	) {}

	/** The relay as one context sees it. `isAlive` false: the answer reaches nobody. */
	seenBy(context: { step(): boolean; isDead: boolean }): Relay {
		const answered = async <Result>(task: () => Promise<Result>): Promise<Result> => {
			if (!context.step()) return new Promise<never>(() => {});
			const result = await task();
			return context.isDead || !context.step() ? new Promise<never>(() => {}) : result;
		};
		const relay: Relay = {
			dropsRepeats: this.hasKeys,
			keyMemoryMs: 30 * 86_400_000,
			reach: () => answered(async () => this.isOnline),
			send: (message, key) => answered(() => this.#send(message, key)),
			health: () => Promise.resolve({ kind: 'well', sender: 'oracle@example.com', delivers: true }),
		};
		if (this.hasKeys) relay.ask = (key) => answered(() => this.#ask(key));
		return relay;
	}

	async #ask(key: string): Promise<Settlement> {
		await this.#travel();
		if (!this.isOnline) return 'no-answer';
		const known = this.#byKey.get(key);
		return known === 'under-way' ? 'no-answer' : (known ?? 'never-seen');
	}

	async #send(message: OutgoingMessage, key: string): Promise<Outcome> {
		const { address } = message.to;
		await this.#travel();
		if (!this.isOnline) return { kind: 'unknown', detail: 'lost on the way' };
		const known = this.hasKeys ? this.#byKey.get(key) : undefined;
		if (known === 'under-way' || known === 'in-doubt') return { kind: 'unknown', detail: known };
		if (known === 'accepted') return { kind: 'accepted', detail: 'again' };
		if (known === 'refused') return { kind: 'refused', detail: 'again' };
		const weather = this.#drawWeather();
		switch (weather) {
			case 'refuse':
				this.#byKey.set(key, 'refused');
				this.refusedAddresses.add(address);
				return { kind: 'refused', detail: 'no such inbox' };
			case 'relay-refuse':
				return { kind: 'relay-refused', detail: 'quota' };
			case 'throttle':
				return { kind: 'throttled', detail: 'limit', untilMs: 1 + this.random.below(90_000) };
			case 'lose before':
				return { kind: 'unknown', detail: 'dropped' };
			case 'fail before':
				return { kind: 'unknown', detail: '500' };
			case 'in doubt': {
				if (!this.hasKeys) return { kind: 'unknown', detail: '502' };
				this.#byKey.set(key, 'in-doubt');
				if (this.random.chance(0.5)) this.#mail(address);
				return { kind: 'unknown', detail: 'in doubt' };
			}
			case 'accept':
			case 'lose after': {
				this.#byKey.set(key, 'under-way');
				await this.#travel();
				this.#byKey.set(key, 'accepted');
				this.#mail(address);
				await this.#travel();
				return this.isOnline && weather === 'accept'
					? { kind: 'accepted', detail: '' }
					: { kind: 'unknown', detail: 'answer lost' };
			}
		}
	}

	#mail(address: string): void {
		this.mails.set(address, (this.mails.get(address) ?? 0) + 1);
	}

	#drawWeather(): keyof Weather {
		const entries = Object.entries(this.weather) as [keyof Weather, number][];
		let left = this.random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [kind, weight] of entries) if ((left -= weight) < 0) return kind;
		return 'accept';
	}

	/** A request takes its time: others come between. */
	async #travel(): Promise<void> {
		const hops = this.random.chance(0.2) ? this.random.below(40) : this.random.below(6);
		for (let i = 0; i < hops; i++) await new Promise((resolve) => setImmediate(resolve));
	}
}
