import type { RelaySettings } from '$lib/domain/settings.ts';
import { porticoRelay } from './portico.ts';
import type { Relay } from './relay.ts';

/** The relay that the settings name; undefined when none is set up. */
export function relayFrom(settings: RelaySettings): Relay | undefined {
	switch (settings.kind) {
		case '':
			return undefined;
		case 'portico':
			return settings.url === '' ? undefined : porticoRelay(settings);
	}
}
