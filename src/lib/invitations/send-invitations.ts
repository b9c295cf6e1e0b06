import { frozenLetters } from '$lib/domain/frozen-letters.ts';
import { presentIds } from '$lib/domain/former-ids.ts';
import type { InvitationHistory } from '$lib/domain/invitation-history.ts';
import { invitationStandings } from '$lib/domain/invitation-standing.ts';
import { householdChoicesFrom } from '$lib/domain/household.ts';
import { invite, type InvitedBatch } from '$lib/domain/invite.ts';
import { professionalFinder, type Professional } from '$lib/domain/professional.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';
import type { ReportKind } from '$lib/domain/report-kind.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import { everyone, reportScope, rowsWithin } from '$lib/domain/report-scope.ts';
import { plannedTimes, type PlannedDay } from '$lib/domain/send-plan.ts';
import type {
	InvitationSettings,
	PortalDoorSettings,
	PracticeSettings,
	ReportScope,
} from '$lib/domain/settings.ts';
import type { Wording } from '$lib/domain/wording.ts';
import { writtenTo } from '$lib/domain/written-to.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { makeRowIds } from '$lib/vault/row-ids.ts';
import { makeLinks, openDoor } from './door/door.ts';
import { noteTo, type Notes, withoutSent } from './editor/notes.ts';
import type { DoorCrypto } from './door/keys.ts';
import { invitedGuardians } from './invited-guardians.ts';
import { missingSecret } from './practice-secret.ts';
import { makeCodes, newSecret } from './random-codes.ts';
import { unchangedRows } from './unchanged-rows.ts';
import { withoutNewDoubts } from './without-new-doubts.ts';
import { withoutUsedChoices } from './used-choices.ts';
import { withoutWrittenSince } from './written-since.ts';

/** What the person confirmed: it is what will be sent, whatever changes meanwhile. */
export interface ConfirmedSending {
	/** Of which report; left out, of who was never invited. */
	kind?: ReportKind;
	/** What was sent before to those of the other reports, as she saw it. */
	histories?: ReadonlyMap<string, InvitationHistory>;
	/** Why those are written to who had a mail within the last day; '' where there are none. */
	reason?: string;
	rows: readonly ReportRow[];
	template: Wording;
	/** What is written to single clients, by their ids. */
	notes?: Notes;
	practice: PracticeSettings;
	invitation: Pick<InvitationSettings, 'undoWindowMs' | 'expiryDays'>;
	/** Answers of their clients go to them, where they have an address of their own. */
	professionals?: readonly Professional[];
	/** Where the links go, where not to the portal's own address. */
	door?: PortalDoorSettings;
	/** When they leave, where not at once: at a set time, or over several days (`domain/send-plan.ts`). */
	plan?: readonly PlannedDay[];
}

export interface QueuedBatch {
	messageIds: readonly string[];
	/** Clients invited. */
	people: number;
	/** Confirmed, but not queued: invited or changed in another tab meanwhile. */
	skipped: number;
	/** Epoch milliseconds: until then all can be called back. */
	dueAt: number;
	/** Of which report it was. */
	kind?: ReportKind;
	/** The person's own choices that the batch used up, to be put back with it. */
	choices: Readonly<Record<string, boolean>>;
	/** The notes that were sent, put back with it. */
	notes?: Notes;
	/** Guardians who became portal users with it. */
	portalUserIds: readonly string[];
	/** To whom the report was limited, which ends with the sending; put back with it, too. */
	scope?: ReportScope | undefined;
}

export interface SendingPorts {
	now: () => number;
	crypto: DoorCrypto;
}

export const browserPorts: SendingPorts = {
	now: Date.now,
	crypto: globalThis.crypto,
};

const dayMs = 24 * 60 * 60 * 1000;

export const needs = [
	'clients',
	'contacts',
	'portalUsers',
	'invitations',
	'messages',
	'letters',
	'settings',
] as const;

/**
 * Queues the invitations in one commit: all or none. Who was invited since the report was shown is
 * skipped, so that two tabs or two clicks never invite anyone twice. Throws VaultProblem.
 */
export async function sendInvitations(
	vault: Vault,
	confirmed: ConfirmedSending,
	ports: SendingPorts = browserPorts,
): Promise<QueuedBatch> {
	const newCode = makeCodes(ports.crypto);
	const links = await linksMadeAhead(vault, confirmed, newCode, ports);
	// The undo window begins when all is made.
	const now = ports.now();
	const { undoWindowMs, expiryDays } = confirmed.invitation;
	const newId = makeRowIds(ports.crypto);
	const { template, practice, professionals = [], notes = {}, kind = 'first' } = confirmed;
	const isAnew = kind === 'returned';
	const secret = newSecret(ports.crypto);
	let batch: InvitedBatch = { invitations: [], messages: [], skipped: [] };
	let choices: Record<string, boolean> = {};
	let sentNotes: Notes = {};
	let scope: ReportScope | undefined;
	let portalUsers: PortalUser[] = [];

	// Read by the vault after `build`, which alone knows who is left.
	const entry = { what: 'invitations queued', count: 0 };
	const build = (state: Snapshot) => {
		const invitations = state.rows('invitations');
		// Whom she chose in Clients limits the report of who was never invited alone.
		scope = isAnew ? undefined : reportScope(state.rows('settings'));
		const rows = rowsWithin(confirmed.rows, scope);
		const letters = frozenLetters(template, practice, professionals, { newId, now });
		const whereabouts = {
			contacts: state.table('contacts'),
			households: householdChoicesFrom(state.rows('settings')),
		};
		const unchanged = unchangedRows(rows, state.table('clients'), whereabouts);
		const standings = invitationStandings(
			invitations,
			state.rows('messages'),
			presentIds(state.table('clients')),
		);
		const asked = isAnew
			? withoutWrittenSince(unchanged, state, confirmed, now)
			: withoutNewDoubts(unchanged, standings);
		batch = invite(asked, {
			letter: letters.for({ professional: '' }),
			letterOf: (client) => letters.for(client, noteTo(client.id, notes)),
			professionalOf: professionalFinder(professionals),
			practice,
			now,
			undoWindowMs,
			expiryDays,
			newId,
			newCode,
			madeLinkOf: links && (({ clientId }) => links.get(clientId)),
			standings,
			invitations,
			formerMessages: state.rows('messages'),
			plan: confirmed.plan ?? [],
			isAnew,
		});
		if (batch.invitations.length === 0) return undefined;
		entry.count = batch.invitations.length;
		const clientIds = batch.invitations.map(({ clientId }) => clientId);
		const used = withoutUsedChoices(state.rows('settings'), clientIds, kind);
		choices = used.choices;
		const noted = withoutSent(
			state.rows('settings'),
			batch.messages.map(({ clientId }) => clientId),
		);
		sentNotes = noted.sent;
		const skipped = confirmed.rows.length - batch.invitations.length;
		portalUsers = invitedGuardians(state, batch.invitations, { now, newId });
		return {
			put: {
				// Counted once for the whole batch, however many letters it has.
				letters: letters
					.of(batch.messages)
					.map((letter, at) => (at === 0 ? { ...letter, skipped } : letter)),
				invitations: batch.invitations,
				messages: batch.messages,
				portalUsers,
				settings: [
					...used.settings,
					...noted.settings,
					...(scope ? [everyone] : []),
					...missingSecret(state.rows('settings'), secret),
				],
			},
		};
	};
	// Strict: what the person was told is queued must be there after a power cut.
	await vault.commit(build, entry, { needs, isStrict: true });

	const people = batch.invitations.length;
	return {
		messageIds: batch.messages.map((message) => message.id),
		people,
		skipped: confirmed.rows.length - people,
		dueAt: now + undoWindowMs,
		kind,
		choices,
		portalUserIds: portalUsers.map(({ id }) => id),
		notes: sentNotes,
		scope,
	};
}

/** Signing takes its time, and a signature is another one each time: a link is made once, before the commit. */
async function linksMadeAhead(
	vault: Vault,
	confirmed: ConfirmedSending,
	newCode: () => string,
	{ now: clock, crypto }: SendingPorts,
) {
	const { door: settings, practice, professionals = [], rows, plan = [], invitation } = confirmed;
	if (!settings?.isOn) return undefined;
	const now = clock();
	const door = await openDoor(vault, { settings, practice, professionals, now, crypto });
	const timeOf = plannedTimes(plan, now);
	// Who is skipped lets the others leave earlier: a link is never open for less than its invitation.
	const expiresAt = (place: number) => (timeOf(place) || now) + invitation.expiryDays * dayMs;
	const people = rows.map((row) => ({ clientId: row.clientId, client: writtenTo(row) }));
	return door && makeLinks(door, people, { newCode, expiresAt });
}
