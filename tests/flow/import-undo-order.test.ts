import { undoImport } from '$lib/imports/undo-import.ts';
import type { Vault } from '$lib/vault/types.ts';
import { describe, expect, it } from 'vitest';
import { Device } from '../support/device.ts';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { edit, invite, takeIn } from '../support/taking-in.ts';
import { openOn } from '../support/vaults.ts';

const rows = async (vault: Vault) => {
	const state = await vault.load('clients', 'contacts');
	return { clients: state.rows('clients'), contacts: state.rows('contacts') };
};
const phones = async (vault: Vault) =>
	Object.fromEntries((await rows(vault)).clients.map(({ firstName, phone }) => [firstName, phone]));
const undoneOf = async (vault: Vault, id: string) =>
	(await vault.load('imports')).get('imports', id)?.undone;

const header = 'Client,Email,Phone,Contact name,Contact email\n';
const maya = (phone: string, contact = ',') => `Maya Okafor,maya@example.com,${phone},${contact}\n`;
const noah = (phone: string) => `Noah Reyes,noah@example.com,${phone},,\n`;

async function twoImports() {
	const vault = await openTestVault();
	const a = await takeIn(vault, textFile(header + maya('111') + noah('222'), 'a.csv'));
	const b = await takeIn(vault, textFile(header + maya('333'), 'b.csv'));
	expect(b.counts).toMatchObject({ created: 0, updated: 1 });
	return { vault, a: a.importId, b: b.importId };
}

describe('two imports of which the second updated clients of the first', () => {
	it('leave nobody behind when the older is undone first', async () => {
		const { vault, a, b } = await twoImports();
		await undoImport(vault, a);
		expect(await phones(vault)).toEqual({ Maya: '333' });
		expect(await undoneOf(vault, a)).toMatchObject({ removed: 1, changedLater: 1 });
		await undoImport(vault, b);
		expect((await rows(vault)).clients).toEqual([]);
		expect(await undoneOf(vault, a)).toMatchObject({ removed: 2, changedLater: 0 });
		expect(await undoneOf(vault, b)).toMatchObject({ alsoRemoved: 1 });
	});

	it('leave nobody behind when the newer is undone first', async () => {
		const { vault, a, b } = await twoImports();
		await undoImport(vault, b);
		expect(await phones(vault)).toEqual({ Maya: '111', Noah: '222' });
		await undoImport(vault, a);
		expect((await rows(vault)).clients).toEqual([]);
	});

	it('keep whom a person edited or invited between the two undos', async () => {
		for (const meddle of [
			(vault: Vault) => edit(vault, 'Maya', { preferredName: 'M' }),
			(vault: Vault) => invite(vault, 'Maya'),
		]) {
			const { vault, a, b } = await twoImports();
			await undoImport(vault, a);
			await meddle(vault);
			await undoImport(vault, b);
			expect(Object.keys(await phones(vault))).toEqual(['Maya']);
		}
	});

	it('give a client who was here before her own words back, in either order', async () => {
		for (const order of ['older first', 'newer first']) {
			const vault = await openTestVault();
			await takeIn(vault, textFile(header + maya('000')));
			const before = await rows(vault);
			const a = await takeIn(vault, textFile(header + maya('111')));
			const b = await takeIn(vault, textFile(header + maya('222')));
			const both = [a.importId, b.importId];
			for (const id of order === 'older first' ? both : both.toReversed())
				await undoImport(vault, id);
			expect(await rows(vault)).toEqual(before);
		}
	});

	it('never leave a contact without her client', async () => {
		const vault = await openTestVault();
		const a = await takeIn(vault, textFile(header + maya('111')));
		const b = await takeIn(vault, textFile(header + maya('111', 'Ada,ada@example.com')));
		await undoImport(vault, a.importId);
		expect((await rows(vault)).clients.length).toBe(1);
		expect((await rows(vault)).contacts.length).toBe(1);
		await undoImport(vault, b.importId);
		expect(await rows(vault)).toEqual({ clients: [], contacts: [] });
	});
});

describe('a client who stays', () => {
	it('keeps the contacts that came with her', async () => {
		const vault = await openTestVault();
		const { importId } = await takeIn(
			vault,
			textFile(header + maya('111', 'Ada,ada@example.com') + noah('222')),
		);
		await edit(vault, 'Maya', { preferredName: 'M' });
		await undoImport(vault, importId);
		const { clients, contacts } = await rows(vault);
		expect(clients.map(({ firstName }) => firstName)).toEqual(['Maya']);
		expect(contacts.map(({ name }) => name)).toEqual(['Ada']);
		expect(await undoneOf(vault, importId)).toMatchObject({ removed: 1, edited: 1 });
	});

	it('keeps what an import changed in her when she was invited since, not when she was invited before', async () => {
		const vault = await openTestVault();
		await takeIn(vault, textFile(header + maya('111') + noah('222')));
		await invite(vault, 'Maya', 1);
		const { importId } = await takeIn(vault, textFile(header + maya('333') + noah('444')));
		await invite(vault, 'Noah');
		await undoImport(vault, importId);
		expect(await phones(vault)).toEqual({ Maya: '111', Noah: '444' });
		expect(await undoneOf(vault, importId)).toMatchObject({ back: 1, stay: 1 });
	});
});

describe('a later import whose record of changes is lost', () => {
	it('counts as edits by hand, and the older one is undone all the same', async () => {
		const device = new Device();
		const { vault } = await openOn(device);
		const { importId } = await takeIn(vault, textFile(header + maya('111') + noah('222')));
		const later = await takeIn(vault, textFile(header + maya('333')));
		await new RawDatabase(device).delete('undos', later.entryId);
		await undoImport(vault, importId);
		expect(await phones(vault)).toEqual({ Maya: '333' });
		expect(await undoneOf(vault, importId)).toMatchObject({ removed: 1, edited: 1 });
		vault.close();
	});
});
