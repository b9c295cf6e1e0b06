import { choicesIn, withChoicesIn } from '$lib/domain/report-choices.ts';
import type { ReportKind } from '$lib/domain/report-kind.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';

/** A client's id → the person's own choice; undefined where the report's default is hers again. */
export type ChoiceChanges = ReadonlyMap<string, boolean | undefined>;

/** Keeps choices in the vault, on top of those that are there. Throws VaultProblem. */
export async function saveChoices(
	vault: Vault,
	changes: ChoiceChanges,
	kind: ReportKind = 'first',
): Promise<void> {
	await vault.commit(
		(now) => {
			const stored = settingsFrom(now.rows('settings'), 'report-selection');
			const choices = withChanges(choicesIn(stored, kind), changes);
			return { put: { settings: [withChoicesIn(stored, kind, choices)] } };
		},
		{ what: 'selection changed', count: changes.size },
		{ needs: ['settings'] },
	);
}

/** The choices with the changes made; a new object. */
export function withChanges(
	choices: Readonly<Record<string, boolean>>,
	changes: ChoiceChanges,
): Record<string, boolean> {
	const next = { ...choices };
	for (const [clientId, choice] of changes) {
		if (choice === undefined) delete next[clientId];
		else next[clientId] = choice;
	}
	return next;
}
