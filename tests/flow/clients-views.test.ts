import {
	changeView,
	nameProblem,
	removeView,
	saveView,
	showColumn,
} from '$lib/clients/list/save-views.ts';
import type { ClientView } from '$lib/domain/client-view.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { byName } from '$lib/domain/sort-order.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { openTestVault } from '../support/open-test-vault.ts';

const view = (id: string, about: Partial<ClientView> = {}): ClientView => ({
	id,
	name: id,
	filter: { tags: ['evening'], age: 'adult' },
	sort: byName,
	columns: ['name', 'phone'],
	...about,
});

test('views are kept in their order, with filter, order and columns', async () => {
	const device = new Device();
	const vault = await openVault('views', device.openContext().ports);
	await saveView(vault, view('a', { name: ' Evening group ' }));
	await saveView(vault, view('b', { sort: { by: 'born', isDescending: true } }));
	await changeView(vault, 'a', { name: 'Evenings' });
	await Promise.all([
		showColumn(vault, '', 'added', true),
		showColumn(vault, '', 'portal', false),
		showColumn(vault, 'b', 'tags', true),
	]);
	vault.close();

	const again = await openVault('views', device.openContext().ports);
	const rows = (await again.load('settings')).rows('settings');
	expect(settingsFrom(rows, 'client-views').views).toEqual([
		view('a', { name: 'Evenings' }),
		view('b', { sort: { by: 'born', isDescending: true }, columns: ['name', 'phone', 'tags'] }),
	]);
	expect(settingsFrom(rows, 'client-list').columns).toEqual(['name', 'address', 'status', 'added']);
	again.close();
});

test('a view that was deleted comes back where it was, whatever was done meanwhile', async () => {
	const vault = await openTestVault();
	for (const id of 'abc') await saveView(vault, view(id));
	const putBack = await removeView(vault, 'b');
	await changeView(vault, 'b', { name: 'gone' });
	await changeView(vault, 'c', { name: 'Renamed' });
	const names = () =>
		settingsFrom(vault.snapshot.rows('settings'), 'client-views').views.map(({ name }) => name);
	expect(names()).toEqual(['a', 'Renamed']);
	await putBack();
	await putBack();
	expect(names()).toEqual(['a', 'b', 'Renamed']);
});

test('two tabs that keep a view at once lose neither', async () => {
	const device = new Device();
	const [one, other] = await Promise.all(
		[device.openContext(), device.openContext()].map(({ ports }) => openVault('views', ports)),
	);
	if (!one || !other) throw new Error('Two tabs');
	await Promise.all([saveView(one, view('a')), saveView(other, view('b'))]);
	const state = await one.load('settings');
	const ids = settingsFrom(state.rows('settings'), 'client-views').views.map(({ id }) => id);
	expect(ids.sort()).toEqual(['a', 'b']);
	one.close();
	other.close();
});

test.each([
	['', 'Give the view a name.'],
	['  ', 'Give the view a name.'],
	['EVENING ', 'There is a view of this name already. Choose another one.'],
	['Evenings', ''],
])('a view named %j: %j', (name, problem) => {
	expect(nameProblem([view('a', { name: 'Evening' })], name, 'b')).toBe(problem);
	expect(nameProblem([view('a', { name: 'Evening' })], 'Evening', 'a')).toBe('');
});
