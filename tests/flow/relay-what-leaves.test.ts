import { afterEach, expect, it, vi } from 'vitest';
import { composeMessage } from '$lib/domain/compose.ts';
import { defaultSettings, type SettingsRow } from '$lib/domain/settings.ts';
import type { RelayKind } from '$lib/domain/settings/relay.ts';
import { pageRelays } from '$lib/relay/page-relays.ts';
import { relayFrom } from '$lib/relay/relays.ts';
import { whatLeaves } from '$lib/relay/what-leaves.ts';
import { aLetter, aMessage } from '../support/messages.ts';

const now = Date.UTC(2026, 10, 23, 12);
const key = 'a-key';
const message = composeMessage(
	aLetter,
	aMessage({ id: 'm1', fields: ['Zoë', 'https://p.example/?x'] }),
);

function rowsFor(kind: RelayKind): SettingsRow[] {
	return [
		{ ...defaultSettings.relay, kind, url: 'https://relay.example/r/', token: 'secret-token' },
		{ ...defaultSettings.emailjs, publicKey: 'pk', serviceId: 's1', templateId: 't1' },
		{
			...defaultSettings['sign-in'],
			kind: kind === 'microsoft' ? 'microsoft' : 'gmail',
			account: 'dana@harbor.example',
			accessToken: 'secret-token',
			expiresAt: now + 3_600_000,
		},
	];
}

afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

it.each(['portico', 'emailjs', 'gmail', 'microsoft'] as const)(
	'%s: what is shown is what goes over the wire, byte for byte',
	async (kind) => {
		vi.useFakeTimers({ now, toFake: ['Date'] });
		const asked: { url: string; body: unknown; headers: Headers }[] = [];
		vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
			asked.push({ url: String(url), body: init.body, headers: new Headers(init.headers) });
			return Promise.resolve(new Response('{}', { status: 200 }));
		});
		vi.stubGlobal('location', { pathname: '/' });
		const rows = rowsFor(kind);
		const signIn = rows[2] as Extract<SettingsRow, { id: 'sign-in' }>;
		const keeper = { read: () => Promise.resolve(signIn), save: () => Promise.resolve() };
		const outcome = await relayFrom(rows, keeper, pageRelays)?.send(message, key);
		expect(outcome?.kind).toBe('accepted');

		const shown = await whatLeaves(rows, message, { key, now });
		const [sent] = asked;
		expect(asked).toHaveLength(1);
		expect(shown?.url).toBe(sent?.url);
		expect(shown?.body).toBe(sent?.body);
		expect(new URL(shown?.url ?? '').host).toBe(shown?.host);
		for (const [name] of shown?.headers ?? []) expect(sent?.headers.has(name), name).toBe(true);
		expect(JSON.stringify(shown)).not.toContain('secret-token');
		expect(shown?.readable).toContain(message.to.address);
	},
);

it('where messages are handed over by hand, or nothing is set up, nothing leaves', async () => {
	expect(await whatLeaves(rowsFor('by-hand'), message, { key, now })).toBeUndefined();
	expect(await whatLeaves([], message, { key, now })).toBeUndefined();
});

it('jmap: all that Portico puts in, and no secret', async () => {
	const rows: SettingsRow[] = [
		{ ...defaultSettings.relay, kind: 'jmap' },
		{ ...defaultSettings.jmap, sessionUrl: 'https://jmap.example/session', token: 'secret-token' },
	];
	const shown = await whatLeaves(rows, message, { key, now });
	expect(shown).toMatchObject({ host: 'jmap.example' });
	expect(JSON.parse(shown?.body ?? '')).toMatchObject({
		to: [{ email: message.to.address }],
		bodyValues: { text: { value: message.text }, html: { value: message.html } },
	});
	expect(JSON.stringify(shown)).not.toContain('secret-token');
});
