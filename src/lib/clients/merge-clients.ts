import { type MergeChoices, mergedClient, unmerged } from '$lib/domain/merge.ts';
import type { Vault } from '$lib/vault/types.ts';
import { type Changed, noted } from './change-clients.ts';

/**
 * Makes one profile of two. The other's contacts and portal users come along; what it was sent counts
 * as the kept one's from now on. One commit that can be undone, and be parted again later. Throws VaultProblem.
 */
export async function mergeClients(
	vault: Vault,
	pair: { keptId: string; otherId: string },
	choices: MergeChoices,
	{ id, now: at }: { id: string; now: number },
): Promise<Changed> {
	const receipt = await vault.commit(
		(state) => {
			const kept = state.get('clients', pair.keptId);
			const other = state.get('clients', pair.otherId);
			if (!kept || !other || kept === other) return undefined;
			const merged = mergedClient(kept, other, choices);
			const moved = <Row extends { clientId: string }>(rows: readonly Row[]): Row[] =>
				rows
					.filter((row) => row.clientId === other.id)
					.map((row) => ({ ...row, clientId: kept.id }));
			const contacts = moved(state.rows('contacts'));
			const portalUsers = moved(state.rows('portalUsers'));
			const movedIds = [...contacts, ...portalUsers].map((row) => row.id);
			return {
				put: {
					clients: [merged],
					contacts,
					portalUsers,
					merges: [{ id, at, kept, other, merged, movedIds }],
					clientChanges: [noted('merged', [kept, other])],
				},
				remove: { clients: [other.id] },
			};
		},
		{ what: 'clients merged', count: 2, canUndo: true },
		{ needs: ['clients', 'contacts', 'portalUsers', 'merges', 'clientChanges'] },
	);
	return { count: receipt ? 2 : 0, entryId: receipt?.entryId ?? '' };
}

/**
 * Parts two profiles that were merged; what was edited since stays with the kept one. Nothing happens
 * while the kept profile is itself merged into another. Throws VaultProblem.
 */
export async function unmergeClients(vault: Vault, mergeId: string): Promise<Changed> {
	const receipt = await vault.commit(
		(state) => {
			const merge = state.get('merges', mergeId);
			const now = merge && state.get('clients', merge.kept.id);
			if (!now) return undefined;
			const { kept, other } = unmerged(merge, now);
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
					clientChanges: [noted('parted', [kept, other])],
				},
				remove: { merges: [mergeId] },
			};
		},
		{ what: 'merged clients parted', count: 2, canUndo: true },
		{ needs: ['clients', 'contacts', 'portalUsers', 'merges', 'clientChanges'] },
	);
	return { count: receipt ? 2 : 0, entryId: receipt?.entryId ?? '' };
}
