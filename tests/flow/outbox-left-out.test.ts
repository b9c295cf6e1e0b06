import { buildReport } from '$lib/domain/report.ts';
import { isOverridable } from '$lib/domain/report-reasons.ts';
import type { Client } from '$lib/domain/client.ts';
import { changeByHand } from '$lib/outbox/by-hand.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { renderAnew } from '$lib/outbox/render-anew.ts';
import { aClient } from '../support/clients.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import {
	type Desk,
	deliverAll,
	openDesk,
	queueMessages,
	readMessage,
	readStates,
} from '../support/outbox-desk.ts';
import { ScriptedRelay } from '../support/scripted-relay.ts';
import { fromSeed } from '../support/seed.ts';

async function edit(tab: Desk, id: string, about: Partial<Client> | 'gone'): Promise<void> {
	await tab.vault.commit(
		(state) => {
			const client = state.get('clients', id);
			if (!client) return undefined;
			return about === 'gone'
				? { remove: { clients: [id] } }
				: { put: { clients: [{ ...client, ...about }] } };
		},
		{ what: 'client edited', count: 1 },
		{ needs: ['clients'] },
	);
}

const reasons = [
	[{ isDoNotEmail: true }, 'do-not-email'],
	[{ isDeceased: true }, 'deceased'],
	[{ hasJoinedPortal: true }, 'joined'],
	[{ hasBounced: true }, 'bounced'],
	[{ status: 'archived' }, 'inactive'],
	['gone', 'client-gone'],
] as const satisfies [Partial<Client> | 'gone', string][];

describe('what the report would leave out by now does not leave', () => {
	test.each(reasons)('%o: held as %s, and the others leave', async (about, heldFor) => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 3);
		await edit(tab, 'c-m2', about);

		await deliverAll(tab);

		expect(relay.mails).toEqual(['m1@example.com', 'm3@example.com']);
		expect(await readMessage(device, 'm2')).toMatchObject({
			state: 'held',
			heldFor,
			attempts: 0,
			maybeSentAt: 0,
		});
	});

	test('letting it go is not enough, until what stands against it is gone', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 1);
		await edit(tab, 'c-m1', { isDoNotEmail: true });
		await deliver(tab.ports);

		await changeByHand(tab.vault, 'release', ['m1'], device.now);
		await deliver(tab.ports);
		expect(await readMessage(device, 'm1')).toMatchObject({ heldFor: 'do-not-email' });
		await edit(tab, 'c-m1', { isDoNotEmail: false });
		await changeByHand(tab.vault, 'release', ['m1'], device.now);
		await deliver(tab.ports);

		expect(await readStates(device)).toEqual({ sent: 1 });
	});

	test('an inactive client may be invited all the same, when a person says so', async () => {
		const device = new Device();
		const tab = await openDesk(device, new ScriptedRelay());
		await queueMessages(tab, 2, (number) => (number === 2 ? { despite: ['inactive'] } : {}));
		await edit(tab, 'c-m1', { status: 'inactive' });
		await edit(tab, 'c-m2', { status: 'inactive' });
		await deliver(tab.ports);
		expect(await readStates(device)).toEqual({ held: 1, sent: 1 });

		await changeByHand(tab.vault, 'release', ['m1'], device.now);
		await deliver(tab.ports);

		expect(await readStates(device)).toEqual({ sent: 2 });
	});

	test('one message for several clients is held when any of them may not be emailed', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		await queueMessages(tab, 2);
		await tab.vault.commit(
			(state) => {
				const other = state.get('invitations', 'i-m2');
				return other && { put: { invitations: [{ ...other, messageId: 'm1' }] } };
			},
			{ what: 'test', count: 1 },
			{ needs: ['invitations'] },
		);
		await edit(tab, 'c-m2', { isDoNotEmail: true });

		await deliver(tab.ports);

		expect((await readMessage(device, 'm1')).heldFor).toBe('do-not-email');
	});
});

const guardian = {
	id: 'g-m2',
	clientId: 'c-m2',
	name: 'Ada Okafor',
	emailAddress: 'ada@example.com',
	phone: '',
	relationship: 'guardian' as const,
	importId: '',
};

/** Three messages, the second to the guardian of its client. */
async function oneToAGuardian(device: Device, relay: ScriptedRelay): Promise<Desk> {
	const tab = await openDesk(device, relay);
	const { name: toName, emailAddress: toAddress } = guardian;
	await queueMessages(tab, 3, (number) => (number === 2 ? { toName, toAddress } : {}));
	await tab.vault.commit(
		(state) => {
			const invitation = state.get('invitations', 'i-m2');
			if (!invitation) return undefined;
			const about = { emailAddress: toAddress, contactId: guardian.id };
			return { put: { invitations: [{ ...invitation, ...about }], contacts: [guardian] } };
		},
		{ what: 'test', count: 1 },
		{ needs: ['invitations', 'contacts'] },
	);
	return tab;
}

describe('a guardian who was written to in place of the client', () => {
	test.each([
		[{}, 'sent', ''],
		[{ phone: '555 0100' }, 'sent', ''],
		[{ emailAddress: 'new@example.com' }, 'held', 'guardian-changed'],
		// Also where the client herself has the very address.
		[{ emailAddress: '' }, 'held', 'guardian-changed'],
		[{ name: 'Eve Okafor' }, 'held', 'guardian-changed'],
		[{ relationship: 'other' as const }, 'held', 'guardian-changed'],
		['gone', 'held', 'guardian-changed'],
	] as const)('card changed to %o: %s %s', async (about, state, heldFor) => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await oneToAGuardian(device, relay);
		await tab.vault.commit(
			() =>
				about === 'gone'
					? { remove: { contacts: [guardian.id] } }
					: { put: { contacts: [{ ...guardian, ...about }] } },
			{ what: 'card edited', count: 1 },
			{ needs: ['contacts'] },
		);

		await deliverAll(tab);

		expect(relay.mails.includes(guardian.emailAddress)).toBe(state === 'sent');
		expect(await readMessage(device, 'm2')).toMatchObject({ state, heldFor });
		// A person cannot let it go either: what was frozen names, or reaches, somebody else.
		await changeByHand(tab.vault, 'release', ['m2'], device.now);
		await deliverAll(tab);
		expect(await readMessage(device, 'm2')).toMatchObject({ state, heldFor });
	});

	test('rendered anew, the message goes to whom the card names now', async () => {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await oneToAGuardian(device, relay);
		await edit(tab, 'c-m2', { dateOfBirth: '2016-01-01', emailAddress: 'm2@example.com' });
		await tab.vault.commit(
			() => ({
				put: {
					contacts: [{ ...guardian, name: 'Eve Okafor', emailAddress: 'eve@example.com' }],
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
			}),
			{ what: 'card edited', count: 1 },
			{ needs: ['contacts', 'settings'] },
		);
		await deliverAll(tab);

		const ports = { now: () => new Date(2026, 4, 4).getTime(), newId: () => 'letter-2' };
		expect(await renderAnew(tab.vault, ['m2'], [], ports)).toMatchObject({ rendered: 1 });
		await changeByHand(tab.vault, 'release', ['m2'], device.now);
		await deliverAll(tab);

		const { message } = relay.requests.at(-1) ?? {};
		expect(message?.to).toEqual({ name: 'Eve Okafor', address: 'eve@example.com' });
		expect(message?.text).toContain('Dear Eve Okafor');
		expect(message?.text).not.toContain('Maya');
	});
});

test('an inbox of which somebody else asked meanwhile not to be emailed waits for a person', async () => {
	const device = new Device();
	const relay = new ScriptedRelay();
	const tab = await openDesk(device, relay);
	await queueMessages(tab, 2);
	await tab.vault.commit(
		() => ({
			put: {
				clients: [aClient({ id: 'other', emailAddress: 'M2@example.com', isDoNotEmail: true })],
			},
		}),
		{ what: 'test', count: 1 },
		{ needs: ['clients'] },
	);
	await deliverAll(tab);
	expect(await readMessage(device, 'm2')).toMatchObject({ heldFor: 'inbox-do-not-email' });

	await changeByHand(tab.vault, 'release', ['m2'], device.now);
	await deliverAll(tab);
	expect(await readStates(device)).toEqual({ sent: 2 });
});

test('whatever is edited and whenever: nobody is emailed whom the report leaves out at that moment', async () => {
	const edits = fc.array(
		fc.record({
			at: fc.integer({ min: 0, max: 6 }),
			client: fc.integer({ min: 1, max: 6 }),
			about: fc.constantFrom(...reasons.map(([about]) => about)),
		}),
		{ minLength: 1, maxLength: 5 },
	);
	await fc.assert(
		fc.asyncProperty(edits, fc.boolean(), async (edits, hasKeys) => {
			const device = new Device();
			const relay = new ScriptedRelay(hasKeys);
			const tab = await openDesk(device, relay);
			await queueMessages(tab, 6);
			const wrong: string[] = [];
			const editNow = async (at: number) => {
				for (const each of edits)
					if (each.at === at) await edit(tab, `c-m${each.client}`, each.about);
			};
			await editNow(0);
			relay.answer = async ({ address, count }) => {
				const state = await tab.vault.load('clients');
				const report = buildReport({
					clients: state.rows('clients'),
					contacts: [],
					invitations: [],
					messages: [],
					now: device.now,
				});
				const row = report.rows.find(({ client }) => client.emailAddress === address);
				if (!row || row.reasons.some((reason) => !isOverridable(reason))) wrong.push(address);
				await editNow(count);
				return { kind: 'accepted', detail: '' };
			};

			await deliverAll(tab);

			expect(wrong).toEqual([]);
			tab.die();
		}),
		fromSeed(40),
	);
});
