import { changeByHand, holdAll } from '$lib/outbox/by-hand.ts';
import { renewWitness, watchOver } from '$lib/outbox/witness.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { backUp, restore } from '../support/backups.ts';
import { Device } from '../support/device.ts';
import { copyDisk, diskFrom } from '../support/disk-copy.ts';
import { deliverAll, openDesk, queueMessages, readStates } from '../support/outbox-desk.ts';
import { accepted, ScriptedRelay } from '../support/scripted-relay.ts';

beforeEach(() => {
	const marks = new Map<string, string>();
	vi.stubGlobal('localStorage', {
		getItem: (name: string) => marks.get(name) ?? null,
		setItem: (name: string, value: string) => void marks.set(name, value),
	});
});
afterEach(() => void vi.unstubAllGlobals());

/** Six messages of which two had left when the backup was made; then all of them leave. A week later it is put back. */
async function restoredLastWeek(hasKeys: boolean) {
	const device = new Device();
	const relay = new ScriptedRelay(hasKeys);
	const tab = await openDesk(device, relay);
	await watchOver(tab.vault, device.now);
	await queueMessages(tab, 6);
	let backup: ReturnType<typeof copyDisk>;
	relay.answer = ({ count }) => {
		if (count === 3) backup = copyDisk(device.factory, 'outbox');
		return accepted;
	};
	await deliverAll(tab);
	expect(relay.mails).toHaveLength(6);
	tab.die();
	if (!backup) throw new Error('No backup');
	device.factory = await diskFrom(backup);
	device.now += 6 * 86_400_000;
	const again = await openDesk(device, relay);
	return { device, relay, tab: again };
}

test.each([true, false])('nothing leaves (a relay with keys: %s)', async (hasKeys) => {
	const { device, relay, tab } = await restoredLastWeek(hasKeys);

	expect(await watchOver(tab.vault, device.now)).toBe('older');
	await deliverAll(tab);
	device.now += 3_600_000;
	await deliverAll(tab);

	expect(relay.requests).toHaveLength(6);
	expect(await readStates(device)).toEqual({ sent: 2, held: 4 });
});

test('what a person lets go is sent under the same key, so that a relay with keys drops it', async () => {
	const { device, relay, tab } = await restoredLastWeek(true);
	await watchOver(tab.vault, device.now);

	const ids = tab.vault.snapshot.rows('messages').map(({ id }) => id);
	expect(await changeByHand(tab.vault, 'release', ids, device.now)).toBe(4);
	await deliverAll(tab);

	expect(relay.mails).toHaveLength(6);
	expect(await readStates(device)).toEqual({ sent: 6 });
});

test('what a person calls back then says that it may have arrived all the same', async () => {
	const { device, tab } = await restoredLastWeek(false);
	await watchOver(tab.vault, device.now);

	await changeByHand(tab.vault, 'cancel', ['m4'], device.now);

	expect(tab.vault.snapshot.get('messages', 'm4')).toMatchObject({
		state: 'cancelled',
		reason: 'Cancelled. It may have arrived all the same.',
	});
});

test('what was paused by hand before the backup is held as restored, too', async () => {
	const device = new Device();
	const tab = await openDesk(device, new ScriptedRelay());
	await queueMessages(tab, 2);
	await changeByHand(tab.vault, 'pause', ['m1'], device.now);

	expect(await holdAll(tab.vault, device.now)).toBe(2);
	expect(await holdAll(tab.vault, device.now)).toBe(0);

	const messages = tab.vault.snapshot.rows('messages');
	expect(messages.map(({ heldFor }) => heldFor)).toEqual(['restored', 'restored']);
});

describe('a backup file', () => {
	/** Six messages of which four were still queued when the backup was made; then all of them left. */
	async function backedUp() {
		const device = new Device();
		const relay = new ScriptedRelay();
		const tab = await openDesk(device, relay);
		await watchOver(tab.vault, device.now);
		await queueMessages(tab, 6, (number) => (number > 4 ? { state: 'sent' } : {}));
		const file = await backUp(tab.vault);
		await deliverAll(tab);
		expect(relay.mails).toHaveLength(4);
		device.now += 6 * 86_400_000;
		return { device, relay, tab, file };
	}

	test.each(['replace', 'merge'] as const)(
		'restored over what is here (%s): nothing leaves, and the witness is content',
		async (mode) => {
			const { device, relay, tab, file } = await backedUp();
			await restore(tab.vault, file, { mode });
			renewWitness(tab.vault);
			await deliverAll(tab);

			expect(relay.mails).toHaveLength(4);
			const states = await readStates(device);
			expect(states).toEqual(mode === 'replace' ? { sent: 2, held: 4 } : { sent: 6 });
			tab.die();
			const again = await openDesk(device, relay);
			expect(await watchOver(again.vault, device.now)).toBe('well');
		},
	);

	test('restored where the storage was lost: nothing leaves, then or after a reload', async () => {
		const { relay, tab, file } = await backedUp();
		tab.die();
		const emptied = new Device();
		const lost = await openDesk(emptied, relay);
		expect(await watchOver(lost.vault, emptied.now)).toBe('gone');
		await restore(lost.vault, file);
		renewWitness(lost.vault);
		await deliverAll(lost);
		await queueMessages(lost, 1, () => ({ id: 'new' }));
		lost.die();

		const again = await openDesk(emptied, relay);
		expect(await watchOver(again.vault, emptied.now)).toBe('well');
		expect(await readStates(emptied)).toEqual({ sent: 2, held: 4, queued: 1 });
		expect(relay.mails).toHaveLength(4);
	});
});
