import { noted } from '$lib/domain/client-change.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';
import {
	type FurtherField,
	mergedClient,
	type MergeChoices,
	mergesInto,
	unmerged,
} from '$lib/domain/merge.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';
import type { Vault } from '$lib/vault/types.ts';
import { type Changed, stampNow } from '../change-clients.ts';

export interface PairToMerge {
	/** The profile that stays; what the other was sent counts as hers. */
	keptId: string;
	otherId: string;
	/** Addresses and phones that are not kept as further ones. */
	dropped?: ReadonlySet<FurtherField>;
}

const needs = ['clients', 'contacts', 'portalUsers', 'merges', 'clientChanges'] as const;

/**
 * Makes one profile of two. The other's contacts and portal users come along; what it was sent counts
 * as the kept one's from now on. One commit that `unmergeClients` takes back. Throws VaultProblem.
 */
export async function mergeClients(
	vault: Vault,
	pair: PairToMerge,
	choices: MergeChoices,
	{ id, now: at }: { id: string; now: number },
): Promise<Changed> {
	const stamp = stampNow();
	const receipt = await vault.commit(
		(state) => {
			const kept = state.get('clients', pair.keptId);
			const other = state.get('clients', pair.otherId);
			if (!kept || !other || kept === other) return undefined;
			const merged = mergedClient(kept, other, choices, pair.dropped);
			const moved = <Row extends { clientId: string }>(rows: readonly Row[]): Row[] =>
				rows
					.filter((row) => row.clientId === other.id)
					.map((row) => ({ ...row, clientId: kept.id }));
			// Two rows that say of one person and inbox that she has access are one too many.
			const isSelf = (user: PortalUser) =>
				user.id === other.id &&
				user.revokedAt === 0 &&
				normaliseEmailAddress(other.emailAddress) === normaliseEmailAddress(merged.emailAddress);
			const contacts = moved(state.rows('contacts'));
			const portalUsers = moved(state.rows('portalUsers').filter((user) => !isSelf(user)));
			const movedIds = [...contacts, ...portalUsers].map((row) => row.id);
			const merge = {
				...{ id, at, kept, other, merged, movedIds },
				...(choices.size > 0 ? { choices: [...choices] } : {}),
				...(pair.dropped?.size ? { dropped: [...pair.dropped] } : {}),
			};
			return {
				put: {
					clients: [merged],
					contacts,
					portalUsers,
					merges: [merge],
					clientChanges: [noted('merged', [kept, other], stamp)],
				},
				remove: { clients: [other.id] },
			};
		},
		{ what: 'clients merged', count: 2, canUndo: true },
		{ needs },
	);
	return { count: receipt ? 2 : 0, entryId: receipt?.entryId ?? '' };
}

/**
 * Parts two profiles that were merged; what was edited since stays with the kept one. Nothing happens
 * while the kept profile is itself merged into another, or gone. Throws VaultProblem.
 */
export async function unmergeClients(vault: Vault, mergeId: string): Promise<Changed> {
	const stamp = stampNow();
	const receipt = await vault.commit(
		(state) => {
			const merge = state.get('merges', mergeId);
			const now = merge && state.get('clients', merge.kept.id);
			if (!now || state.get('clients', merge.other.id)) return undefined;
			const standing = mergesInto(now, state.rows('merges'));
			const later = standing.slice(standing.indexOf(merge) + 1);
			const { kept, other, laters } = unmerged(merge, now, later);
			const ids = new Set(merge.movedIds);
			const movedBack = <Row extends { id: string; clientId: string }>(
				rows: readonly Row[],
			): Row[] =>
				rows
					.filter((row) => ids.has(row.id) && row.clientId === kept.id)
					.map((row) => ({ ...row, clientId: other.id }));
			return {
				put: {
					clients: [kept, other],
					contacts: movedBack(state.rows('contacts')),
					portalUsers: movedBack(state.rows('portalUsers')),
					merges: laters,
					clientChanges: [noted('parted', [kept, other], stamp)],
				},
				remove: { merges: [mergeId] },
			};
		},
		{ what: 'merged clients parted', count: 2, canUndo: true },
		{ needs },
	);
	return { count: receipt ? 2 : 0, entryId: receipt?.entryId ?? '' };
}
