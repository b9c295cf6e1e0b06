import { browserPorts } from '$lib/vault/database.ts';
import { KeyDesk } from '$lib/vault/key-desk.ts';
import { KeyHolder } from '$lib/vault/key-holder.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { backUp, restore } from '../backups.ts';
import { aClient } from '../clients.ts';

const name = 'portico';
const passphrase = { kind: 'passphrase', text: 'copper lantern under seven willows' } as const;
const holder = new KeyHolder(name, browserPorts());
const desk = new KeyDesk(name, browserPorts(), holder, () => Promise.resolve(1_000));

async function open(): Promise<Vault> {
	if ((await desk.state()).isProtected) await desk.unlock(passphrase);
	return openVault(name, browserPorts(), holder);
}

/** A client and her contact, in one commit. */
async function add(vault: Vault, ids: readonly string[]): Promise<void> {
	await vault.commit(
		() => ({
			put: {
				clients: ids.map((id) => aClient({ id })),
				contacts: ids.map((id) => ({
					id,
					clientId: id,
					name: `Contact ${id}`,
					relationship: 'guardian' as const,
					emailAddress: '',
					phone: '',
					importId: '',
				})),
			},
		}),
		{ what: 'added', count: ids.length, canUndo: true },
		{ needs: ['clients', 'contacts'] },
	);
}

const jobs = {
	commit: async (vault: Vault, id: string) => {
		await add(vault, [id]);
		return id;
	},
	rekey: async () => {
		if ((await desk.state()).isProtected) await desk.unprotect(passphrase);
		else await desk.protect(passphrase.text);
		return '';
	},
	restore: async (vault: Vault) => {
		await restore(vault, await backUp(vault));
		return '';
	},
};

/** A practice of this many clients. */
async function furnish(count: number): Promise<void> {
	const vault = await open();
	const ids = Array.from({ length: count }, (_, at) => `many-${at}`);
	await add(vault, ids);
	vault.close();
}

/** Changes the vault without end, and says what is done. `first`: the number of the first new client. */
async function work(first: number, wanted: readonly (keyof typeof jobs)[]): Promise<void> {
	const vault = await open();
	for (let at = first; ; at++) {
		const job = wanted[at % wanted.length] ?? 'commit';
		console.log(`begins ${job}`);
		const done = await jobs[job](vault, String(at));
		console.log(`done ${job} ${done}`);
	}
}

/** What a newcomer reads: how many clients, and which of those that were acknowledged are not there. */
async function check(acknowledged: readonly string[]) {
	const vault = await open();
	const now = await vault.load('clients', 'contacts', 'journal');
	const clients = new Set(now.rows('clients').map(({ id }) => id));
	const contacts = new Set(now.rows('contacts').map(({ id }) => id));
	const halves = [...clients].filter((id) => !contacts.has(id)).length;
	const lost = acknowledged.filter((id) => !clients.has(id));
	vault.close();
	return { clients: clients.size, contacts: contacts.size, halves, lost };
}

Object.assign(globalThis, { furnish, work, check });
