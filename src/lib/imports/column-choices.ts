import { columnRoles, type ColumnRole } from '$lib/domain/column-role.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';

/** Files of one program share their header; a column's name cannot hold the mark between them. */
const keyOf = (header: readonly string[]) => `columns:${header.join('\u001f')}`;

/** What a person chose for the columns of such a file before; undefined when she never did. */
export async function chosenColumns(
	vault: Vault,
	header: readonly string[],
): Promise<ColumnRole[] | undefined> {
	const { byHeader } = settingsFrom(
		(await vault.load('settings')).rows('settings'),
		'column-choices',
	);
	const names = byHeader[keyOf(header)];
	return names?.map((name) => columnRoles.find((role) => role === name) ?? 'ignore');
}

/** Remembers what was chosen, for the next file with this header. */
export async function keepColumns(
	vault: Vault,
	header: readonly string[],
	roles: readonly ColumnRole[],
): Promise<void> {
	await vault.commit(
		(now) => {
			const choices = settingsFrom(now.rows('settings'), 'column-choices');
			const byHeader = { ...choices.byHeader, [keyOf(header)]: [...roles] };
			return { put: { settings: [{ ...choices, byHeader }] } };
		},
		{ what: 'columns remembered', count: 1 },
		{ needs: ['settings'] },
	);
}
