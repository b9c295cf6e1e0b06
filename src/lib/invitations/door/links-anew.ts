import { isEqual } from '$lib/domain/equal.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { payloadOf, readWelcomeToken, type WelcomeClaims } from '$lib/domain/welcome-token.ts';
import { tokenOf } from '$lib/domain/welcome-link.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openDoor, type LinkedInvitation } from './door.ts';

/**
 * Signed links as they would be made now, in their order. One that says the same already stays as it is, as
 * does every link once the door is closed: a signature cannot be made without it. Throws VaultProblem.
 */
export async function linksAnew(
	vault: Vault,
	links: readonly (LinkedInvitation & { link: string })[],
	now = Date.now(),
): Promise<string[]> {
	const state = await vault.load('settings', 'professionals');
	const rows = state.rows('settings');
	const door = await openDoor(vault, {
		settings: settingsFrom(rows, 'portal-door'),
		practice: settingsFrom(rows, 'practice'),
		professionals: state.rows('professionals'),
		now,
	});
	return Promise.all(
		links.map(async (one) => {
			if (!door) return one.link;
			const read = readWelcomeToken(tokenOf(one.link));
			const isSame = read.kind === 'read' && saysSame(read.token.claims, door.claimsOf(one));
			return isSame ? one.link : door.linkOf(one);
		}),
	);
}

function saysSame(a: WelcomeClaims, b: WelcomeClaims): boolean {
	// When it was made is no news to anybody.
	return isEqual(payloadOf({ ...a, iat: 0 }), payloadOf({ ...b, iat: 0 }));
}
