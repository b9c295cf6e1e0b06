import { isEqual } from '$lib/domain/equal.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { repeatedBy, type Letter, type Message } from '$lib/domain/message.ts';
import { professionalFinder } from '$lib/domain/professional.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import type { Reason, ReasonKind } from '$lib/domain/report-reasons.ts';
import { type Blocker, whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import type { PracticeSettings } from '$lib/domain/settings/practice.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { Wording } from '$lib/domain/wording.ts';
import { presentClient } from '$lib/vault/present-client.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { lettersOf } from './letters-of-now.ts';
import type { LinkToSign } from './link-signer.ts';
import { type LinkFor, rendered } from './render-one.ts';
import { nearby, reportNear } from './report-near.ts';

/** A message that was left as it was, and why; without reasons: its clients no longer share an inbox, or a field is empty. */
export interface NotRendered {
	messageId: string;
	reasons: readonly Reason[];
}

export interface RenderedAnew {
	rendered: number;
	/** They keep what was confirmed. */
	kept: readonly NotRendered[];
	/** Why nothing can be rendered at all: the template or the practice's own details. */
	blockers: readonly Blocker[];
}

/** What rendering asks of its surroundings. */
export interface RenderPorts {
	now: () => number;
	newId: () => string;
	/** Without it signed links stay as they were frozen. */
	signLinks?: ((links: readonly LinkToSign[]) => Promise<string[]>) | undefined;
}

const browserPorts: RenderPorts = { now: Date.now, newId: () => crypto.randomUUID() };

const needs = [...nearby, 'letters', 'templates', 'professionals', 'portalUsers'] as const;

/**
 * Renders queued messages anew, because the person asks: today's template, practice and client
 * instead of what was confirmed. One commit. What was tried before stays as it was: its key must
 * carry the same bytes. Throws VaultProblem.
 */
export async function renderAnew(
	vault: Vault,
	messageIds: readonly string[],
	despite: readonly ReasonKind[] = [],
	ports: RenderPorts = browserPorts,
): Promise<RenderedAnew> {
	const linkFor = await linksSigned(vault, messageIds, despite, ports);
	let result: RenderedAnew = { rendered: 0, kept: [], blockers: [] };
	await vault.commit(
		(state) => {
			const plan = planned(state, messageIds, despite, { ...ports, linkFor });
			const { messages, kept, blockers } = plan;
			result = { rendered: messages.length, kept, blockers };
			if (messages.length === 0) return undefined;
			const { letters, invitations } = plan;
			return { put: { letters, messages, invitations } };
		},
		{ what: 'messages rendered anew', count: messageIds.length },
		{ needs, isStrict: true },
	);
	return result;
}

/** A signature takes its time, and a commit cannot wait: what is to be signed is found out by a rehearsal. */
async function linksSigned(
	vault: Vault,
	messageIds: readonly string[],
	despite: readonly ReasonKind[],
	ports: RenderPorts,
): Promise<LinkFor> {
	const { signLinks } = ports;
	if (!signLinks) return (_id, { link }) => link;
	const asked: [messageId: string, about: LinkToSign][] = [];
	const linkFor: LinkFor = (messageId, about) => {
		asked.push([messageId, about]);
		return about.link;
	};
	planned(await vault.load(...needs), messageIds, despite, { ...ports, linkFor });
	const signed = await signLinks(asked.map(([, about]) => about));
	const byMessage = new Map(
		asked.map(([messageId, about], place) => [messageId, { about, link: signed[place] ?? '' }]),
	);
	return (messageId, about) => {
		const made = byMessage.get(messageId);
		// Another tab may have changed her meanwhile: then the frozen one is not wrong yet.
		return made && made.link !== '' && isEqual(made.about, about) ? made.link : about.link;
	};
}

interface Plan {
	messages: Message[];
	invitations: Invitation[];
	letters: Letter[];
	kept: readonly NotRendered[];
	blockers: readonly Blocker[];
}

function planned(
	state: Snapshot,
	messageIds: readonly string[],
	despite: readonly ReasonKind[],
	{ now: clock, newId, linkFor }: RenderPorts & { linkFor: LinkFor },
): Plan {
	const now = clock();
	const settings = state.rows('settings');
	const practice = settingsFrom(settings, 'practice');
	const asked = messageIds
		.flatMap((id) => state.get('messages', id) ?? [])
		.filter((message) => canRender(message));
	const letterOf = lettersOf(state, practice, { newId, now });
	const blockers = blockersOf(state, practice, letterOf.wordings(asked));
	const plan: Plan = { messages: [], invitations: [], letters: [], kept: [], blockers };
	if (blockers.length > 0) return plan;
	const kept: NotRendered[] = [];
	const carried = carriedBy(state, asked);
	const rendering = {
		state,
		letterOf,
		professionalOf: professionalFinder(state.rows('professionals')),
		practice,
		despite,
		rows: rowsOf(state, asked, carried, now),
		now,
		linkFor,
	};
	for (const message of asked) {
		const anew = rendered(message, carried.get(message.id) ?? [], rendering);
		if ('reasons' in anew) kept.push({ messageId: message.id, reasons: anew.reasons });
		else {
			plan.messages.push(anew.message);
			plan.invitations.push(...anew.invitations);
		}
	}
	return { ...plan, kept, letters: letterOf.needed(plan.messages) };
}

function blockersOf(
	state: Snapshot,
	practice: PracticeSettings,
	wordings: readonly Wording[],
): Blocker[] {
	const settings = state.rows('settings');
	const relay = settingsFrom(settings, 'relay');
	const door = settingsFrom(settings, 'portal-door');
	const [first, ...others] = wordings;
	if (!first) return [];
	const all = { ...first, others: [...(first.others ?? []), ...others] };
	return whatBlocksSending({ practice, relay, template: all, door }).filter(
		({ kind }) => kind !== 'no-relay',
	);
}

/** Waits, and was never tried. */
export function canRender({ state, attempts, maybeSentAt }: Message): boolean {
	return (state === 'queued' || state === 'held') && attempts === 0 && maybeSentAt === 0;
}

function carriedBy(state: Snapshot, messages: readonly Message[]): Map<string, Invitation[]> {
	const carried = new Map<string, Invitation[]>(messages.map(({ id }) => [id, []]));
	for (const invitation of state.rows('invitations'))
		carried.get(invitation.messageId)?.push(invitation);
	// A reminder repeats invitations that another message carried.
	for (const message of messages) {
		const own = carried.get(message.id);
		if (own?.length === 0)
			own.push(...repeatedBy(message).flatMap((id) => state.get('invitations', id) ?? []));
	}
	return carried;
}

/** One report for all of them: thousands may be asked for at once. */
function rowsOf(
	state: Snapshot,
	messages: readonly Message[],
	carried: ReadonlyMap<string, readonly Invitation[]>,
	now: number,
): Map<string, ReportRow> {
	const clients = [...carried.values()]
		.flat()
		.flatMap(({ clientId }) => presentClient(state, clientId) ?? []);
	const putAway = new Set(messages.map(({ id }) => id));
	const rows = reportNear(state, clients, putAway, now);
	return new Map(rows.map((row) => [row.client.id, row]));
}
