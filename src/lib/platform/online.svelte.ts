import { createSubscriber } from 'svelte/reactivity';

/** A lost connection is spoken of only after this long: most come back before anyone would have noticed. */
const patienceMs = 5_000;

class Connection {
	#isLong = false;
	#subscribe = createSubscriber((update) => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const look = () => {
			clearTimeout(timer);
			this.#isLong = false;
			if (!navigator.onLine) {
				timer = setTimeout(() => {
					this.#isLong = true;
					update();
				}, patienceMs);
			}
			update();
		};
		look();
		addEventListener('online', look);
		addEventListener('offline', look);
		return () => {
			clearTimeout(timer);
			removeEventListener('online', look);
			removeEventListener('offline', look);
		};
	});

	/** What the browser believes; true is no promise that anything can be reached. */
	get isOnline(): boolean {
		this.#subscribe();
		return navigator.onLine;
	}

	/** Offline for five seconds or more. */
	get isOfflineForLong(): boolean {
		this.#subscribe();
		return !navigator.onLine && this.#isLong;
	}
}

/** The network as a rune. */
export const connection = new Connection();
