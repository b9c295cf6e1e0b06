import { orderedColumns, type ClientColumn } from '$lib/domain/client-columns.ts';
import type { ClientView } from '$lib/domain/client-view.ts';
import { fold } from '$lib/domain/fold.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';

type Views = readonly ClientView[];

/** What is wrong with a name for a view; '' when nothing is. `id`: the view that is to bear it. */
export function nameProblem(views: Views, name: string, id: string): string {
	if (name.trim() === '') return 'Give the view a name.';
	const isTaken = views.some((view) => view.id !== id && isSameName(view.name, name));
	return isTaken ? 'There is a view of this name already. Choose another one.' : '';
}

function isSameName(a: string, b: string): boolean {
	return fold(a.trim()) === fold(b.trim());
}

/** Keeps a view: a new one last, one that is there in its place. Throws VaultProblem. */
export function saveView(vault: Vault, view: ClientView): Promise<void> {
	const kept = { ...view, name: view.name.trim(), columns: orderedColumns(view.columns) };
	return changeViews(vault, 'view of the clients saved', (views) =>
		views.some(({ id }) => id === view.id)
			? views.map((one) => (one.id === view.id ? kept : one))
			: [...views, kept],
	);
}

/** Changes some of a view that is there; one that is gone stays gone. Throws VaultProblem. */
export function changeView(
	vault: Vault,
	id: string,
	changes: Partial<Omit<ClientView, 'id'>>,
): Promise<void> {
	return changeViews(vault, 'view of the clients saved', (views) =>
		views.map((view) => (view.id === id ? { ...view, ...changes } : view)),
	);
}

/** Forgets a view; resolves to what puts it back where it was. Throws VaultProblem. */
export async function removeView(vault: Vault, id: string): Promise<() => Promise<void>> {
	let place = 0;
	let removed: ClientView | undefined;
	await changeViews(vault, 'view of the clients removed', (views) => {
		place = views.findIndex((view) => view.id === id);
		removed = views[place];
		return views.filter((view) => view.id !== id);
	});
	return async () => {
		const view = removed;
		if (!view) return;
		await changeViews(vault, 'view of the clients put back', (views) =>
			views.some((one) => one.id === id) ? views : views.toSpliced(place, 0, view),
		);
	};
}

async function changeViews(
	vault: Vault,
	what: string,
	change: (views: Views) => Views,
): Promise<void> {
	await vault.commit(
		(now) => {
			const stored = settingsFrom(now.rows('settings'), 'client-views');
			return { put: { settings: [{ ...stored, views: change(stored.views) }] } };
		},
		{ what, count: 1 },
		{ needs: ['settings'] },
	);
}

/**
 * Shows or hides a column: in a view of her own, or, with '' for one, wherever no view says it. Throws
 * VaultProblem.
 */
export async function showColumn(
	vault: Vault,
	viewId: string,
	column: ClientColumn,
	isShown: boolean,
): Promise<void> {
	// Against what is stored: two clicks in a moment both count.
	const changed = (columns: readonly ClientColumn[]) =>
		orderedColumns(isShown ? [...columns, column] : columns.filter((one) => one !== column));
	if (viewId !== '') {
		await changeViews(vault, 'view of the clients saved', (views) =>
			views.map((view) =>
				view.id === viewId ? { ...view, columns: changed(view.columns) } : view,
			),
		);
		return;
	}
	await vault.commit(
		(now) => {
			const stored = settingsFrom(now.rows('settings'), 'client-list');
			return { put: { settings: [{ ...stored, columns: changed(stored.columns) }] } };
		},
		{ what: 'columns of the clients chosen', count: 1 },
		{ needs: ['settings'] },
	);
}
