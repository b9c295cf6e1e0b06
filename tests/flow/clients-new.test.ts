import { addClient, undoAddedClient } from '$lib/clients/add-client.ts';
import {
	blankForm,
	checkNewClient,
	isTouched,
	type NewClientForm,
} from '$lib/clients/new/new-client-form.ts';
import type { AddedPeople } from '$lib/clients/new/enrolling.ts';
import { composeMessage, defaultTemplate } from '$lib/domain/compose.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { enrolled } from '$lib/invitations/portal/enrolment.ts';
import { needs } from '$lib/invitations/portal/queue-users.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient } from '../support/some-client.ts';

const letter = {
	template: defaultTemplate,
	practice: {
		...defaultSettings.practice,
		practiceName: 'Harbor Practice',
		yourName: 'Dana Reyes',
		replyTo: 'office@harbor.example',
		portalAddress: 'https://portal.example',
	},
	invitation: defaultSettings.invitation,
};
const guardian = {
	id: 'contact',
	name: ' Sam  Ortiz ',
	emailAddress: 'sam@example.com',
	phone: '',
	relationship: 'guardian' as const,
};
const now = Date.UTC(2026, 4, 3);

function formOf(client: Partial<NewClientForm['client']>): NewClientForm {
	const form = blankForm();
	return { ...form, client: { ...form.client, firstName: 'Kim', ...client } };
}

let made = 0;
/** Adds Kim, with whoever is enrolled, as the page does. */
async function add(
	vault: Vault,
	{ isEnrolled = false, hasContact = false, isSending = true, ...client } = {} as Partial<
		NewClientForm['client']
	> & { isEnrolled?: boolean; hasContact?: boolean; isSending?: boolean },
) {
	let outcome: unknown;
	const enrolment = {
		needs,
		put: (state: Snapshot, added: AddedPeople) => {
			const choice = { isClientEnrolled: isEnrolled, letter: isSending ? letter : undefined };
			const done = enrolled(state, added, choice, { now, newId: () => `id-${++made}` });
			outcome = done.outcome;
			return done.put;
		},
		told: () => '',
	};
	const draft = formOf(client).client;
	const along = { enrolment, ...(hasContact ? { contact: guardian } : {}) };
	const receipt = await addClient(vault, draft, { id: 'kim', now }, along);
	if (!receipt) throw new Error('nothing was added');
	return { entryId: receipt.entryId, outcome };
}

const all = [
	'clients',
	'contacts',
	'portalUsers',
	'invitations',
	'messages',
	'letters',
	'settings',
	'journal',
] as const;
const load = (vault: Vault) => vault.load(...all);

test('a name is enough; who is enrolled needs an address', () => {
	const today = '2026-05-03';
	const none = {
		firstName: '',
		emailAddress: '',
		dateOfBirth: '',
		contactName: '',
		contactAddress: '',
	};
	expect(checkNewClient(formOf({}), today)).toEqual(none);
	expect(checkNewClient(formOf({ firstName: ' ', preferredName: 'May' }), today)).toEqual(none);
	expect(checkNewClient(formOf({ firstName: ' ' }), today).firstName).toBe('Enter a name.');
	expect(checkNewClient(formOf({ dateOfBirth: '2026-05-04' }), today).dateOfBirth).not.toBe('');
	const enrolledForm = { ...formOf({}), isEnrolled: true, isContactEnrolled: true };
	const errors = checkNewClient(enrolledForm, today);
	expect(errors.emailAddress).toContain('Enter an email address');
	expect(errors.contactName).toBe('Enter a name.');
	expect(errors.contactAddress).toContain('Enter an email address');
	expect(isTouched(blankForm())).toBe(false);
	expect(isTouched({ ...blankForm(), isEnrolled: true })).toBe(true);
});

test('client, contact, portal user and both invitations are one commit', async () => {
	const vault = await openTestVault();
	const { outcome } = await add(vault, {
		emailAddress: 'kim@example.com',
		dateOfBirth: '2015-01-01',
		professional: 'Rowan Vale',
		isEnrolled: true,
		hasContact: true,
	});
	expect(outcome).toMatchObject({ kind: 'queued' });
	const state = await load(vault);
	expect(state.rows('journal')).toHaveLength(1);
	expect(state.get('clients', 'kim')).toMatchObject({ kind: 'minor', professional: 'Rowan Vale' });
	expect(state.rows('contacts')).toMatchObject([{ clientId: 'kim', name: 'Sam Ortiz' }]);
	expect(state.rows('portalUsers')).toMatchObject([{ contactId: 'contact', clientId: 'kim' }]);
	expect(state.rows('messages').map(({ toAddress }) => toAddress)).toEqual([
		'sam@example.com',
		'kim@example.com',
	]);
	const [first] = state.rows('messages');
	const frozen = first && state.get('letters', first.letterId);
	if (!first || !frozen) throw new Error('nothing was queued');
	expect(composeMessage(frozen, first).text).toContain('Dear Sam Ortiz');
	expect(first.dueAt).toBe(now + letter.invitation.undoWindowMs);
	vault.close();
});

test('where client and guardian share an inbox, one invitation goes to the guardian', async () => {
	const vault = await openTestVault();
	await add(vault, { emailAddress: 'SAM@example.com', isEnrolled: true, hasContact: true });
	const state = await load(vault);
	expect(state.rows('messages')).toHaveLength(1);
	expect(state.rows('messages')[0]?.toName).toBe('Sam Ortiz');
	vault.close();
});

test('without the choice to send, nothing is queued', async () => {
	const vault = await openTestVault();
	await add(vault, {
		emailAddress: 'kim@example.com',
		isEnrolled: true,
		hasContact: true,
		isSending: false,
	});
	const state = await load(vault);
	expect(state.rows('portalUsers')).toHaveLength(1);
	expect(state.rows('messages')).toHaveLength(0);
	vault.close();
});

test('an inbox at which somebody asked not to be emailed is not written to; the client is added', async () => {
	const vault = await openTestVault();
	const other = someClient('lee', { emailAddress: 'Sam@Example.com', isDoNotEmail: true });
	await vault.commit(
		() => ({ put: { clients: [other] } }),
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	const { outcome } = await add(vault, { hasContact: true });
	expect(outcome).toEqual({ kind: 'declined', why: 'inbox-not-emailed' });
	const state = await load(vault);
	expect(state.rows('clients')).toHaveLength(2);
	expect(state.rows('portalUsers')).toHaveLength(1);
	expect(state.rows('messages')).toHaveLength(0);
	vault.close();
});

test('undo takes all of them back and calls the invitations back; the practice’s secret stays', async () => {
	const vault = await openTestVault();
	const { entryId } = await add(vault, {
		emailAddress: 'kim@example.com',
		isEnrolled: true,
		hasContact: true,
	});
	const secret = (await load(vault)).get('settings', 'secrets');
	expect(await undoAddedClient(vault, entryId, now + 1)).toEqual({
		isGone: true,
		calledBack: 2,
		left: 0,
	});
	const state = await load(vault);
	expect(state.rows('clients')).toHaveLength(0);
	expect(state.rows('contacts')).toHaveLength(0);
	expect(state.rows('portalUsers')).toHaveLength(0);
	expect(state.rows('messages').map((message) => message.state)).toEqual([
		'cancelled',
		'cancelled',
	]);
	expect(secret).toBeDefined();
	expect(state.get('settings', 'secrets')).toEqual(secret);
	vault.close();
});

test('undo after an invitation has left says so, and the sent message stays', async () => {
	const vault = await openTestVault();
	const { entryId } = await add(vault, { emailAddress: 'kim@example.com', isEnrolled: true });
	await vault.commit(
		(state) => ({
			put: {
				messages: state
					.rows('messages')
					.map((message) => ({ ...message, state: 'sent' as const, settledAt: now })),
			},
		}),
		{ what: 'test', count: 1 },
		{ needs: ['messages'] },
	);
	expect(await undoAddedClient(vault, entryId, now + 1)).toEqual({
		isGone: true,
		calledBack: 0,
		left: 1,
	});
	expect((await load(vault)).rows('messages')[0]?.state).toBe('sent');
	vault.close();
});

test('undo leaves a client who was edited since, with her contact and her invitation', async () => {
	const vault = await openTestVault();
	const { entryId } = await add(vault, { isEnrolled: false, hasContact: true });
	await vault.commit(
		(state) => {
			const kim = state.get('clients', 'kim');
			return kim && { put: { clients: [{ ...kim, phone: '+1 555 0100' }] } };
		},
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	expect(await undoAddedClient(vault, entryId, now + 1)).toEqual({
		isGone: false,
		calledBack: 0,
		left: 0,
	});
	const state = await load(vault);
	expect(state.rows('contacts')).toHaveLength(1);
	expect(state.rows('portalUsers')).toHaveLength(1);
	expect(state.rows('messages')[0]?.state).toBe('queued');
	vault.close();
});
