import { KeyDesk } from '$lib/vault/key-desk.ts';
import { calibrated } from '$lib/vault/key-wrap.ts';
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
	const code = await tab.desk.protect(passphrase);
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

test('changing the passphrase rewrites no block; the old one opens nothing', async () => {
	const { tab, vault } = await protectedDevice();
	const raw = new RawDatabase(device);
	const sealed = async () => (await raw.dump()).records.filter(({ store }) => store !== 'keys');
	const before = await sealed();
	const old = { kind: 'passphrase', text: passphrase } as const;
	expect(await tab.desk.changePassphrase({ kind: 'passphrase', text: 'no' }, 'x')).toBe(false);
	expect(await tab.desk.changePassphrase(old, 'a new one, longer')).toBe(true);
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
	expect(await tab.desk.addPasskey({ kind: 'passphrase', text: passphrase }, passkey)).toBe(true);
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
	expect(await tab.desk.unprotect({ kind: 'passphrase', text: 'no' })).toBe(false);
	expect(await tab.desk.unprotect({ kind: 'passphrase', text: passphrase })).toBe(true);
	await addClient(vault, 'c2');
	tab.context.die();
	const next = await openTab().open();
	expect((await next.load('clients')).rows('clients')).toHaveLength(2);
	next.close();
});

test('a secret is stretched as OWASP asks for, however slow the device', async () => {
	let now = 0;
	expect(await calibrated(crypto, () => (now += 60_000))).toBe(600_000);
	now = 0;
	expect(await calibrated(crypto, () => (now += 35))).toBe(2_000_000);
	// A clock that does not move is no reason to wait for minutes.
	expect(await calibrated(crypto, () => 0)).toBe(5_000_000);
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
