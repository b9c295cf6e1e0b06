import { putBackInWords } from '$lib/domain/edits.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { saveSection, undoSection } from '$lib/settings/save-section.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';

async function twoTabs() {
	const device = new Device();
	const one = await openVault('t', device.openContext().ports);
	const two = await openVault('t', device.openContext().ports);
	const practice = async () =>
		settingsFrom((await one.load('settings')).rows('settings'), 'practice');
	const close = () => [one, two].forEach((vault) => vault.close());
	return { one, two, practice, close };
}

test('two tabs that change different fields both keep what they wrote', async () => {
	const { one, two, practice, close } = await twoTabs();
	await saveSection(one, 'practice', { practiceName: { value: 'Vale', base: '' } }, 'test');
	const outcome = await saveSection(
		two,
		'practice',
		{ yourName: { value: 'Robin', base: '' } },
		'test',
	);
	expect(outcome.kind).toBe('saved');
	expect(await practice()).toMatchObject({ practiceName: 'Vale', yourName: 'Robin' });
	close();
});

test('a field that another tab changed meanwhile is not overwritten in silence', async () => {
	const { one, two, practice, close } = await twoTabs();
	await saveSection(one, 'practice', { practiceName: { value: 'Vale', base: '' } }, 'test');
	const late = { practiceName: { value: 'Dale', base: '' }, yourName: { value: 'R', base: '' } };
	expect(await saveSection(two, 'practice', late, 'test')).toEqual({
		kind: 'changed-elsewhere',
		fields: ['practiceName'],
	});
	expect(await practice()).toMatchObject({ practiceName: 'Vale', yourName: '' });
	const knowing = { ...late, practiceName: { value: 'Dale', base: 'Vale' } };
	expect((await saveSection(two, 'practice', knowing, 'test')).kind).toBe('saved');
	expect(await practice()).toMatchObject({ practiceName: 'Dale', yourName: 'R' });
	close();
});

test('two tabs that write the same agree, and nothing is committed twice', async () => {
	const { one, two, close } = await twoTabs();
	const edits = { practiceName: { value: 'Vale', base: '' } };
	expect((await saveSection(one, 'practice', edits, 'test')).kind).toBe('saved');
	expect(await saveSection(two, 'practice', edits, 'test')).toEqual({ kind: 'unchanged' });
	close();
});

test('a saved section goes back with undo, also the very first one', async () => {
	const { one, practice, close } = await twoTabs();
	const outcome = await saveSection(
		one,
		'practice',
		{ practiceName: { value: 'Vale', base: '' } },
		'test',
	);
	if (outcome.kind !== 'saved') throw new Error(outcome.kind);
	await one.undo(outcome.entryId, { what: 'undo', count: 1 });
	expect((await practice()).practiceName).toBe('');
	close();
});

test('an undo says which fields it left, because they were changed since', async () => {
	const { one, two, practice, close } = await twoTabs();
	await saveSection(one, 'practice', { portalAddress: { value: 'x', base: '' } }, 'test');
	const edits = { practiceName: { value: 'Vale', base: '' }, yourName: { value: 'R', base: '' } };
	const saved = await saveSection(one, 'practice', edits, 'test');
	if (saved.kind !== 'saved') throw new Error(saved.kind);
	await saveSection(two, 'practice', { yourName: { value: 'Robin', base: 'R' } }, 'test');
	const left = await undoSection(one, 'practice', saved);
	expect(left).toEqual(['yourName']);
	expect(await practice()).toMatchObject({ practiceName: '', yourName: 'Robin' });
	expect(putBackInWords(2, ['Your name'])).toBe(
		"Put back, but for 'Your name': that was changed since.",
	);
	close();
});
