import { everyone, reportScope } from '$lib/domain/report-scope.ts';
import type { ReportScope } from '$lib/domain/settings/report-choices.ts';
import type { Vault } from '$lib/vault/types.ts';

/** Ends the limit of the report to those who were chosen; resolves with what it was. Throws VaultProblem. */
export async function showEveryone(vault: Vault): Promise<ReportScope | undefined> {
	let ended: ReportScope | undefined;
	await vault.commit(
		(state) => {
			ended = reportScope(state.rows('settings'));
			return ended && { put: { settings: [everyone] } };
		},
		{ what: 'report of everyone', count: 0 },
		{ needs: ['settings'] },
	);
	return ended;
}

/** Limits the report to them again. Throws VaultProblem. */
export async function showOnly(vault: Vault, scope: ReportScope): Promise<void> {
	await vault.commit(
		() => ({ put: { settings: [scope] } }),
		{ what: 'report of some', count: 0 },
		{ needs: ['settings'] },
	);
}
