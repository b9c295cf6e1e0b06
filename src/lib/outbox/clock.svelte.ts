import { createSubscriber } from 'svelte/reactivity';

const tickMs = 1_000;

class Clock {
	#subscribe = createSubscriber((update) => {
		const timer = setInterval(update, tickMs);
		return () => clearInterval(timer);
	});

	/** Now, by the second, as a rune. Epoch milliseconds. */
	get now(): number {
		this.#subscribe();
		return Date.now();
	}
}

/** Ticks only while a screen looks at it. */
export const clock = new Clock();
