/** What came of this page's last try to deliver: whether the relay could be reached, and the disk took it. */
class RelayLook {
	#isReachable = $state(true);
	#trouble = $state('');
	#nextAt = $state(0);

	/** False from the first look in vain until one succeeds. */
	get isReachable(): boolean {
		return this.#isReachable;
	}

	/** Why the disk refused what must be noted before a message leaves, in words; '' when it did not. */
	get trouble(): string {
		return this.#trouble;
	}

	/** When the next look is due, epoch milliseconds; 0 when none is needed. */
	get nextAt(): number {
		return this.#nextAt;
	}

	/** Called after every delivery. */
	note(isReachable: boolean, nextAt: number | undefined): void {
		this.#trouble = '';
		this.#isReachable = isReachable;
		this.#nextAt = isReachable ? 0 : (nextAt ?? 0);
	}

	/** Called when a delivery stopped at the disk; the relay itself was not found out of reach. */
	noteTrouble(trouble: string, nextAt: number): void {
		this.#trouble = trouble;
		this.#isReachable = true;
		this.#nextAt = nextAt;
	}
}

/** The relay's reachability as a rune. */
export const relayLook = new RelayLook();
