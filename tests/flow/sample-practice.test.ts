import { buildReport } from '$lib/domain/report.ts';
import { importFile } from '$lib/imports/import-file.ts';
import { inspectFile } from '$lib/imports/inspect-file.ts';
import { removeSample } from '$lib/imports/remove-sample.ts';
import { samplePractice } from '$lib/imports/sample-practice.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';

const device = new Device();
const needs = ['clients', 'contacts', 'invitations', 'messages', 'imports'] as const;
let opened = 0;
const open = () => openVault(`sample-${(opened += 1)}`, device.openContext().ports);

async function take(vault: Vault) {
	const file = samplePractice(device.now);
	const look = await inspectFile(file, {}, device.now);
	if (look.kind !== 'inspected') throw new Error(look.problem.message);
	const result = await importFile(vault, file, look.inspection.mapping, {
		isSample: true,
		now: () => device.now,
	});
	if (result.kind !== 'imported') throw new Error(result.kind);
	return { result, inspection: look.inspection };
}

async function reportOf(vault: Vault) {
	const now = await vault.load(...needs);
	return buildReport({
		clients: now.rows('clients'),
		contacts: now.rows('contacts'),
		invitations: now.rows('invitations'),
		messages: now.rows('messages'),
		now: device.now,
	});
}

test('the sample goes in on the path of every file and shows every class of the report', async () => {
	const vault = await open();
	const { result, inspection } = await take(vault);
	expect(inspection.findings).toEqual([]);
	expect(result.counts).toEqual({
		rows: 40,
		created: 40,
		updated: 0,
		unchanged: 0,
		skipped: 0,
		rejected: 0,
	});
	const report = await reportOf(vault);
	expect(report.counts).toEqual({ ready: 26, held: 6, 'left-out': 8 });
	expect(report.countByReason).toEqual({
		'guardian-without-address': 4,
		'looks-mistyped': 1,
		'minor-without-guardian': 1,
		'do-not-email': 1,
		joined: 2,
		inactive: 2,
		'no-address': 1,
		'not-an-address': 1,
		bounced: 1,
	});
	const addresses = report.rows.map((row) => row.inbox).filter(Boolean);
	expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
	vault.close();
});

test('removing the sample takes edited and invited clients with it and leaves real ones alone', async () => {
	const vault = await open();
	const real = aClient({ id: 'real' });
	const put = { clients: [real] };
	await vault.commit(() => ({ put }), { what: 'test', count: 1 }, { needs });
	await take(vault);
	const [maya, jon] = (await vault.load(...needs))
		.rows('clients')
		.filter(({ importId }) => importId);
	if (!maya || !jon) throw new Error('no sample');
	const invitation = (id: string, clientId: string) => ({
		id,
		clientId,
		emailAddress: 'maya.okafor@mail.example',
		round: 1,
		code: 'x',
		messageId: 'none',
		invitedAt: 1,
		expiresAt: 2,
	});
	await vault.commit(
		() => ({
			put: {
				clients: [{ ...maya, firstName: 'May' }],
				invitations: [
					invitation('i1', maya.id),
					invitation('i2', jon.id),
					invitation('i3', 'real'),
				],
			},
		}),
		{ what: 'test', count: 1 },
		{ needs },
	);
	const before = (await vault.load(...needs)).rows('clients');

	const receipt = await removeSample(vault);
	const now = await vault.load(...needs);
	expect(now.rows('clients')).toEqual([real]);
	expect(now.rows('contacts')).toEqual([]);
	expect(now.rows('imports')).toEqual([]);
	expect(now.rows('invitations').map(({ id }) => id)).toEqual(['i3']);

	await vault.undo(receipt?.entryId ?? '', { what: 'undo', count: 1 });
	const back = (await vault.load(...needs)).rows('clients');
	expect(new Set(back)).toEqual(new Set(before));
	vault.close();
});

test('a real client whom the sample happened to change gets the old values back', async () => {
	const vault = await open();
	const real = aClient({
		id: 'real',
		emailAddress: 'maya.okafor@mail.example',
		dateOfBirth: `${new Date(device.now).getFullYear() - 34}-03-12`,
	});
	await vault.commit(() => ({ put: { clients: [real] } }), { what: 'test', count: 1 }, { needs });
	const { result } = await take(vault);
	expect(result.counts).toMatchObject({ created: 39, updated: 1 });
	await removeSample(vault);
	const now = await vault.load(...needs);
	expect(now.rows('clients')).toEqual([real]);
	expect(now.rows('imports')).toEqual([]);
	vault.close();
});

test('without a sample nothing is removed', async () => {
	const vault = await open();
	expect(await removeSample(vault)).toBeUndefined();
	vault.close();
});
