import { senderName } from '$lib/domain/compose.ts';
import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import type { PracticeSettings } from '$lib/domain/settings/practice.ts';
import type { RelayKind } from '$lib/domain/settings/relay.ts';
import { pageRelays } from '$lib/relay/page-relays.ts';
import type { Relay } from '$lib/relay/relay.ts';
import { relayFrom } from '$lib/relay/relays.ts';
import { signInKeeper } from '$lib/vault/sign-in-keeper.ts';
import type { Vault } from '$lib/vault/types.ts';
import { rowsOf, type SetUps, withRows } from './set-ups.ts';

/** The relay of a form as it stands, saved or not; undefined for a kind that sends nothing. */
export function relayOnTrial<Kind extends RelayKind>(
	vault: Vault,
	kind: Kind,
	setUp: SetUps[Kind],
): Relay | undefined {
	const rows = vault.snapshot.rows('settings');
	return relayFrom(withRows(rows, rowsOf(rows, kind, setUp)), signInKeeper(vault), pageRelays);
}

/** A mail to the practice's own reply-to address; it goes past the outbox. */
export function testMessage(practice: PracticeSettings): OutgoingMessage {
	const sender = senderName(practice) || 'Portico';
	const text = `This is a test from Portico.

Your clients' invitations will arrive like this one: from this address, in your name.
An answer to this mail should come back to ${practice.replyTo}.
`;
	return {
		to: { name: practice.yourName, address: practice.replyTo },
		from: { name: sender },
		replyTo: practice.replyTo,
		subject: 'A test from Portico',
		text,
		html: `<!doctype html>\n<html lang="en"><body>${text
			.trim()
			.split('\n\n')
			.map((part) => `<p>${escaped(part)}</p>`)
			.join('\n')}</body></html>`,
	};
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export interface TrialWords {
	tone: 'good' | 'warn' | 'bad';
	title: string;
	words: string;
}

/** What became of the test, for a person. */
export function outcomeInWords(outcome: Outcome, address: string): TrialWords {
	switch (outcome.kind) {
		case 'accepted':
			return {
				tone: 'good',
				title: 'The test is on its way',
				words: `It was taken for ${address}. Look into that inbox, and into its spam.`,
			};
		case 'refused':
		case 'relay-refused':
			return { tone: 'bad', title: 'The test was refused', words: outcome.detail };
		case 'throttled':
			return {
				tone: 'warn',
				title: 'The test was not sent: a limit is reached',
				words: outcome.detail,
			};
		case 'unreachable':
			return { tone: 'bad', title: 'The test did not leave', words: outcome.detail };
		case 'unknown':
			return {
				tone: 'warn',
				title: 'Nobody can say whether the test left',
				words: `${outcome.detail} Look into the inbox of ${address} before you try again.`,
			};
	}
}
