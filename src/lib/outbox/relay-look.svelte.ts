/** What came of the last look whether the relay can be reached, made by this page. */
class RelayLook {
	#isReachable = $state(true);
	#nextAt = $state(0);

	/** False from the first look in vain until one succeeds. */
	get isReachable(): boolean {
		return this.#isReachable;
	}

	/** When the next look is due, epoch milliseconds; 0 when none is needed. */
	get nextAt(): number {
		return this.#nextAt;
	}

	/** Called after every delivery. */
	note(isReachable: boolean, nextAt: number | undefined): void {
		this.#isReachable = isReachable;
		this.#nextAt = isReachable ? 0 : (nextAt ?? 0);
	}
}

/** The relay's reachability as a rune. */
export const relayLook = new RelayLook();
