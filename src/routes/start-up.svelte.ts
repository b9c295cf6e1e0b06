import { keepDelivering } from '$lib/outbox/wake.ts';
import { watchOver } from '$lib/outbox/witness.ts';
import { discoverRelay } from '$lib/settings/discover-relay.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';

/** Opens the vault and sets the outbox going; what went wrong stands in its fields, for the frame to say. */
export class StartUp {
	/** Why nothing could be opened; '' when it could. */
	failure = $state('');
	/** What part of the data could not be read. */
	damage = $state('');
	/** The database is empty, and this device remembers that it was not. */
	isLost = $state(false);
	/** The browser took the database away while this page was open. */
	isTakenAway = $state(false);

	/** Returns a function that stops the outbox in this page. */
	run(): () => void {
		let stopDelivering: (() => void) | undefined;
		let isGone = false;
		const start = async () => {
			const vault = await theVault().catch((error: unknown) => {
				this.failure = wordsOf(error);
			});
			if (!vault) return;
			vault.whenLost(() => {
				this.isTakenAway = true;
				stopDelivering?.();
			});
			this.isLost = (await watchOver(vault, Date.now())) === 'gone';
			// After a loss nothing is written until the person has answered: the loss must not look mended.
			if (!this.isLost) void discoverRelay(vault);
			const stop = await keepDelivering(vault);
			if (isGone) stop();
			else stopDelivering = stop;
		};
		start().catch((error: unknown) => (this.damage = wordsOf(error)));
		return () => {
			isGone = true;
			stopDelivering?.();
		};
	}
}

function wordsOf(error: unknown): string {
	if (error instanceof VaultProblem) return error.message;
	const name = error instanceof Error ? ` (${error.name})` : '';
	return `Something unexpected stopped it${name}. Nothing was changed. Reload to try again.`;
}
