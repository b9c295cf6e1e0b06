import { defaultTemplate } from '$lib/domain/compose.ts';
import { putBackInWords } from '$lib/domain/edits.ts';
import {
	resetTemplate,
	saveTemplate,
	templateFrom,
	undoTemplate,
} from '$lib/invitations/save-template.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';

const { subject, body } = defaultTemplate;

async function twoTabs() {
	const device = new Device();
	const one = await openVault('t', device.openContext().ports);
	const two = await openVault('t', device.openContext().ports);
	const text = async () => {
		const template = templateFrom((await one.load('templates')).rows('templates'));
		return { subject: template.subject, body: template.body };
	};
	const close = () => [one, two].forEach((vault) => vault.close());
	return { one, two, text, close };
}

test('two tabs that write the same part: the later one is told, and nothing is overwritten', async () => {
	const { one, two, text, close } = await twoTabs();
	const first = { body: { value: 'One {invitation link}', base: body } };
	const late = {
		subject: { value: 'Hi', base: subject },
		body: { value: 'Two {invitation link}', base: body },
	};
	expect((await saveTemplate(one, first, 1)).kind).toBe('saved');
	expect(await saveTemplate(two, late, 2)).toEqual({ kind: 'changed-elsewhere', fields: ['body'] });
	expect(await text()).toEqual({ subject, body: 'One {invitation link}' });
	const knowing = { ...late, body: { ...late.body, base: 'One {invitation link}' } };
	expect((await saveTemplate(two, knowing, 3)).kind).toBe('saved');
	expect(await text()).toEqual({ subject: 'Hi', body: 'Two {invitation link}' });
	close();
});

test('two tabs that write different parts both keep what they wrote', async () => {
	const { one, two, text, close } = await twoTabs();
	await saveTemplate(one, { subject: { value: 'Hi', base: subject } }, 1);
	await saveTemplate(two, { body: { value: 'Two {invitation link}', base: body } }, 2);
	expect(await text()).toEqual({ subject: 'Hi', body: 'Two {invitation link}' });
	close();
});

test('an undo that comes after another tab wrote puts nothing back, and that is said', async () => {
	const { one, two, text, close } = await twoTabs();
	const saved = await saveTemplate(one, { subject: { value: 'Hi', base: subject } }, 1);
	if (saved.kind !== 'saved') throw new Error(saved.kind);
	await saveTemplate(two, { subject: { value: 'Hello there', base: 'Hi' } }, 2);
	const left = await undoTemplate(one, saved);
	expect(left).toEqual(['subject']);
	expect(putBackInWords(1, left)).toBe('Nothing was put back: it was changed since.');
	expect((await text()).subject).toBe('Hello there');
	close();
});

test('a reset can be undone, and an undo of the first save goes back to the default', async () => {
	const { one, text, close } = await twoTabs();
	const saved = await saveTemplate(one, { subject: { value: 'Hi', base: subject } }, 1);
	const reset = await resetTemplate(one);
	expect(await text()).toEqual({ subject, body });
	if (!reset || saved.kind !== 'saved') throw new Error('not done');
	expect(await undoTemplate(one, reset)).toEqual([]);
	expect(await text()).toEqual({ subject: 'Hi', body });
	expect(await resetTemplate(one)).toBeDefined();
	expect(await resetTemplate(one)).toBeUndefined();
	close();
});
