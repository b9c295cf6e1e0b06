import { defaultTemplate } from '$lib/domain/compose.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { renderAnew } from '$lib/outbox/render-anew.ts';
import { expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	type Desk,
	deliverAll,
	openDesk,
	queueMessages,
	readMessage,
} from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

/** Queued, and then the template, the client and the practice are edited. */
async function editedWhileQueued() {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 3);
	await edit(tab);
	const ports = { now: () => device.now, newId: () => 'letter-2' };
	const anew = (ids: string[]) => renderAnew(tab.vault, ids, [], ports);
	return { device, relay, tab, anew };
}

async function edit({ vault }: Desk): Promise<void> {
	await vault.commit(
		(state) => {
			const client = state.get('clients', 'c-m1');
			if (!client) return undefined;
			return {
				put: {
					clients: [{ ...client, firstName: 'Amaya', emailAddress: 'amaya@example.com' }],
					templates: [
						{
							...defaultTemplate,
							subject: 'A new subject',
							body: 'Hello {client first name}: {invitation link}',
						},
					],
					settings: [
						{
							...defaultSettings.practice,
							practiceName: 'Harbor Practice',
							yourName: 'Dana Reyes',
							replyTo: 'dana@example.com',
							portalAddress: 'https://portal.example/',
						},
					],
				},
			};
		},
		{ what: 'edited', count: 1 },
		{ needs: ['clients', 'templates', 'settings'] },
	);
}

test('the queued message keeps what was confirmed', async () => {
	const { relay, tab } = await editedWhileQueued();

	await deliverAll(tab);

	const { message } = relay.requests[0] ?? {};
	expect(message?.to.address).toBe('m1@example.com');
	expect(message?.subject).toBe('Your invitation');
	expect(message?.text).toContain('Dear Maya,');
});

test('unless the person asks to render it anew', async () => {
	const { relay, tab, anew } = await editedWhileQueued();

	expect(await anew(['m1', 'm2'])).toEqual({ rendered: 2, kept: [], blockers: [] });
	await deliverAll(tab);

	const [first, second, third] = relay.requests.map(({ message }) => message);
	expect(first?.to.address).toBe('amaya@example.com');
	expect(first?.subject).toBe('A new subject');
	expect(first?.text).toContain('Hello Amaya: https://portal.example/');
	expect(first?.text).toContain('code-m1');
	expect(second?.subject).toBe('A new subject');
	expect(third?.subject).toBe('Your invitation');
	const invitation = tab.vault.snapshot.get('invitations', 'i-m1');
	expect(invitation).toMatchObject({
		emailAddress: 'amaya@example.com',
		code: 'code-m1',
		round: 1,
	});
});

test('what was tried before stays as it was: its key must carry the same bytes', async () => {
	const { device, relay, tab, anew } = await editedWhileQueued();
	relay.answer = () => ({ kind: 'unknown', detail: 'The connection broke.' });
	await deliver(tab.ports);
	relay.answer = () => accepted;

	expect(await anew(['m1', 'm2', 'm3'])).toMatchObject({ rendered: 0 });
	await deliverAll(tab);

	for (const { message } of relay.requests) expect(message.subject).toBe('Your invitation');
	expect((await readMessage(device, 'm1')).toAddress).toBe('m1@example.com');
});

test('a new address of whom the report leaves out, or that another client has, is not taken', async () => {
	const { device, tab, anew } = await editedWhileQueued();
	await tab.vault.commit(
		(state) => {
			const [one, two] = [state.get('clients', 'c-m1'), state.get('clients', 'c-m2')];
			if (!one || !two) return undefined;
			const shared = { ...two, emailAddress: 'M3@example.com' };
			return { put: { clients: [{ ...one, isDoNotEmail: true }, shared] } };
		},
		{ what: 'edited', count: 2 },
		{ needs: ['clients'] },
	);

	const { rendered, kept } = await anew(['m1', 'm2', 'm3']);

	expect(rendered).toBe(1);
	expect(kept).toMatchObject([
		{ messageId: 'm1', reasons: [{ kind: 'do-not-email' }] },
		{ messageId: 'm2', reasons: [{ kind: 'shares-address' }] },
	]);
	expect((await readMessage(device, 'm2')).toAddress).toBe('m2@example.com');
});

test('a template that cannot be sent changes nothing, and says why', async () => {
	const { device, tab, anew } = await editedWhileQueued();
	await tab.vault.commit(
		() => ({ put: { templates: [{ ...defaultTemplate, body: 'No link {nobody}' }] } }),
		{ what: 'edited', count: 1 },
		{ needs: ['templates'] },
	);

	const { rendered, blockers } = await anew(['m1']);

	expect(rendered).toBe(0);
	expect(blockers.map(({ kind }) => kind)).toEqual(['no-link', 'unresolved-field']);
	expect((await readMessage(device, 'm1')).letterId).toBe('letter');
});

test('a whole batch is rendered anew in one commit, two thousand as quickly as one', async () => {
	const { device, tab, anew } = await editedWhileQueued();
	await queueMessages(tab, 2_000);
	await edit(tab);
	const ids = tab.vault.snapshot.rows('messages').map(({ id }) => id);
	const { revision } = tab.vault.snapshot;

	expect(await anew(ids)).toMatchObject({ rendered: 2_000, kept: [] });

	expect(tab.vault.snapshot.revision).toBe(revision + 1);
	expect((await readMessage(device, 'm2000')).letterId).toBe('letter-2');
});
