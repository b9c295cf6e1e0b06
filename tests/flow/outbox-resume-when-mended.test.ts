import { pausedByHand } from '$lib/domain/hindrance.ts';
import { defaultSettings, settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import { isRelayMended, resumeAfterMending } from '$lib/outbox/resume-when-mended.ts';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';

const relay = { ...defaultSettings.relay, kind: 'portico', url: 'https://relay.example' } as const;
const paused = (pausedFor: string): SettingsRow => ({ ...defaultSettings.outbox, pausedFor });
const wrongToken = 'The relay does not know the token.';

test('a new token mends what a wrong one paused', () => {
	const before = [paused(wrongToken), { ...relay, token: 'wrong' }];
	const after = [paused(wrongToken), { ...relay, token: 'right' }];
	expect(isRelayMended(before, after)).toBe(true);
	expect(isRelayMended(before, before)).toBe(false);
	// Read anew from the disk, the rows are others and say the same.
	expect(isRelayMended(before, structuredClone(before))).toBe(false);
});

test('so does a new sign-in, and another kind of relay', () => {
	const before = [paused(wrongToken), relay];
	const signIn = { ...defaultSettings['sign-in'], kind: 'gmail', accessToken: 'new' } as const;
	expect(isRelayMended(before, [...before, signIn])).toBe(true);
	expect(isRelayMended(before, [paused(wrongToken), { ...relay, kind: 'emailjs' }])).toBe(true);
});

test('what a person paused goes on only when she says so', async () => {
	const after = [paused(pausedByHand), { ...relay, token: 'right' }];
	expect(isRelayMended([paused(pausedByHand), relay], after)).toBe(false);
	// The relay paused it again since the change: that was after.
	expect(isRelayMended([paused(''), relay], [paused(wrongToken), relay])).toBe(false);

	const vault = await openTestVault();
	const put = (row: SettingsRow) =>
		vault.commit(
			() => ({ put: { settings: [row] } }),
			{ what: 'test', count: 1 },
			{ needs: ['settings'] },
		);
	await put(paused(pausedByHand));
	await resumeAfterMending(vault);
	const status = () => settingsFrom(vault.snapshot.rows('settings'), 'outbox');
	expect(status().pausedFor).toBe(pausedByHand);

	await put({ ...defaultSettings.outbox, pausedFor: wrongToken, failuresInARow: 5 });
	await resumeAfterMending(vault);
	expect(status()).toMatchObject({ pausedFor: '', failuresInARow: 0 });
});
