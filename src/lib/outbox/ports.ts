import type { RelaySettings } from '$lib/domain/settings.ts';
import type { Relay } from '$lib/relay/relay.ts';
import { relayFrom } from '$lib/relay/relays.ts';
import type { Vault } from '$lib/vault/types.ts';

/** What the outbox asks of its surroundings; a test passes a clock, dice and relay of its own. */
export interface OutboxPorts {
	vault: Vault;
	relayFrom: (settings: RelaySettings) => Relay | undefined;
	/** Web Locks; without them the claim's compare-and-set alone keeps deliverers apart. */
	locks: Pick<LockManager, 'request'> | undefined;
	crypto: Pick<Crypto, 'randomUUID'> & { subtle: SubtleCrypto };
	now: () => number;
	sleep: (ms: number) => Promise<void>;
	dice: () => number;
	/** Aborted when this context must hand over (its page is being frozen, its worker retired). */
	stop: AbortSignal;
}

export function outboxPorts(vault: Vault, stop: AbortSignal): OutboxPorts {
	return {
		vault,
		relayFrom,
		locks: globalThis.navigator?.locks,
		crypto: globalThis.crypto,
		now: Date.now,
		sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
		dice: Math.random,
		stop,
	};
}
