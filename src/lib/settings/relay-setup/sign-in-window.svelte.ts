import type { BegunSignIn, SignInAnswer, SignInOutcome } from '$lib/relay/sign-in.ts';

/**
 * A vendor's sign-in in a window of its own. The answer comes over a channel of our own origin: the
 * vendors' pages cut the window off from this one, so that it can neither speak nor be watched.
 */
export class SignInWindow {
	#begun = $state.raw<BegunSignIn>();
	#isWaiting = $state(false);
	#isBlocked = $state(false);
	#channel: BroadcastChannel | undefined;
	#begin: (() => BegunSignIn | Promise<BegunSignIn>) | undefined;
	readonly #onend: (outcome: SignInOutcome) => Promise<void>;

	constructor(onend: (outcome: SignInOutcome) => Promise<void>) {
		this.#onend = onend;
	}

	/** The other window is open, as far as can be known. */
	get isWaiting(): boolean {
		return this.#isWaiting;
	}

	/** The browser let no window open; a link to this address does. '' when it did. */
	get blockedUrl(): string {
		return this.#isBlocked ? (this.#begun?.url ?? '') : '';
	}

	/** Beforehand, so that nothing stands between the press and the window: browsers block those. */
	async prepare(begin: () => BegunSignIn | Promise<BegunSignIn>): Promise<void> {
		this.#begin = begin;
		const begun = await begin();
		// Typing goes on while a challenge is made: only the last one counts.
		if (this.#begin === begin && !this.#isWaiting) this.#begun = begun;
	}

	open(): void {
		const begun = this.#begun;
		if (!begun) return;
		this.#listen(begun);
		const opened = window.open(begun.url, '_blank', 'popup,width=520,height=720');
		this.#isWaiting = true;
		this.#isBlocked = opened === null;
	}

	cancel(): void {
		this.#channel?.close();
		this.#channel = undefined;
		this.#isWaiting = false;
		this.#isBlocked = false;
	}

	#listen(begun: BegunSignIn): void {
		this.cancel();
		const channel = new BroadcastChannel('portico-sign-in');
		this.#channel = channel;
		channel.onmessage = ({ data }: MessageEvent<{ answer?: SignInAnswer }>) => {
			const { answer } = data;
			if (answer?.state !== begun.state) return;
			channel.postMessage({ taken: begun.state });
			this.cancel();
			void begun.finish(answer).then(this.#onend);
			// Each sign-in has a secret of its own.
			if (this.#begin) void this.prepare(this.#begin);
		};
	}
}
