import { settingsFrom } from '$lib/domain/settings.ts';
import { lazyRelay } from './lazy-relay.ts';
import type { RelayMakers } from './relays.ts';

const traits = { dropsRepeats: false, keyMemoryMs: 0, canBeAsked: false };

/** For a page: each kind's code is fetched when it is chosen. */
export const pageRelays: RelayMakers = {
	emailjs: (rows) =>
		lazyRelay(traits, async () =>
			(await import('./emailjs.ts')).emailJsRelay(settingsFrom(rows, 'emailjs')),
		),
	gmail: (_, signIn) =>
		lazyRelay(traits, async () => (await import('./gmail.ts')).gmailRelay(signIn)),
	microsoft: (rows, signIn) =>
		lazyRelay(traits, async () =>
			(await import('./microsoft.ts')).microsoftRelay(settingsFrom(rows, 'microsoft'), signIn),
		),
	jmap: (rows) =>
		lazyRelay({ ...traits, canBeAsked: true }, async () =>
			(await import('./jmap.ts')).jmapRelay(settingsFrom(rows, 'jmap')),
		),
};
