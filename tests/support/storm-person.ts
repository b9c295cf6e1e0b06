import { canBeReleased } from '$lib/domain/standing-against.ts';
import type { Client } from '$lib/domain/client.ts';
import type { Message } from '$lib/domain/message.ts';
import { pausedByHand } from '$lib/domain/hindrance.ts';
import { changeByHand, handOverByHand, scheduleByHand, setPaused } from '$lib/outbox/by-hand.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import type { Random } from './random.ts';
import type { StormContext, StormDevice } from './storm-device.ts';

const needs = ['messages', 'clients', 'settings'] as const;

/** What a person does to the outbox in the midst of it all. */
export class StormPerson {
	/** Messages of which she says herself that they arrived, or that she handed over. */
	readonly vouched = new Set<string>();
	readonly #random: Random;
	readonly #place: StormDevice;

	constructor(random: Random, place: StormDevice) {
		this.#random = random;
		this.#place = place;
	}

	async act(): Promise<void> {
		const page = await this.#place.page();
		const { vault } = page;
		const messages = (await vault.load(...needs)).rows('messages');
		const chosen = messages[this.#random.below(messages.length)];
		const { now } = this.#place.device;
		const act = this.#random.below(11);
		if (act === 0) return setPaused(vault, pausedByHand);
		if (act === 1) return setPaused(vault, '');
		if (!chosen) return;
		const { id } = chosen;
		if (act === 2) await changeByHand(vault, 'cancel', [id], now);
		else if (act === 3) await changeByHand(vault, 'tryNow', [id], now);
		else if (act === 4) await changeByHand(vault, 'pause', [id], now);
		else if (act === 5 || act === 6) await this.#release(page, [id]);
		else if (act === 7) await this.#sendAgain(page, chosen);
		else if (act === 8)
			await this.#vouch(() => changeByHand(vault, 'confirmArrived', [id], now), id);
		else if (act === 9) await this.#vouch(() => handOverByHand(vault, [id], 'letter', now), id);
		else await scheduleByHand(vault, [id], now + 3_600_000, now);
	}

	/** All that is held is let go, as far as it may; what stands against a client stays. */
	async releaseAll(page: StormContext): Promise<void> {
		const state = await page.vault.load(...needs);
		const ids = state.rows('messages').flatMap((message) => {
			const { state, heldFor, id } = message;
			return state === 'held' && heldFor !== '' && canBeReleased(heldFor) ? [id] : [];
		});
		if (ids.length > 0) await this.#release(page, ids);
	}

	/** A client asks not to be emailed, dies, joins, is archived or deleted while a message waits. */
	async editClient(): Promise<void> {
		const { vault } = await this.#place.page();
		const id = `c${this.#random.below(8)}`;
		const change = this.#random.pick<Partial<Client> | 'gone'>([
			{ isDoNotEmail: true },
			{ isDeceased: true },
			{ hasJoinedPortal: true },
			{ hasBounced: true },
			'gone',
		]);
		let bars = '';
		await vault.commit(
			(state) => {
				const client = state.get('clients', id);
				const message = state.rows('messages').find(({ clientId }) => clientId === id);
				if (!client) return undefined;
				// One that is on its way already cannot be called back.
				bars = message?.state === 'sending' ? '' : client.emailAddress;
				if (change === 'gone') return { remove: { clients: [id] } };
				return { put: { clients: [{ ...client, ...change }] } };
			},
			{ what: 'client edited', count: 1 },
			{ needs },
		);
		if (bars) this.#place.relay.barred.add(bars);
	}

	/** After a power cut or a restore: what the database does not know any more bars nobody. */
	async lookAround(): Promise<void> {
		const { vault } = await this.#place.page();
		const state = await vault.load(...needs);
		this.#place.relay.barred.clear();
		for (const message of state.rows('messages'))
			if (isBarred(state, message)) this.#place.relay.barred.add(message.toAddress);
	}

	async #release({ vault }: StormContext, ids: readonly string[]): Promise<void> {
		const state = await vault.load(...needs);
		// She was told that it may have left before, and looked.
		for (const id of ids) {
			const message = state.get('messages', id);
			if (message?.heldFor === 'restored') this.#place.relay.allow(message.toAddress);
		}
		await changeByHand(vault, 'release', ids, this.#place.device.now);
	}

	async #sendAgain({ vault }: StormContext, { id, toAddress, state }: Message): Promise<void> {
		if (state !== 'unconfirmed' && state !== 'failed') return;
		this.#place.relay.allow(toAddress);
		await changeByHand(vault, 'sendAgain', [id], this.#place.device.now);
	}

	async #vouch(change: () => Promise<number>, id: string): Promise<void> {
		if ((await change()) > 0) this.vouched.add(id);
	}
}

function isBarred(state: Snapshot, { clientId }: Message): boolean {
	const client = state.get('clients', clientId);
	if (!client) return true;
	return client.isDoNotEmail || client.isDeceased || client.hasJoinedPortal || client.hasBounced;
}
