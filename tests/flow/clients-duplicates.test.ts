import { reasonsInWords, pairsInWords } from '$lib/clients/merge/duplicate-words.ts';
import { fieldRows } from '$lib/clients/merge/field-rows.ts';
import { mergeClients } from '$lib/clients/merge/merge-clients.ts';
import { standingMerges } from '$lib/clients/merge/standing-merges.ts';
import { listAgain, tellApart } from '$lib/clients/merge/tell-apart.ts';
import { whatHappens } from '$lib/clients/merge/what-happens.ts';
import { editClients } from '$lib/clients/change-clients.ts';
import { likelyDuplicates } from '$lib/domain/likely-duplicates.ts';
import { mergedClient } from '$lib/domain/merge.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

async function practice(): Promise<Vault> {
	const vault = await openTestVault();
	const clients = ['a', 'b', 'c'].map((id) => someClient(id, { lastName: 'Okafor' }));
	await vault.commit(
		() => ({ put: { clients } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	return vault;
}

async function pairs(vault: Vault): Promise<string[]> {
	const state = await vault.load('clients', 'settings');
	const toldApart = settingsFrom(state.rows('settings'), 'told-apart').pairs;
	return likelyDuplicates(state.table('clients'), toldApart).map(({ ids }) => ids.join('+'));
}

test('who is not the same person is listed no more, until a person takes that back', async () => {
	const vault = await practice();
	expect(await pairs(vault)).toEqual(['a+b', 'a+c']);
	await tellApart(vault, ['b', 'a']);
	await tellApart(vault, ['a', 'b']);
	expect(await pairs(vault)).toEqual(['a+c', 'b+c']);
	await tellApart(vault, ['a', 'c']);
	await tellApart(vault, ['b', 'c']);
	expect(await pairs(vault)).toEqual([]);
	await listAgain(vault, ['a', 'b']);
	expect(await pairs(vault)).toEqual(['a+b']);
	vault.close();
});

test('who was told from a profile is told from the one that it was merged into', async () => {
	const vault = await practice();
	await tellApart(vault, ['b', 'c']);
	await mergeClients(vault, { keptId: 'a', otherId: 'b' }, new Set(), { id: 'm', now: 1 });
	expect(await pairs(vault)).toEqual([]);
	vault.close();
});

test('reasons are said in one line', () => {
	expect(reasonsInWords(['same-name', 'same-birth', 'same-address'])).toBe(
		'Same name, date of birth and email address',
	);
	expect(reasonsInWords(['similar-name', 'same-phone'])).toBe('Same phone number; a similar name');
	expect(reasonsInWords(['same-name', 'one-without-birth'])).toBe(
		'Same name; one has no date of birth',
	);
	expect(pairsInWords(1)).toBe('Two profiles may be of one person.');
	expect(pairsInWords(1200)).toBe('1,200 pairs of profiles may each be of one person.');
});

test('what is known of neither is not asked, what is the same on both is no choice', () => {
	const rows = fieldRows(someClient('a', { phone: '1' }), someClient('b'));
	expect(rows.find(({ field }) => field === 'preferredName')).toBeUndefined();
	expect(rows.find(({ field }) => field === 'dateOfBirth')).toMatchObject({
		kept: '9 March 1984',
		isSame: true,
	});
	expect(rows.find(({ field }) => field === 'phone')).toMatchObject({
		kept: '1',
		other: '',
		isSame: false,
	});
});

const none = { contacts: [], portalUsers: [], invitations: [], messages: [] };

test('a merge says what becomes of invitations, messages and contacts', () => {
	const [kept, other] = [someClient('a'), someClient('b')];
	const say = (more: Partial<Parameters<typeof whatHappens>[3]>, two = other) =>
		whatHappens(kept, two, mergedClient(kept, two, new Set()), { ...none, ...more }).join(' ');
	expect(say({})).toContain('Neither profile was ever invited.');
	const invitations = [
		someInvitation('1', { clientId: 'b' }),
		someInvitation('2', { clientId: 'a' }),
	];
	const sent = [
		someMessage('1', { clientId: 'b', state: 'sent', settledAt: Date.UTC(2025, 4, 3, 12) }),
	];
	expect(say({ invitations: invitations.slice(0, 1), messages: sent })).toContain(
		'An invitation was sent on 3 May 2025, so the merged profile counts as invited.',
	);
	const messages = [someMessage('1', { clientId: 'b' }), someMessage('2', { clientId: 'a' })];
	expect(say({ invitations, messages })).toContain('2 invitations wait in the Outbox');
	const barred = say({ invitations, messages }, someClient('b', { isDoNotEmail: true }));
	expect(barred).toContain('What waits in the Outbox for this person will be held.');
	expect(barred).toContain('One profile asks not to be emailed. The merged profile does, too.');
	expect(say({ contacts: [{ clientId: 'b' }] })).toContain(
		'1 contact of the second profile comes along.',
	);
});

test('an unmerge says what was changed since, and what must be unmerged first', async () => {
	const vault = await practice();
	const merge = (keptId: string, otherId: string) =>
		mergeClients(vault, { keptId, otherId }, new Set(), { id: keptId + otherId, now: 1 });
	await merge('b', 'c');
	await merge('a', 'b');
	await editClients(vault, ['a'], { professional: 'Dr. Rowan' });
	const state = await vault.load('clients', 'merges');
	const client = state.get('clients', 'a');
	if (!client) throw new Error('the kept profile is gone');
	const standing = standingMerges(client, state.rows('merges'));
	expect(standing.map(({ merge: { id }, words, canUnmerge }) => [id, words, canUnmerge])).toEqual([
		[
			'ab',
			'Changed since the merge: professional. What it holds now stays with this profile.',
			true,
		],
		['bc', 'It was merged into Maya Okafor first. Unmerge Maya Okafor, then this one.', false],
	]);
	vault.close();
});
