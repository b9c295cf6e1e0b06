import type { SettingsRow } from '$lib/domain/settings.ts';
import type { Relay } from '$lib/relay/relay.ts';
import { relayFrom, type RelayMakers } from '$lib/relay/relays.ts';
import { signInKeeper } from '$lib/vault/sign-in-keeper.ts';
import type { Vault } from '$lib/vault/types.ts';

/** What the outbox asks of its surroundings; a test passes a clock, dice and relay of its own. */
export interface OutboxPorts {
	vault: Vault;
	relayFrom: (settings: readonly SettingsRow[]) => Relay | undefined;
	/** Web Locks; without them the claim's compare-and-set alone keeps deliverers apart. */
	locks: Pick<LockManager, 'request'> | undefined;
	crypto: Pick<Crypto, 'randomUUID'> & { subtle: SubtleCrypto };
	now: () => number;
	sleep: (ms: number) => Promise<void>;
	dice: () => number;
	/** Aborted when this context must hand over (its page is being frozen, its worker retired). */
	stop: AbortSignal;
}

/** `makers`: a page fetches a relay's code when it is needed, a service worker has it at hand. */
export function outboxPorts(vault: Vault, stop: AbortSignal, makers: RelayMakers): OutboxPorts {
	return {
		vault,
		relayFrom: (settings) => relayFrom(settings, signInKeeper(vault), makers),
		locks: globalThis.navigator?.locks,
		crypto: globalThis.crypto,
		now: Date.now,
		sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
		dice: Math.random,
		stop,
	};
}
