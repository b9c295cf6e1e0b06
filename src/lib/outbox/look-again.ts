import type { HeldReason, Message } from '$lib/domain/message.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { standsAgainst } from '$lib/domain/standing-against.ts';
import type { Snapshot } from '$lib/vault/types.ts';

/** Collections that `lookAgain` reads. */
export const lookedAt = ['clients', 'invitations'] as const;

/**
 * What stands by now against the clients of a queued message; '' when nothing does. Looked at in the
 * very commit that claims it, so that no automatic path emails whom the report leaves out.
 */
export function lookAgain(state: Snapshot, message: Message): HeldReason | '' {
	const clientIds = new Set([message.clientId]);
	const carried = carriedBy(state.rows('invitations')).get(message.id);
	for (const clientId of carried ?? []) clientIds.add(clientId);
	const clients = [...clientIds].map((id) => state.get('clients', id));
	return standsAgainst(message, clients);
}

const carriedByInvitations = new WeakMap<readonly Invitation[], Map<string, string[]>>();

/** Client ids by message; read once as long as no invitation changes, however many messages leave. */
function carriedBy(invitations: readonly Invitation[]): Map<string, string[]> {
	const known = carriedByInvitations.get(invitations);
	if (known) return known;
	const carried = new Map<string, string[]>();
	for (const { messageId, clientId } of invitations) {
		const others = carried.get(messageId);
		if (others) others.push(clientId);
		else carried.set(messageId, [clientId]);
	}
	carriedByInvitations.set(invitations, carried);
	return carried;
}
