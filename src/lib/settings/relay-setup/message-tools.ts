import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import { pageRelays } from '$lib/relay/page-relays.ts';
import { relayFrom } from '$lib/relay/relays.ts';
import { whatLeaves, type LeavingRequest } from '$lib/relay/what-leaves.ts';
import { signInKeeper } from '$lib/vault/sign-in-keeper.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { outcomeInWords, type TrialWords } from './trial.ts';

/** Sends a message to the practice itself, now and past the outbox, through the relay that is set up. */
export async function sendTest(message: OutgoingMessage): Promise<TrialWords> {
	const vault = await theVault();
	const rows = (await vault.load('settings')).rows('settings');
	const relay = relayFrom(rows, signInKeeper(vault), pageRelays);
	if (!relay)
		return {
			tone: 'warn',
			title: 'There is nothing to send through',
			words: "No email relay is set up that sends by itself: see 'Email relay' in the settings.",
		};
	const key = crypto.randomUUID();
	return outcomeInWords(await relay.send(message, key), message.to.address);
}

/** What would leave for a message that is only previewed yet, with the relay that is set up. */
export async function requestFor(message: OutgoingMessage): Promise<LeavingRequest | undefined> {
	const rows = (await (await theVault()).load('settings')).rows('settings');
	const request = await whatLeaves(rows, message, { key: crypto.randomUUID(), now: Date.now() });
	const note = [request?.note, 'The code of the link is made when you send.']
		.filter(Boolean)
		.join(' ');
	return request && { ...request, note };
}
