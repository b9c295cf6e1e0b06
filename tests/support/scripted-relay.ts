import type { Outcome, OutgoingMessage, Settlement } from '$lib/domain/outcome.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { DeviceContext } from './device.ts';

/** One POST as the relay saw it. */
export interface SeenRequest {
	key: string;
	address: string;
	/** 1 for the first request of all. */
	count: number;
	message: OutgoingMessage;
}

export const accepted: Outcome = { kind: 'accepted', detail: 'The relay took the message.' };

/**
 * A relay whose every answer a test writes. With keys it drops repeats and can be asked; without,
 * every request that it takes is a mail, and it can be asked only where a test says so.
 */
export class ScriptedRelay {
	readonly requests: SeenRequest[] = [];
	/** Addresses of the mails that really left. */
	readonly mails: string[] = [];
	isReachable = true;
	/** What is answered; `accepted` means that the mail left. It may throw, or never answer. */
	answer: (request: SeenRequest) => Outcome | Promise<Outcome> = () => accepted;
	/** Called once the mail has left and before the answer does: where a tab may die. */
	onTaken: (request: SeenRequest) => void | Promise<void> = () => {};
	/** In place of what it knows of a key. */
	word: ((key: string) => Settlement | undefined) | undefined;
	asked = 0;
	readonly #known = new Map<string, 'accepted' | 'refused'>();

	constructor(
		readonly hasKeys = true,
		readonly canBeAsked = hasKeys,
	) {}

	/** The relay as one context sees it; the answer to a dead one reaches nobody. */
	seenBy(context: DeviceContext): Relay {
		const answered = async <Result>(task: () => Promise<Result>): Promise<Result> => {
			const result = await task();
			return context.isDead ? new Promise<never>(() => {}) : result;
		};
		return {
			dropsRepeats: this.hasKeys,
			keyMemoryMs: this.hasKeys ? 30 * 86_400_000 : 0,
			reach: () => answered(async () => this.isReachable),
			send: (message, key) => answered(() => this.#take(message, key)),
			health: async () => ({ kind: 'well', sender: 'relay@example.com', delivers: true }),
			...(this.canBeAsked ? { ask: (key: string) => answered(() => this.#ask(key)) } : {}),
		};
	}

	async #take(message: OutgoingMessage, key: string): Promise<Outcome> {
		const { address } = message.to;
		const request = { key, address, count: this.requests.length + 1, message };
		this.requests.push(request);
		const known = this.hasKeys ? this.#known.get(key) : undefined;
		if (known === 'accepted') return accepted;
		if (known === 'refused') return { kind: 'refused', detail: 'As before.' };
		const outcome = await this.answer(request);
		if (outcome.kind === 'refused') this.#known.set(key, 'refused');
		if (outcome.kind === 'accepted') {
			this.#known.set(key, 'accepted');
			this.mails.push(address);
			await this.onTaken(request);
		}
		return outcome;
	}

	async #ask(key: string): Promise<Settlement> {
		this.asked++;
		return this.word?.(key) ?? this.#known.get(key) ?? 'never-seen';
	}
}
