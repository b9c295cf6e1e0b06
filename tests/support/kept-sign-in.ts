import { defaultSettings } from '$lib/domain/settings.ts';
import type { SignIn } from '$lib/domain/settings/relay.ts';
import type { SignInKeeper } from '$lib/relay/relay.ts';

/** A sign-in kept in memory; `saved` is every renewal, in order. */
export class KeptSignIn implements SignInKeeper {
	readonly saved: SignIn[] = [];
	current: SignIn;

	constructor(signIn: Partial<SignIn> = {}) {
		this.current = { ...defaultSettings['sign-in'], ...signIn };
	}

	async read(): Promise<SignIn> {
		return this.current;
	}

	async save(next: SignIn): Promise<void> {
		this.saved.push(next);
		this.current = next;
	}
}
