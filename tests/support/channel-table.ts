/** One device's broadcast channels. Node's own cannot carry a CryptoKey to several listeners; a browser's can. */
export class ChannelTable {
	readonly #open = new Map<string, Set<Channel>>();

	open(name: string): BroadcastChannel {
		const others = this.#open.get(name) ?? new Set();
		this.#open.set(name, others);
		const channel = new Channel(others);
		others.add(channel);
		return channel as unknown as BroadcastChannel;
	}
}

class Channel extends EventTarget {
	readonly #all: Set<Channel>;

	constructor(all: Set<Channel>) {
		super();
		this.#all = all;
	}

	postMessage(data: unknown): void {
		if (!this.#all.has(this)) throw new Error('This channel is closed');
		for (const other of this.#all) if (other !== this) setTimeout(() => other.#hear(data));
	}

	close(): void {
		this.#all.delete(this);
	}

	#hear(data: unknown): void {
		if (this.#all.has(this)) this.dispatchEvent(new MessageEvent('message', { data }));
	}
}
