import type { Client } from '$lib/domain/client.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { repeatedBy } from '$lib/domain/message.ts';
import { isWelcomeLink } from '$lib/domain/welcome-link.ts';
import type { Vault } from '$lib/vault/types.ts';
import { invitationLinkFor } from './door.ts';
import { doorOf, type LinkedLetter } from './user-links.ts';

/**
 * The link of an invitation, to be handed over: the very one that was sent last, where it was signed, else
 * one as links are now. `client` as she is written to. Throws VaultProblem.
 */
export async function linkToCopy(
	vault: Vault,
	invitation: Invitation,
	client: Client,
	letter: LinkedLetter,
	now: number,
): Promise<string> {
	const state = await vault.load('messages', 'letters');
	const carriers = state
		.rows('messages')
		.filter(
			(message) =>
				message.id === invitation.messageId || repeatedBy(message).includes(invitation.id),
		)
		.sort((a, b) => b.queuedAt - a.queuedAt);
	for (const { letterId, fields } of carriers) {
		const names = state.get('letters', letterId)?.fieldNames ?? [];
		const link = fields[names.indexOf('invitation link')] ?? '';
		if (isWelcomeLink(link)) return link;
	}
	const { code, expiresAt } = invitation;
	const door = await doorOf(vault, letter, now);
	return invitationLinkFor(door, letter.practice, { client, code, expiresAt });
}
