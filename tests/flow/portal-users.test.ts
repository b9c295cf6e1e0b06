import { buildReport } from '$lib/domain/report.ts';
import { composeMessage, defaultTemplate } from '$lib/domain/compose.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import {
	carriersOf,
	portalPermissions,
	portalUsersOf,
	portalUserState,
	type PortalUser,
} from '$lib/domain/portal-user.ts';
import { markPortalUser, undoMark } from '$lib/invitations/portal/mark-user.ts';
import {
	addPortalUser,
	invitePortalUser,
	permit,
	undoAddedUser,
} from '$lib/invitations/portal/portal-users.ts';
import { standsAgainst } from '$lib/domain/standing-against.ts';
import { resendInvitation } from '$lib/invitations/portal/resend-invitation.ts';
import type { Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient } from '../support/some-client.ts';

const day = 86_400_000;
const letter = {
	template: defaultTemplate,
	practice: {
		...defaultSettings.practice,
		practiceName: 'Harbor Practice',
		yourName: 'Dana Reyes',
		portalAddress: 'https://portal.example',
	},
	invitation: defaultSettings.invitation,
};
let made = 0;
const at = (now: number) => ({ now, newId: () => `id-${++made}` });
const guardian: PortalUser = {
	id: 'guardian',
	clientId: 'kim',
	contactId: '',
	name: 'Sam Ortiz',
	emailAddress: 'sam@example.com',
	permissions: portalPermissions,
	addedAt: 1,
	joinedAt: 0,
	bouncedAt: 0,
	revokedAt: 0,
};

async function practice(about = {}): Promise<Vault> {
	const vault = await openTestVault();
	const kim = someClient('kim', { dateOfBirth: '2015-01-01', ...about });
	await vault.commit(
		() => ({ put: { clients: [kim] } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	return vault;
}

const load = (vault: Vault) =>
	vault.load('clients', 'portalUsers', 'invitations', 'messages', 'letters');

async function settle(vault: Vault, settledAt: number): Promise<void> {
	await vault.commit(
		(state) => ({
			put: {
				messages: state
					.rows('messages')
					.map((message) => ({ ...message, state: 'sent' as const, settledAt })),
			},
		}),
		{ what: 'test', count: 1 },
		{ needs: ['messages'] },
	);
}

test('a guardian is written to by name at the own address, about the client’s portal', async () => {
	const vault = await practice();
	const { outcome } = await addPortalUser(vault, guardian, letter, at(1000));
	expect(outcome).toMatchObject({ kind: 'queued' });
	const state = await load(vault);
	const [message] = state.rows('messages');
	const frozen = message && state.get('letters', message.letterId);
	if (!message || !frozen) throw new Error('nothing was queued');
	const outgoing = composeMessage(frozen, message);
	expect(outgoing.to).toEqual({ name: 'Sam Ortiz', address: 'sam@example.com' });
	expect(outgoing.text).toContain('Dear Sam Ortiz');
	expect(state.rows('invitations')[0]).toMatchObject({ clientId: 'kim' });
	vault.close();
});

test('client and guardian may both have an invitation, but no address two', async () => {
	const vault = await practice();
	await addPortalUser(vault, guardian, letter, at(1000));
	expect(await invitePortalUser(vault, 'kim', 'kim', letter, at(1001))).toMatchObject({
		kind: 'queued',
	});
	expect(await invitePortalUser(vault, 'kim', 'guardian', letter, at(1002))).toEqual({
		kind: 'declined',
		why: 'invited',
	});
	expect((await load(vault)).rows('messages')).toHaveLength(2);
	vault.close();
});

test('nobody is written to about a client who asked not to be emailed', async () => {
	const vault = await practice({ isDoNotEmail: true });
	const { outcome } = await addPortalUser(vault, guardian, letter, at(1000));
	expect(outcome).toEqual({ kind: 'declined', why: 'do-not-email' });
	expect((await load(vault)).rows('portalUsers')).toHaveLength(1);
	expect((await load(vault)).rows('messages')).toHaveLength(0);
	vault.close();
});

test('a resend has a key of its own, keeps link and first date, and waits its time', async () => {
	const vault = await practice();
	await addPortalUser(vault, guardian, letter, at(day));
	const [first] = (await load(vault)).rows('invitations');
	if (!first) throw new Error('nobody was invited');
	expect(await resendInvitation(vault, first.id, letter, '', at(day + 1))).toMatchObject({
		why: 'waiting',
	});
	await settle(vault, day);
	const soon = await resendInvitation(vault, first.id, letter, 'she asked', at(day + 1));
	expect(soon).toMatchObject({ why: 'too-soon' });
	const hour = day + 3_600_000;
	expect(await resendInvitation(vault, first.id, letter, '', at(hour))).toMatchObject({
		why: 'too-soon',
	});
	expect(await resendInvitation(vault, first.id, letter, 'she asked', at(hour))).toMatchObject({
		kind: 'queued',
	});
	const state = await load(vault);
	expect(state.rows('invitations')).toHaveLength(1);
	expect(state.get('invitations', first.id)).toMatchObject({
		code: first.code,
		invitedAt: first.invitedAt,
	});
	expect(state.rows('messages').map(({ round }) => round)).toEqual([1, 2]);
	expect(state.rows('messages')[1]?.toAddress).toBe('sam@example.com');
	vault.close();
});

test('what a person marked outweighs what was sent, and a client marked as joined leaves the report', async () => {
	const vault = await practice();
	await addPortalUser(vault, guardian, letter, at(1000));
	await markPortalUser(vault, 'kim', 'guardian', 'revokedAt', 2000);
	await markPortalUser(vault, 'kim', 'kim', 'joinedAt', 3000);
	const state = await load(vault);
	const stateOf = (id: string) => {
		const user = state.get('portalUsers', id);
		if (!user) throw new Error('no such user');
		return portalUserState(
			user,
			state.rows('invitations'),
			carriersOf(state.rows('invitations'), state.rows('messages')),
			4000,
		).kind;
	};
	expect(stateOf('guardian')).toBe('revoked');
	expect(stateOf('kim')).toBe('joined');
	expect(state.get('clients', 'kim')?.hasJoinedPortal).toBe(true);
	vault.close();
});

test('the undo of an added user calls the invitation back, and keeps what others need', async () => {
	const vault = await practice();
	const { entryId } = await addPortalUser(vault, guardian, letter, at(1000));
	const secret = (await vault.load('settings')).get('settings', 'secrets');
	expect(await undoAddedUser(vault, entryId, 1001)).toEqual({ hasLeft: false });
	const state = await vault.load('portalUsers', 'messages', 'letters', 'settings');
	expect(state.rows('portalUsers')).toHaveLength(0);
	expect(state.rows('messages')[0]?.state).toBe('cancelled');
	expect(state.rows('letters')).toHaveLength(1);
	expect(state.get('settings', 'secrets')).toEqual(secret);
	// Nobody was written to, so that there is no invitation that hinders a new one.
	const { outcome } = await addPortalUser(vault, guardian, letter, at(2000));
	expect(outcome).toMatchObject({ kind: 'queued' });
	vault.close();
});

test('the undo of a user whose invitation has left says so', async () => {
	const vault = await practice();
	const { entryId } = await addPortalUser(vault, guardian, letter, at(1000));
	await settle(vault, 1500);
	expect(await undoAddedUser(vault, entryId, 2000)).toEqual({ hasLeft: true });
	const state = await load(vault);
	expect(state.rows('portalUsers')).toHaveLength(0);
	expect(state.rows('messages')[0]?.state).toBe('sent');
	vault.close();
});

test('to revoke calls back what has not left, of this user alone; its undo gives access again', async () => {
	const vault = await practice();
	await addPortalUser(vault, guardian, letter, at(1000));
	await invitePortalUser(vault, 'kim', 'kim', letter, at(1001));
	const receipt = await markPortalUser(vault, 'kim', 'guardian', 'revokedAt', 2000);
	const states = async () => (await load(vault)).rows('messages').map(({ state }) => state);
	expect(await states()).toEqual(['cancelled', 'queued']);
	await undoMark(vault, 'kim', receipt?.entryId ?? '');
	expect((await load(vault)).get('portalUsers', 'guardian')?.revokedAt).toBe(0);
	const changes = (await vault.load('clientChanges')).rows('clientChanges');
	expect(changes.map(({ what, clientIds }) => [what, ...clientIds])).toEqual([
		['revoked', 'kim'],
		['unmarked', 'kim'],
	]);
	expect(await states()).toEqual(['cancelled', 'queued']);
	vault.close();
});

test('a guardian’s invitation is not held for what concerns the client’s own inbox', async () => {
	const vault = await practice({ hasBounced: true, hasJoinedPortal: true });
	await addPortalUser(vault, guardian, letter, at(1000));
	const state = await vault.load('clients', 'invitations', 'messages');
	const [message] = state.rows('messages');
	const kim = state.get('clients', 'kim');
	if (!message || !kim) throw new Error('nothing was queued');
	expect(standsAgainst(message, [kim])).toBe('');
	expect(standsAgainst(message, [{ ...kim, isDoNotEmail: true }])).toBe('do-not-email');
	vault.close();
});

test('what a file says of a client by now outweighs what her own row once held', async () => {
	const vault = await practice();
	await permit(vault, 'kim', 'kim', ['billing']);
	await vault.commit(
		(state) => {
			const kim = state.get('clients', 'kim');
			const joinedSource = { column: 'Portal', toldAt: 77 };
			return kim && { put: { clients: [{ ...kim, hasJoinedPortal: true, joinedSource }] } };
		},
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	const state = await load(vault);
	const kim = state.get('clients', 'kim');
	if (!kim) throw new Error('no client');
	const [own] = portalUsersOf(kim, state.rows('portalUsers'));
	expect(own).toMatchObject({ permissions: ['billing'], joinedAt: 77 });
	// From then on a person says so, and no file.
	await markPortalUser(vault, 'kim', 'kim', 'joinedAt', 88);
	expect((await load(vault)).get('clients', 'kim')).not.toHaveProperty('joinedSource');
	vault.close();
});

test('a resend that waits shows as waiting, and as invited since the first time once it is sent', async () => {
	const vault = await practice();
	await addPortalUser(vault, guardian, letter, at(day));
	await settle(vault, day);
	const [invitation] = (await load(vault)).rows('invitations');
	if (!invitation) throw new Error('nobody was invited');
	const stateAt = async (now: number) => {
		const state = await load(vault);
		const invitations = state.rows('invitations');
		return portalUserState(
			guardian,
			invitations,
			carriersOf(invitations, state.rows('messages')),
			now,
		);
	};
	await resendInvitation(vault, invitation.id, letter, '', at(3 * day));
	expect(await stateAt(3 * day)).toEqual({ kind: 'queued', since: 3 * day });
	await settle(vault, 3 * day);
	expect(await stateAt(3 * day)).toMatchObject({
		kind: 'reminded',
		lastAt: 3 * day,
		expiresAt: 33 * day,
	});
	vault.close();
});

test('a client whose own access is revoked is not listed for an invitation until it is given again', async () => {
	const vault = await practice();
	const classOf = async () => {
		const state = await vault.load('clients', 'contacts', 'invitations', 'messages');
		const { rows } = buildReport({
			clients: state.rows('clients'),
			contacts: state.rows('contacts'),
			invitations: state.rows('invitations'),
			messages: state.rows('messages'),
			now: 3000,
		});
		const row = rows.find(({ clientId }) => clientId === 'kim');
		return [row?.class, ...(row?.reasons.map(({ kind }) => kind) ?? [])];
	};
	const before = await classOf();
	expect(before[0]).not.toBe('left-out');
	await markPortalUser(vault, 'kim', 'kim', 'revokedAt', 2000);
	expect(await classOf()).toEqual(['left-out', 'revoked', ...before.slice(1)]);
	await markPortalUser(vault, 'kim', 'kim', 'revokedAt', 0);
	expect(await classOf()).toEqual(before);
	vault.close();
});
