import type { RelayKind } from '$lib/domain/settings/relay.ts';
import { isRelaySetUp } from '$lib/domain/settings/relay.ts';
import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import { porticoRelay } from './portico.ts';
import type { Relay, SignInKeeper } from './relay.ts';

/** Makes the relay of a kind from the settings. */
export type RelayMakers = Record<
	Exclude<RelayKind, 'portico' | 'by-hand'>,
	(rows: readonly SettingsRow[], signIn: SignInKeeper) => Relay
>;

/** The relay that the settings name; undefined when none is set up, or messages are handed over by hand. */
export function relayFrom(
	rows: readonly SettingsRow[],
	signIn: SignInKeeper,
	makers: RelayMakers,
): Relay | undefined {
	const relay = settingsFrom(rows, 'relay');
	if (!isRelaySetUp(relay)) return undefined;
	switch (relay.kind) {
		case '':
		case 'by-hand':
			return undefined;
		case 'portico':
			return porticoRelay(relay);
		default:
			return makers[relay.kind](rows, signIn);
	}
}
