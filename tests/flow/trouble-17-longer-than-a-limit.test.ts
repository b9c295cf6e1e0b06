import { batchesOf, summariseBatch } from '$lib/domain/batch-summary.ts';
import { defaultTemplate } from '$lib/domain/compose.ts';
import { buildReport } from '$lib/domain/report.ts';
import { planOverDays } from '$lib/domain/send-plan.ts';
import { defaultSettings, settingsFrom } from '$lib/domain/settings.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { deliver } from '$lib/outbox/deliver.ts';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';
import { openDesk, readStates } from '../support/outbox-desk.ts';
import { ScriptedRelay } from '../support/scripted-relay.ts';

const dayMs = 86_400_000;
const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@example.com',
	portalAddress: 'https://portal.example/',
};

test('a batch longer than the quota is never cut: it is planned over days, and all of it leaves', async () => {
	const device = new Device();
	const relay = new ScriptedRelay(false);
	const tab = await openDesk(device, relay);
	const clients = Array.from({ length: 95 }, (_, i) => aClient({ id: `c${i}` }));
	const settings = {
		...defaultSettings.relay,
		kind: 'emailjs' as const,
		messagesPerDay: 10,
		messagesPerSecond: 1000,
	};
	await tab.vault.commit(
		() => ({ put: { clients, settings: [settings, practice] } }),
		{ what: 'test', count: 95 },
		{ needs: ['clients', 'settings'] },
	);
	const { rows } = buildReport({
		clients,
		contacts: [],
		invitations: [],
		messages: [],
		now: device.now,
	});
	const status = settingsFrom(tab.vault.snapshot.rows('settings'), 'outbox');
	const plan = planOverDays(rows.length, settings, status, device.now);
	expect(plan.map(({ count }) => count)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 10, 5]);

	const invitation = { undoWindowMs: 0, expiryDays: 30 };
	const confirmed = { rows, template: defaultTemplate, practice, invitation, plan };
	const ports = {
		now: () => device.now,
		newId: () => crypto.randomUUID() as string,
		crypto: globalThis.crypto,
	};
	const queued = await sendInvitations(tab.vault, confirmed, ports);
	expect(queued).toMatchObject({ people: 95, skipped: 0 });

	// Longer than the seven days after which what merely waited is held.
	const sentByDay: number[] = [];
	for (let day = 0; day < 10; day++) {
		const before = relay.mails.length;
		await deliver(tab.ports);
		sentByDay.push(relay.mails.length - before);
		device.now += dayMs;
	}

	expect(sentByDay).toEqual(plan.map(({ count }) => count));
	expect(await readStates(device)).toEqual({ sent: 95 });
	const state = await tab.vault.load('messages', 'letters', 'invitations');
	const [batch, ...others] = batchesOf(state.rows('messages'));
	expect(others).toEqual([]);
	expect(batch && summariseBatch(batch, state.rows('letters'))).toMatchObject({
		total: 95,
		sent: 95,
		waiting: 0,
		skipped: 0,
	});
	// Who is written to later has as long to answer as who was written to first.
	const expiries = new Set(state.rows('invitations').map(({ expiresAt }) => expiresAt));
	expect(expiries.size).toBe(10);
});
