import type { VaultPorts } from '$lib/vault/database.ts';
import { KeyDesk } from '$lib/vault/key-desk.ts';
import { calibratedIterations } from '$lib/vault/passphrase.ts';
import { KeyHolder } from '$lib/vault/key-holder.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openVault } from '$lib/vault/vault.ts';
import { beforeEach, expect, test } from 'vitest';
import { Device, type DeviceContext } from '../support/device.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { someClient } from '../support/some-client.ts';
import { eventually } from '../support/vaults.ts';

const passphrase = 'quiet harbour, seven lamps';

interface Tab {
	context: DeviceContext;
	holder: KeyHolder;
	desk: KeyDesk;
	open: () => Promise<Vault>;
}

let device: Device;
beforeEach(() => {
	device = new Device();
});

function openTab(): Tab {
	const context = device.openContext();
	const holder = new KeyHolder('t', context.ports);
	const desk = new KeyDesk('t', context.ports, holder, () => Promise.resolve(1_000));
	return { context, holder, desk, open: () => openVault('t', context.ports, holder) };
}

async function addClient(vault: Vault, id: string): Promise<void> {
	await vault.commit(
		() => ({ put: { clients: [someClient(id)] } }),
		{ what: 'client added', count: 1, canUndo: true },
		{ needs: ['clients'] },
	);
}

async function protectedDevice(): Promise<{ tab: Tab; vault: Vault; code: string }> {
	const tab = openTab();
	const vault = await tab.open();
	await addClient(vault, 'c1');
	const code = (await tab.desk.protect(passphrase)) ?? '';
	return { tab, vault, code };
}

const isLocked = (error: unknown) => error instanceof VaultProblem && error.kind === 'locked';

test('with a passphrase the key is on disk only wrapped, and a fresh start is locked until it is given', async () => {
	const { tab } = await protectedDevice();
	tab.context.die();
	const record = await new RawDatabase(device).get('keys', 'data');
	expect(record).not.toHaveProperty('key');

	const next = openTab();
	await expect(next.open()).rejects.toSatisfy(isLocked);
	expect(await next.desk.unlock({ kind: 'passphrase', text: 'another' })).toMatchObject({
		kind: 'wrong',
	});
	await expect(next.open()).rejects.toSatisfy(isLocked);
	expect(await next.desk.unlock({ kind: 'passphrase', text: passphrase })).toEqual({
		kind: 'unlocked',
	});
	const vault = await next.open();
	expect((await vault.load('clients')).rows('clients').map(({ id }) => id)).toEqual(['c1']);
	vault.close();
});

test('setting it seals every block, undo and head anew: the old key opens nothing any more', async () => {
	const tab = openTab();
	const vault = await tab.open();
	await addClient(vault, 'c1');
	const raw = new RawDatabase(device);
	const before = await raw.get('keys', 'data');
	const oldKey = before && 'key' in before ? before.key : undefined;
	if (!oldKey) throw new Error('No open key');
	const sealedBefore = (await raw.dump()).records.filter(({ store }) => store !== 'keys');
	await tab.desk.protect(passphrase);

	const after = (await raw.dump()).records.filter(({ store }) => store !== 'keys');
	expect(after.length).toBe(sealedBefore.length);
	for (const key of await raw.keys('blocks')) {
		const block = await raw.get('blocks', key);
		if (!block) throw new Error('The block is gone');
		const { iv, bytes } = block.sealed;
		await expect(
			crypto.subtle.decrypt(
				{ name: 'AES-GCM', iv, additionalData: new Uint8Array() },
				oldKey,
				bytes,
			),
		).rejects.toThrow();
		const same = sealedBefore.find((record) => record.key === key);
		expect(new Uint8Array(bytes)).not.toEqual(
			new Uint8Array((same?.value as typeof block).sealed.bytes),
		);
	}
	// The vault that was open goes on, with its undo.
	await addClient(vault, 'c2');
	const [first] = (await vault.load('journal')).rows('journal');
	await vault.undo(first?.id ?? '', { what: 'taken back', count: 1 });
	expect(vault.snapshot.rows('clients').map(({ id }) => id)).toEqual(['c2']);
	vault.close();
});

test('another tab that was open goes on, and one that opens later gets the key from it', async () => {
	const first = openTab();
	const firstVault = await first.open();
	await addClient(firstVault, 'c1');
	const second = openTab();
	const secondVault = await second.open();
	await secondVault.load('clients');
	await first.desk.protect(passphrase);

	await addClient(secondVault, 'c2');
	expect((await firstVault.load('clients')).rows('clients')).toHaveLength(2);
	const third = openTab();
	const thirdVault = await third.open();
	expect((await thirdVault.load('clients')).rows('clients')).toHaveLength(2);
	for (const vault of [firstVault, secondVault, thirdVault]) vault.close();
});

test('locking in one tab is heard in all, and nobody hands the key out any more', async () => {
	const { tab, vault } = await protectedDevice();
	const other = openTab();
	const otherVault = await other.open();
	let heard = 0;
	vault.whenLocked(() => heard++);
	otherVault.whenLocked(() => heard++);
	tab.desk.lock();
	expect(await eventually(() => heard === 2)).toBe(true);
	await expect(openTab().open()).rejects.toSatisfy(isLocked);
});

test('the recovery code opens it, however it was copied', async () => {
	const { tab, code } = await protectedDevice();
	tab.context.die();
	expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
	const next = openTab();
	const copied = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`;
	expect(await next.desk.unlock({ kind: 'recovery', text: copied })).toEqual({ kind: 'unlocked' });
	// It is no passphrase.
	expect(await next.desk.unlock({ kind: 'passphrase', text: code })).toMatchObject({
		kind: 'wrong',
	});
});

test('wrong tries wait longer and longer, also after a restart; the right one ends that', async () => {
	const { tab } = await protectedDevice();
	tab.context.die();
	const wrong = { kind: 'passphrase', text: 'no' } as const;
	const right = { kind: 'passphrase', text: passphrase } as const;
	const { desk } = openTab();
	await desk.unlock(wrong);
	await desk.unlock(wrong);
	expect(await desk.unlock(wrong)).toEqual({ kind: 'wrong', waitUntil: device.now + 1_000 });
	const afterRestart = openTab().desk;
	expect(await afterRestart.unlock(right)).toEqual({ kind: 'wait', waitUntil: device.now + 1_000 });
	device.now += 1_000;
	expect(await afterRestart.unlock(wrong)).toEqual({
		kind: 'wrong',
		waitUntil: device.now + 2_000,
	});
	// A clock that goes back does not make it longer than the longest wait.
	device.now -= 30 * 86_400_000;
	const held = await afterRestart.unlock(right);
	expect(held).toEqual({ kind: 'wait', waitUntil: device.now + 300_000 });
	device.now += 31 * 86_400_000;
	expect(await afterRestart.unlock(right)).toEqual({ kind: 'unlocked' });
	expect((await afterRestart.state()).waitUntil).toBe(0);
});

test('wrong words wait as long wherever they are asked for, and two tabs that try at once count as two', async () => {
	const { tab } = await protectedDevice();
	const other = openTab();
	const wrong = { kind: 'passphrase', text: 'no' } as const;
	const right = { kind: 'passphrase', text: passphrase } as const;
	await Promise.all([tab.desk.unprotect(wrong), other.desk.changePassphrase(wrong, 'another')]);
	const third = await tab.desk.renewRecoveryCode(wrong);
	expect(third).toEqual({ kind: 'wrong', waitUntil: device.now + 1_000 });
	const held = { kind: 'wait', waitUntil: device.now + 1_000 };
	expect(await other.desk.opens(right)).toEqual(held);
	expect(await other.desk.unprotect(right)).toEqual(held);
	expect(await other.desk.unlock(right)).toEqual(held);
	device.now += 1_000;
	expect(await other.desk.opens(right)).toEqual({ kind: 'unlocked' });
	expect(await tab.desk.unlock(wrong)).toEqual({ kind: 'wrong', waitUntil: device.now });
});

test('two tabs set a passphrase at once: one does, the other is told, and what opens it is the first one’s', async () => {
	const first = openTab();
	const vault = await first.open();
	await addClient(vault, 'c1');
	const second = openTab();
	const codes = await Promise.all([first.desk.protect(passphrase), second.desk.protect('another')]);
	expect(codes.filter((code) => code !== undefined)).toHaveLength(1);
	const words = codes[0] === undefined ? 'another' : passphrase;
	expect(await openTab().desk.unlock({ kind: 'passphrase', text: words })).toEqual({
		kind: 'unlocked',
	});
	await addClient(vault, 'c2');
	const late = await second.open();
	expect((await late.load('clients')).rows('clients')).toHaveLength(2);
	for (const each of [vault, late]) each.close();
});

test('a passphrase that could not be set on a full disk leaves nobody locked out or told that it is set', async () => {
	const tab = openTab();
	const vault = await tab.open();
	await addClient(vault, 'c1');
	tab.context.writesLeft = 0;
	await expect(tab.desk.protect(passphrase)).rejects.toMatchObject({ kind: 'storage-full' });
	tab.context.writesLeft = Infinity;
	expect(tab.holder.isHolding).toBe(false);
	expect((await tab.desk.state()).isProtected).toBe(false);
	await addClient(vault, 'c2');
	vault.close();
});

test('the right words open it on a full disk too, after wrong ones that were counted before', async () => {
	const { tab } = await protectedDevice();
	tab.context.die();
	const next = openTab();
	const wrong = { kind: 'passphrase', text: 'not this one' } as const;
	expect(await next.desk.unlock(wrong)).toMatchObject({ kind: 'wrong' });
	next.context.writesLeft = 0;
	await expect(next.desk.unlock(wrong)).rejects.toMatchObject({ kind: 'storage-full' });
	const right = { kind: 'passphrase', text: passphrase } as const;
	expect(await next.desk.unlock(right)).toEqual({ kind: 'unlocked' });
	const vault = await next.open();
	expect((await vault.load('clients')).rows('clients')).toHaveLength(1);
	vault.close();
});

test('changing the passphrase rewrites no block; the old one opens nothing', async () => {
	const { tab, vault } = await protectedDevice();
	const raw = new RawDatabase(device);
	const sealed = async () => (await raw.dump()).records.filter(({ store }) => store !== 'keys');
	const before = await sealed();
	const old = { kind: 'passphrase', text: passphrase } as const;
	expect(await tab.desk.changePassphrase({ kind: 'passphrase', text: 'no' }, 'x')).toMatchObject({
		kind: 'wrong',
	});
	expect(await tab.desk.changePassphrase(old, 'a new one, longer')).toEqual({ kind: 'unlocked' });
	expect(await sealed()).toEqual(before);
	vault.close();
	tab.context.die();
	const next = openTab();
	expect(await next.desk.unlock(old)).toMatchObject({ kind: 'wrong' });
	expect(await next.desk.unlock({ kind: 'passphrase', text: 'a new one, longer' })).toEqual({
		kind: 'unlocked',
	});
});

test('a passkey’s secret opens it as well, until it is removed', async () => {
	const { tab } = await protectedDevice();
	const passkey = {
		kind: 'passkey',
		credentialId: new Uint8Array([1, 2, 3]),
		output: new Uint8Array(32).fill(7),
	} as const;
	const words = { kind: 'passphrase', text: passphrase } as const;
	expect(await tab.desk.addPasskey(words, passkey)).toEqual({ kind: 'unlocked' });
	tab.context.die();
	const next = openTab();
	const other = { ...passkey, output: new Uint8Array(32).fill(8) };
	expect(await next.desk.unlock(other)).toMatchObject({ kind: 'wrong' });
	expect(await next.desk.unlock(passkey)).toEqual({ kind: 'unlocked' });
	const [, , wrap] = (await next.desk.state()).wraps;
	await next.desk.removePasskey(wrap?.id ?? '');
	expect(await next.desk.unlock(passkey)).toMatchObject({ kind: 'wrong' });
});

test('removing the passphrase keeps all, and the next start needs none', async () => {
	const { tab, vault } = await protectedDevice();
	expect(await tab.desk.unprotect({ kind: 'passphrase', text: 'no' })).toMatchObject({
		kind: 'wrong',
	});
	const right = { kind: 'passphrase', text: passphrase } as const;
	expect(await tab.desk.unprotect(right)).toEqual({ kind: 'unlocked' });
	await addClient(vault, 'c2');
	tab.context.die();
	const next = await openTab().open();
	expect((await next.load('clients')).rows('clients')).toHaveLength(2);
	next.close();
});

test('every tab hears that the passphrase is gone, goes on, and one that was locked needs no words', async () => {
	const { tab, vault } = await protectedDevice();
	const other = openTab();
	const otherVault = await other.open();
	let heard = 0;
	for (const { holder } of [tab, other]) holder.whenReleased(() => heard++);
	await tab.desk.unprotect({ kind: 'passphrase', text: passphrase });
	expect(await eventually(() => heard === 2)).toBe(true);
	expect([tab.holder.isHolding, other.holder.isHolding]).toEqual([false, false]);
	await addClient(otherVault, 'c2');
	expect(await openTab().desk.unlock({ kind: 'passphrase', text: 'any' })).toEqual({
		kind: 'unprotected',
	});
	for (const each of [vault, otherVault]) each.close();
});

test('rows staged while a passphrase is being set can be read after', async () => {
	const importer = openTab();
	const importing = await importer.open();
	await addClient(importing, 'c1');
	const tab = openTab();
	const rows = Array.from({ length: 600 }, (_, at) => someClient(`s${at}`));
	let imported: Promise<unknown> | undefined;
	// While everything is being sealed anew.
	const stop = tab.holder.whenGiven(() => {
		stop();
		const staging = importing.stage();
		imported = staging
			.add('clients', rows)
			.then(() => staging.commit(() => ({}), { what: 'import', count: 600 }, { needs: [] }));
	});
	expect(await tab.desk.protect(passphrase)).toBeDefined();
	expect(await imported).toBeDefined();
	importing.close();
	const vault = await openTab().open();
	expect((await vault.load('clients')).rows('clients')).toHaveLength(601);
	vault.close();
});

test('a browser without locks refuses rows that were staged under the old key, and keeps what was there', async () => {
	device.hasLocks = false;
	const importer = openTab();
	const importing = await importer.open();
	await addClient(importing, 'c1');
	const staging = importing.stage();
	await staging.add('clients', [someClient('s1')]);
	await openTab().desk.protect(passphrase);
	const committing = staging.commit(() => ({}), { what: 'import', count: 1 }, { needs: [] });
	await expect(committing).rejects.toBeInstanceOf(VaultProblem);
	expect((await importing.load('clients')).rows('clients').map(({ id }) => id)).toEqual(['c1']);
	await addClient(importing, 'c2');
	importing.close();
});

test('a browser without broadcast channels unlocks each tab for itself', async () => {
	const { tab, vault } = await protectedDevice();
	vault.close();
	tab.context.die();
	const context = device.openContext();
	const { openChannel: _, ...others } = context.ports;
	const ports: VaultPorts = others;
	const holder = new KeyHolder('t', ports);
	await expect(openVault('t', ports, holder)).rejects.toSatisfy(isLocked);
	await new KeyDesk('t', ports, holder).unlock({ kind: 'passphrase', text: passphrase });
	const alone = await openVault('t', ports, holder);
	expect((await alone.load('clients')).rows('clients')).toHaveLength(1);
	alone.close();
});

test('storage that the browser does not open, or that a newer app has upgraded, is told in words', async () => {
	const { context, holder } = openTab();
	const indexedDB = Object.create(context.ports.indexedDB) as IDBFactory;
	indexedDB.open = () => {
		throw new DOMException('Not now', 'AbortError');
	};
	const ports = { ...context.ports, indexedDB };
	const desk = new KeyDesk('t', ports, holder, () => Promise.resolve(1_000));
	await expect(desk.state()).rejects.toMatchObject({ kind: 'not-to-be-had' });
	await expect(desk.protect(passphrase)).rejects.toMatchObject({ kind: 'not-to-be-had' });

	const upgrading = device.factory.open('t', 20);
	await new Promise((resolve) => (upgrading.onsuccess = resolve));
	upgrading.result.close();
	await expect(openTab().desk.state()).rejects.toMatchObject({ kind: 'newer-format' });
});

test('a secret is stretched as OWASP asks for, however slow the device', async () => {
	let now = 0;
	expect(await calibratedIterations(crypto, () => (now += 60_000))).toBe(600_000);
	now = 0;
	expect(await calibratedIterations(crypto, () => (now += 35))).toBe(2_000_000);
	// A clock that does not move is no reason to wait for minutes.
	expect(await calibratedIterations(crypto, () => 0)).toBe(5_000_000);
});

test('a crash at any step of setting it leaves all as it was, or all under the passphrase', async () => {
	let crashes = 0;
	for (let diesAt = 1; ; diesAt++) {
		device = new Device();
		const builder = openTab();
		const built = await builder.open();
		await addClient(built, 'c1');
		built.close();
		builder.context.die();

		const tab = openTab();
		tab.context.diesAt = diesAt;
		const setting = tab.desk.protect(passphrase).then(
			() => 'set' as const,
			() => 'died' as const,
		);
		const end = await Promise.race([
			setting,
			eventually(() => tab.context.isDead, 60_000).then(() => 'died' as const),
		]);
		const next = openTab();
		const { isProtected } = await next.desk.state();
		if (isProtected)
			expect((await next.desk.unlock({ kind: 'passphrase', text: passphrase })).kind).toBe(
				'unlocked',
			);
		const vault = await next.open();
		expect((await vault.load('clients')).rows('clients').map(({ id }) => id)).toEqual(['c1']);
		vault.close();
		if (end === 'set' && !tab.context.isDead) break;
		crashes++;
	}
	expect(crashes).toBeGreaterThan(15);
}, 300_000);
