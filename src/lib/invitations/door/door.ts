import type { Client } from '$lib/domain/client.ts';
import { greetingName } from '$lib/domain/client.ts';
import type { MadeLink } from '$lib/domain/invite.ts';
import { fieldValues } from '$lib/domain/merge-fields.ts';
import { professionalFinder, replyToFor, type Professional } from '$lib/domain/professional.ts';
import { answerBox } from '$lib/domain/answer-box.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { DoorKeys, PortalDoorSettings } from '$lib/domain/settings/portal-door.ts';
import type { SheetColumn } from '$lib/domain/sheet.ts';
import type { PracticeSettings } from '$lib/domain/settings/practice.ts';
import { invitationLink } from '$lib/domain/web-address.ts';
import { welcomeLink } from '$lib/domain/welcome-link.ts';
import { welcomeClaims, type WelcomeClaims } from '$lib/domain/welcome-token.ts';
import type { Vault } from '$lib/vault/types.ts';
import { makeDoorKeys, publicJwk, signingKey, thumbprint, type DoorCrypto } from './keys.ts';
import { signToken } from './tokens.ts';

/** The invitation that a link is for; `client` as she is written to, by name. */
export interface LinkedInvitation {
	client: Client;
	code: string;
	/** Epoch milliseconds. */
	expiresAt: number;
}

/** Makes the links of invitations that open the welcome page. */
export interface Door {
	/** What the link will say. */
	claimsOf: (about: LinkedInvitation) => WelcomeClaims;
	linkOf: (about: LinkedInvitation) => Promise<string>;
}

export interface DoorOptions {
	settings: PortalDoorSettings;
	practice: PracticeSettings;
	professionals?: readonly Professional[];
	/** Epoch milliseconds. */
	now: number;
	crypto?: DoorCrypto;
}

/**
 * The practice's door, with its key; undefined where links go to the portal's own address. The key is made
 * and kept on first use. Throws VaultProblem.
 */
export async function openDoor(vault: Vault, options: DoorOptions): Promise<Door | undefined> {
	const { settings, practice, professionals = [], now, crypto = globalThis.crypto } = options;
	if (!settings.isOn) return undefined;
	const keys = await keptKeys(vault, now, crypto);
	const box = answerBox(vault.snapshot.rows('settings'));
	const kid = await thumbprint(publicJwk(keys), crypto);
	const signer = { ...(await signingKey(keys, crypto)), kid };
	const professionalOf = professionalFinder(professionals);
	const claimsOf = ({ client, code, expiresAt }: LinkedInvitation) => {
		const recipient = { client, practice, invitation: { code, expiresAt }, professionalOf };
		const [pro = ''] = fieldValues(['professional with credentials'], recipient);
		return welcomeClaims({
			code,
			iss: practice.practiceName,
			pro,
			name: greetingName(client),
			url: practice.portalAddress,
			reply: replyToFor(client, practice.replyTo, professionalOf),
			next: settings.whatHappensNext,
			ask: settings.asksForAnswer,
			box,
			language: client.language ?? '',
			madeAt: now,
			expiresAt,
		});
	};
	return {
		claimsOf,
		linkOf: async (about) =>
			welcomeLink(settings.appAddress.trim(), await signToken(claimsOf(about), signer, crypto)),
	};
}

/**
 * The link of an invitation, wherever this practice's links go: every place that sends or copies one asks
 * here. A signed link is another one each time: what is queued must be frozen.
 */
export async function invitationLinkFor(
	door: Door | undefined,
	practice: Pick<PracticeSettings, 'portalAddress'>,
	about: LinkedInvitation,
): Promise<string> {
	return door ? door.linkOf(about) : invitationLink(practice.portalAddress, about.code);
}

/** So many are signed in a turn of the page, which must not be held up: answers of WebCrypto go before timers. */
const signedAtOnce = 200;

/** Codes and links made ahead, by client id, for a commit that cannot wait. `codes` and `expiresAt` by place. */
export async function makeLinks(
	door: Door,
	rows: readonly { clientId: string; client: Client }[],
	codes: SheetColumn<string>,
	expiresAt: (place: number) => number,
): Promise<Map<string, MadeLink>> {
	const about = rows.map(({ clientId, client }, place) => ({
		clientId,
		client,
		code: codes.at(place) ?? '',
		expiresAt: expiresAt(place),
	}));
	const links = await signLinks(door, about);
	return new Map(
		about.map(({ clientId, code }, place) => [clientId, { code, link: links[place] ?? '' }]),
	);
}

/** The links of these invitations, in their order. The page is not held up, however many they are. */
export async function signLinks(door: Door, about: readonly LinkedInvitation[]): Promise<string[]> {
	const links: string[] = [];
	for (let start = 0; start < about.length; start += signedAtOnce) {
		if (start > 0) await new Promise((resolve) => setTimeout(resolve));
		const some = about.slice(start, start + signedAtOnce);
		links.push(...(await Promise.all(some.map((one) => door.linkOf(one)))));
	}
	return links;
}

/** The key pair in the vault; made where there is none yet. Throws VaultProblem. */
export async function keptKeys(
	vault: Vault,
	now: number,
	crypto: DoorCrypto = globalThis.crypto,
): Promise<DoorKeys> {
	const known = settingsFrom((await vault.load('settings')).rows('settings'), 'door-keys');
	if (known.d !== '') return known;
	const made = await makeDoorKeys(crypto, now);
	let kept = made;
	await vault.commit(
		(state) => {
			// Another tab may have been faster.
			const there = settingsFrom(state.rows('settings'), 'door-keys');
			kept = there.d === '' ? made : there;
			return kept === made ? { put: { settings: [made] } } : undefined;
		},
		{ what: 'door key made', count: 1 },
		{ needs: ['settings'], isStrict: true },
	);
	return kept;
}
