import type { Client } from '$lib/domain/client.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import type { MadeLink } from '$lib/domain/invite.ts';
import type { InvitationSettings, PracticeSettings } from '$lib/domain/settings/practice.ts';
import type { PortalDoorSettings } from '$lib/domain/settings/portal-door.ts';
import type { Vault } from '$lib/vault/types.ts';
import { drawCodes } from '../random-codes.ts';
import { makeLinks, openDoor, type Door } from './door.ts';

/** What is sent, as far as links go. */
export interface LinkedLetter {
	practice: PracticeSettings;
	invitation: Pick<InvitationSettings, 'expiryDays'>;
	/** Where links go, where not to the portal's own address. */
	door?: PortalDoorSettings;
}

/** Code and link by normalised inbox. */
export type LinkOfInbox = (inbox: string) => MadeLink | undefined;

const dayMs = 24 * 60 * 60 * 1000;

/** The door of what is sent now; undefined where links go to the portal. Throws VaultProblem. */
export async function doorOf(
	vault: Vault,
	{ practice, door: settings }: Pick<LinkedLetter, 'practice' | 'door'>,
	now: number,
): Promise<Door | undefined> {
	if (!settings?.isOn) return undefined;
	const professionals = (await vault.load('professionals')).rows('professionals');
	return openDoor(vault, { settings, practice, professionals, now });
}

/**
 * Links made before the commit that queues them, for the few people of one client; each as she is written
 * to, by name and address. Of two who share an inbox the first counts. Throws VaultProblem.
 */
export async function linksMadeFor(
	vault: Vault,
	letter: LinkedLetter,
	people: readonly Client[],
	now: number,
): Promise<LinkOfInbox | undefined> {
	const door = await doorOf(vault, letter, now);
	if (!door) return undefined;
	const firstAt = new Map<string, Client>();
	for (const client of people) {
		const inbox = normaliseEmailAddress(client.emailAddress);
		if (!firstAt.has(inbox)) firstAt.set(inbox, client);
	}
	const rows = [...firstAt].map(([clientId, client]) => ({ clientId, client }));
	const expiresAt = () => now + letter.invitation.expiryDays * dayMs;
	const made = await makeLinks(door, rows, drawCodes(rows.length), expiresAt);
	return (inbox) => made.get(inbox);
}
