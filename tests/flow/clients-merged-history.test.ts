import type { Client } from '$lib/domain/client.ts';
import { defaultTemplate } from '$lib/domain/compose.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import { buildReport } from '$lib/domain/report.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { deleteClients } from '$lib/clients/change-clients.ts';
import { mergeClients, unmergeClients } from '$lib/clients/merge/merge-clients.ts';
import { standingOf } from '$lib/clients/portal-standing.ts';
import { invitePortalUser } from '$lib/invitations/portal/portal-users.ts';
import { resendInvitation } from '$lib/invitations/portal/resend-invitation.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { correctAddress } from '$lib/outbox/correct-address.ts';
import { lookAgain } from '$lib/outbox/look-again.ts';
import { renderAnew } from '$lib/outbox/render-anew.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const now = Date.UTC(2025, 5, 1);
const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@example.com',
	portalAddress: 'https://portal.example',
};
const letter = { template: defaultTemplate, practice, invitation: defaultSettings.invitation };
let made = 0;
const newId = () => `id-${++made}`;

/** Three profiles, of which the first was invited. */
async function practiceWith(
	message: Partial<Message> = { state: 'sent', settledAt: 5 },
	about: Partial<Client> = {},
): Promise<Vault> {
	const vault = await openTestVault();
	const clients = ['a', 'b', 'c'].map((id) =>
		someClient(id, { emailAddress: `${id}@example.com`, ...(id === 'a' ? about : {}) }),
	);
	const to = { clientId: 'a', emailAddress: 'a@example.com' };
	const invitations = [someInvitation('a', { expiresAt: now + 1, ...to })];
	const messages = [
		someMessage('a', { clientId: 'a', toAddress: 'a@example.com', letterId: 'l', ...message }),
	];
	const letters = [
		{ id: 'l', subject: '', body: '', format: 1, fieldNames: [], frozenAt: 1, skipped: 0 },
	];
	const settings = [practice];
	await vault.commit(
		() => ({ put: { clients, invitations, messages, letters: letters as never, settings } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients', 'invitations', 'messages', 'letters', 'settings'] },
	);
	return vault;
}

const merge = (vault: Vault, keptId: string, otherId: string) =>
	mergeClients(vault, { keptId, otherId }, new Set(), { id: `${keptId}+${otherId}`, now: 9 });

const load = (vault: Vault) => vault.load('clients', 'contacts', 'invitations', 'messages');

async function reportOf(vault: Vault) {
	const state = await load(vault);
	return buildReport({
		clients: state.table('clients'),
		contacts: state.table('contacts'),
		invitations: state.rows('invitations'),
		messages: state.rows('messages'),
		now,
	});
}

async function standings(vault: Vault) {
	const { rows } = await reportOf(vault);
	return Object.fromEntries(rows.map((row) => [row.clientId, standingOf(row)]));
}

test('who was invited under a profile that was merged is not listed as never invited', async () => {
	const vault = await practiceWith();
	await merge(vault, 'b', 'a');
	expect(await standings(vault)).toEqual({ b: 'invited', c: 'not-invited' });
	await unmergeClients(vault, 'b+a');
	expect(await standings(vault)).toMatchObject({ a: 'invited', b: 'not-invited' });
	vault.close();
});

test('an invitation follows through two merges', async () => {
	const vault = await practiceWith();
	await merge(vault, 'b', 'a');
	await merge(vault, 'c', 'b');
	expect(await standings(vault)).toEqual({ c: 'invited' });
	await unmergeClients(vault, 'c+b');
	expect(await standings(vault)).toEqual({ b: 'invited', c: 'not-invited' });
	vault.close();
});

test('an inbox that a merged profile was invited at is no stranger’s: another client there is told of the present one', async () => {
	const vault = await practiceWith();
	await merge(vault, 'b', 'a');
	await vault.commit(
		() => ({ put: { clients: [someClient('d', { emailAddress: 'a@example.com' })] } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	const row = (await reportOf(vault)).rows.find(({ clientId }) => clientId === 'd');
	expect(row?.class).toBe('held');
	expect(row?.reasons[0]).toMatchObject({ kind: 'shares-address', otherName: 'Maya Okafor b' });
	vault.close();
});

test('what waits for a merged profile leaves as before, unless something stands against who is left', async () => {
	const vault = await practiceWith({ state: 'queued' });
	await merge(vault, 'b', 'a');
	const looked = async () => {
		const state = await load(vault);
		return lookAgain(state, state.rows('messages')[0] as Message);
	};
	expect(await looked()).toBe('');
	await vault.commit(
		(state) => ({
			put: { clients: [{ ...(state.get('clients', 'b') as Client), isDoNotEmail: true }] },
		}),
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	expect(await looked()).toBe('do-not-email');
	await deleteClients(vault, ['b'], 9);
	expect((await load(vault)).rows('messages')[0]?.state).toBe('cancelled');
	vault.close();
});

test.each([
	['a', 'b'],
	['b', 'a'],
] as const)(
	'who asked on either profile not to be emailed is not emailed: %s',
	async (keptId, otherId) => {
		const vault = await practiceWith({ state: 'queued' }, { isDoNotEmail: true });
		await merge(vault, keptId, otherId);
		const state = await load(vault);
		expect(state.get('clients', keptId)?.isDoNotEmail).toBe(true);
		expect(lookAgain(state, state.rows('messages')[0] as Message)).toBe('do-not-email');
		expect((await reportOf(vault)).counts).toEqual({ ready: 1, held: 0, 'left-out': 1 });
		vault.close();
	},
);

test('an invitation of a merged profile can be sent again, and is not made twice', async () => {
	const vault = await practiceWith();
	await merge(vault, 'b', 'a');
	await vault.commit(
		(state) => ({
			put: {
				clients: [{ ...(state.get('clients', 'b') as Client), emailAddress: 'a@example.com' }],
			},
		}),
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	expect(await invitePortalUser(vault, 'b', 'b', letter, { now, newId })).toEqual({
		kind: 'declined',
		why: 'invited',
	});
	expect(await resendInvitation(vault, 'a', letter, '', { now, newId })).toMatchObject({
		kind: 'queued',
	});
	vault.close();
});

test('two tabs: who was merged while the report was on screen is not invited again', async () => {
	const vault = await practiceWith();
	const { rows } = await reportOf(vault);
	const b = rows.filter(({ clientId }) => clientId === 'b');
	await merge(vault, 'b', 'a');
	const sent = await sendInvitations(vault, { rows: b, ...letter });
	expect(sent.people).toBe(0);
	vault.close();
});

test('the address of a refused message to a merged profile can be corrected; the key is the present client’s', async () => {
	const vault = await practiceWith({ state: 'failed', settledAt: 5 });
	await merge(vault, 'b', 'a');
	const corrected = await correctAddress(
		vault,
		{ messageId: 'm-a', address: 'right@example.com', despite: [] },
		{ now: () => now, newId },
	);
	expect(corrected.kind).toBe('queued');
	const state = await load(vault);
	expect(state.get('clients', 'b')?.emailAddress).toBe('right@example.com');
	const message = state.rows('messages').find(({ id }) => id !== 'm-a');
	expect(message).toMatchObject({ clientId: 'b', round: 1 });
	expect(state.rows('invitations').map((one: Invitation) => one.clientId)).toEqual(['a', 'b']);
	vault.close();
});

test('a message that waits for a merged profile can be rendered anew with what is known of the present one', async () => {
	const vault = await practiceWith({ state: 'queued' });
	await merge(vault, 'b', 'a');
	const { rendered, kept } = await renderAnew(vault, ['m-a'], [], { now: () => now, newId });
	expect({ rendered, kept }).toEqual({ rendered: 1, kept: [] });
	expect((await load(vault)).get('messages', 'm-a')).toMatchObject({
		toName: 'Maya Okafor b',
		toAddress: 'b@example.com',
	});
	vault.close();
});
