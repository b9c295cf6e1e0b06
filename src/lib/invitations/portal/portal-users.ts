import { cancel } from '$lib/domain/by-hand.ts';
import type { Client } from '$lib/domain/client.ts';
import {
	addressee,
	clientAsUser,
	ownPortalUser,
	type PortalPermission,
	type PortalUser,
} from '$lib/domain/portal-user.ts';
import type { CommitReceipt, Snapshot, Vault } from '$lib/vault/types.ts';
import { linksMadeFor, type LinkOfInbox } from '../door/user-links.ts';
import {
	type InviteOutcome,
	needs,
	type PortalLetter,
	type PortalPorts,
	queueUsers,
} from './queue-users.ts';

/** The user's row, or the client herself as her own first user. */
export function portalUserIn(state: Snapshot, client: Client, userId: string): PortalUser {
	const row = state.get('portalUsers', userId);
	if (userId === client.id) return clientAsUser(client, row);
	return row ?? { ...ownPortalUser(client), id: userId };
}

export interface AddedUser {
	/** Undefined where no invitation was asked for. */
	outcome: InviteOutcome | undefined;
	/** Undoes it; '' where nothing was added. */
	entryId: string;
}

/** Adds a portal user of a client and queues the invitation, as one commit. Throws VaultProblem. */
export async function addPortalUser(
	vault: Vault,
	user: PortalUser,
	letter: PortalLetter | undefined,
	ports: PortalPorts,
): Promise<AddedUser> {
	let outcome: InviteOutcome | undefined;
	const linkOf = letter && (await linkOfUser(vault, user.clientId, () => user, letter, ports.now));
	const receipt = await vault.commit(
		(state) => {
			const client = state.get('clients', user.clientId);
			if (!client) {
				outcome = { kind: 'declined', why: 'gone' };
				return undefined;
			}
			const queued = letter && queueUsers(state, client, [user], letter, ports, linkOf);
			outcome = queued?.outcome;
			return { put: { portalUsers: [user], ...queued?.put } };
		},
		{ what: 'portal user added', count: 1, canUndo: true },
		{ needs, isStrict: true },
	);
	return { outcome, entryId: receipt?.entryId ?? '' };
}

/** Queues the first invitation of a portal user who is known already. Throws VaultProblem. */
export async function invitePortalUser(
	vault: Vault,
	clientId: string,
	userId: string,
	letter: PortalLetter,
	ports: PortalPorts,
): Promise<InviteOutcome> {
	let outcome: InviteOutcome = { kind: 'declined', why: 'gone' };
	const userOf = (state: Snapshot, client: Client) => portalUserIn(state, client, userId);
	const linkOf = await linkOfUser(vault, clientId, userOf, letter, ports.now);
	await vault.commit(
		(state) => {
			const client = state.get('clients', clientId);
			if (!client) return undefined;
			const user = userOf(state, client);
			const queued = queueUsers(state, client, [user], letter, ports, linkOf);
			outcome = queued.outcome;
			return queued.put && { put: queued.put };
		},
		{ what: 'invitations queued', count: 1 },
		{ needs, isStrict: true },
	);
	return outcome;
}

async function linkOfUser(
	vault: Vault,
	clientId: string,
	userOf: (state: Snapshot, client: Client) => PortalUser,
	letter: PortalLetter,
	now: number,
): Promise<LinkOfInbox | undefined> {
	const state = await vault.load(...needs);
	const client = state.get('clients', clientId);
	if (!client) return undefined;
	const { id, name, emailAddress } = userOf(state, client);
	const person = id === client.id ? client : addressee(client, name, emailAddress);
	return linksMadeFor(vault, letter, [person], now);
}

/**
 * Takes back a user who was just added; an invitation that has not left is called back. Throws
 * VaultProblem.
 */
export async function undoAddedUser(
	vault: Vault,
	entryId: string,
	now: number,
): Promise<{ hasLeft: boolean }> {
	let hasLeft = false;
	await vault.undo(
		entryId,
		{ what: 'portal user taken back', count: 1 },
		{
			// Letters, secrets and what was sent outlive a user.
			keeps: (_now, name) => name !== 'portalUsers',
			needs: ['portalUsers', 'messages'],
			also: (state, { steps: [{ stays }] }) => {
				const added = stays.filter(({ name, isNew }) => name === 'messages' && isNew);
				const messages = added.flatMap(({ id }) => state.get('messages', id) ?? []);
				const cancelled = messages.flatMap((message) => cancel(message, now) ?? []);
				hasLeft = cancelled.length < messages.length;
				return { put: { messages: cancelled } };
			},
		},
	);
	return { hasLeft };
}

/** Sets what a user may see. One commit that can be undone. Throws VaultProblem. */
export function permit(
	vault: Vault,
	clientId: string,
	userId: string,
	permissions: readonly PortalPermission[],
): Promise<CommitReceipt | undefined> {
	return vault.commit(
		(state) => {
			const client = state.get('clients', clientId);
			if (!client) return undefined;
			return { put: { portalUsers: [{ ...portalUserIn(state, client, userId), permissions }] } };
		},
		{ what: 'portal user changed', count: 1, canUndo: true },
		{ needs: ['clients', 'portalUsers'] },
	);
}
