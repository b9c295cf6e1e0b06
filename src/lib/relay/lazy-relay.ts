import type { Relay } from './relay.ts';
import { trouble } from './network.ts';

const notLoaded = 'A part of Portico could not be loaded. Check your connection and reload.';

/**
 * A relay whose code is fetched when it is first used, so that the start screen never waits for it.
 * What is known of it beforehand is said at once. Not for a service worker, which may not `import()`.
 */
export function lazyRelay(
	traits: Pick<Relay, 'dropsRepeats' | 'keyMemoryMs'> & { canBeAsked: boolean },
	load: () => Promise<Relay>,
): Relay {
	const { canBeAsked, ...rest } = traits;
	async function using<T>(use: (relay: Relay) => Promise<T>, otherwise: T): Promise<T> {
		let relay: Relay;
		try {
			relay = await load();
		} catch {
			return otherwise;
		}
		return use(relay);
	}
	return {
		...rest,
		reach: () => using((relay) => relay.reach(), false),
		send: (message, key) =>
			using((relay) => relay.send(message, key), { kind: 'unreachable', detail: notLoaded }),
		...(canBeAsked
			? {
					ask: (key: string) =>
						using(async (relay) => (await relay.ask?.(key)) ?? 'no-answer', 'no-answer'),
				}
			: {}),
		health: () => using((relay) => relay.health(), trouble(notLoaded)),
	};
}
