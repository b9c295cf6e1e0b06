import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import { discoverRelay } from '$lib/settings/discover-relay.ts';
import { saveSection } from '$lib/settings/save-section.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';

const here = { relay: { url: 'http://127.0.0.1:4173', token: 'made-up' } };
const open = () => openVault('t', new Device().openContext().ports);
const answering = (body: unknown, status = 200) => {
	const asked: string[] = [];
	const ask: typeof fetch = async (input) => {
		asked.push(String(input));
		return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
	};
	return { asked, ask };
};

test('a relay beside the app is set up by itself, at the usual pace', async () => {
	const vault = await open();
	expect(await discoverRelay(vault, answering(here).ask)).toBe(true);
	expect(settingsFrom(vault.snapshot.rows('settings'), 'relay')).toMatchObject({
		kind: 'portico',
		url: 'http://127.0.0.1:4173',
		token: 'made-up',
		messagesPerSecond: defaultSettings.relay.messagesPerSecond,
	});
	vault.close();
});

test.each([
	['nothing there', '', 404],
	['a host that answers everything with its start page', '<!doctype html>', 200],
	['an answer of another make', { relay: null }, 200],
	['an address that is none', { relay: { url: 'javascript:0', token: 'x' } }, 200],
])('elsewhere nothing happens: %s', async (_, body, status) => {
	const vault = await open();
	expect(await discoverRelay(vault, answering(body, status).ask)).toBe(false);
	expect((await vault.load('settings', 'journal')).rows('journal')).toEqual([]);
	vault.close();
});

test('offline nothing happens', async () => {
	const vault = await open();
	const ask: typeof fetch = () => Promise.reject(new TypeError('Failed to fetch'));
	expect(await discoverRelay(vault, ask)).toBe(false);
	vault.close();
});

test('a relay that a person set up is left alone, and nobody is asked', async () => {
	const vault = await open();
	await saveSection(
		vault,
		'relay',
		{
			kind: { value: 'portico', base: '' },
			url: { value: 'https://relay.example.com', base: '' },
		},
		'test',
	);
	const { ask, asked } = answering(here);
	expect(await discoverRelay(vault, ask)).toBe(false);
	expect(asked).toEqual([]);
	expect(settingsFrom(vault.snapshot.rows('settings'), 'relay').url).toBe(
		'https://relay.example.com',
	);
	vault.close();
});

test('a relay set up while the answer was on its way wins', async () => {
	const vault = await open();
	const ask: typeof fetch = async () => {
		await saveSection(
			vault,
			'relay',
			{
				kind: { value: 'portico', base: '' },
				url: { value: 'https://relay.example.com', base: '' },
			},
			'test',
		);
		return new Response(JSON.stringify(here));
	};
	expect(await discoverRelay(vault, ask)).toBe(false);
	expect(settingsFrom(vault.snapshot.rows('settings'), 'relay').url).toBe(
		'https://relay.example.com',
	);
	vault.close();
});
