import { cancel } from '$lib/domain/by-hand.ts';
import { endsPutBack } from '$lib/domain/extension.ts';
import { type ClientChange, noted, type Stamp } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import { idsOf } from '$lib/domain/former-ids.ts';
import type { Message } from '$lib/domain/message.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';
import type { CommitReceipt, Snapshot, UndoReceipt, Vault } from '$lib/vault/types.ts';
import { portalUserIn } from './portal-users.ts';
import { needs } from './queue-users.ts';

export type PortalFact = 'joinedAt' | 'bouncedAt' | 'revokedAt';

const noteOf: Record<PortalFact, ClientChange['what']> = {
	joinedAt: 'marked-joined',
	bouncedAt: 'marked-bounced',
	revokedAt: 'revoked',
};

const stampNow = (): Stamp => ({ id: crypto.randomUUID(), at: Date.now() });

/**
 * 'Mark as joined', 'Mark as bounced', 'Revoke', or takes such a mark back (`at` 0). What is revoked and
 * has not left is called back. One commit that can be undone. Throws VaultProblem.
 */
export function markPortalUser(
	vault: Vault,
	clientId: string,
	userId: string,
	fact: PortalFact,
	at: number,
): Promise<CommitReceipt | undefined> {
	const stamp = stampNow();
	return vault.commit(
		(state) => {
			const client = state.get('clients', clientId);
			if (!client) return undefined;
			const user = { ...portalUserIn(state, client, userId), [fact]: at };
			// What the report looks at stands on the client herself.
			const clients = userId === clientId ? [marked(client, fact, at)] : [];
			const messages =
				fact === 'revokedAt' && at > 0 ? calledBack(state, idsOf(client), user, at) : [];
			const invitations = endsPutBack(messages, state.rows('messages'), state.rows('invitations'));
			const clientChanges = [noted(at > 0 ? noteOf[fact] : 'unmarked', [client], stamp)];
			return { put: { portalUsers: [user], clients, messages, invitations, clientChanges } };
		},
		{ what: 'portal user marked', count: 1, canUndo: true },
		{ needs: [...needs, 'clientChanges'], isStrict: true },
	);
}

/** What was called back with a mark stays called back. */
export function undoMark(vault: Vault, clientId: string, entryId: string): Promise<UndoReceipt> {
	const stamp = stampNow();
	return vault.undo(
		entryId,
		{ what: 'mark taken back', count: 1 },
		{
			// The history goes on.
			keeps: (_now, name) => ['messages', 'invitations', 'clientChanges'].includes(name),
			needs: ['clientChanges'],
			also: () => ({ put: { clientChanges: [noted('unmarked', [{ id: clientId }], stamp)] } }),
		},
	);
}

function marked(client: Client, fact: PortalFact, at: number): Client {
	if (fact === 'bouncedAt') return { ...client, hasBounced: at > 0 };
	if (fact === 'revokedAt') {
		const { portalRevokedAt: _before, ...rest } = client;
		return at > 0 ? { ...rest, portalRevokedAt: at } : rest;
	}
	const next = { ...client, hasJoinedPortal: at > 0 };
	// From now on a person said so, and no file.
	delete next.joinedSource;
	return next;
}

function calledBack(
	state: Snapshot,
	clientIds: readonly string[],
	user: PortalUser,
	now: number,
): Message[] {
	const inbox = normaliseEmailAddress(user.emailAddress);
	return state.rows('messages').flatMap((message) => {
		const isOpen = message.state === 'queued' || message.state === 'held';
		const isTheirs =
			clientIds.includes(message.clientId) && normaliseEmailAddress(message.toAddress) === inbox;
		return isOpen && isTheirs ? (cancel(message, now) ?? []) : [];
	});
}
