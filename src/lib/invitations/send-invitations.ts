import { frozenLetters } from '$lib/domain/frozen-letters.ts';
import { presentIds } from '$lib/domain/former-ids.ts';
import { invitationStandings } from '$lib/domain/invitation-standing.ts';
import { householdChoicesFrom } from '$lib/domain/household.ts';
import { invite, type InvitedBatch } from '$lib/domain/invite.ts';
import { professionalFinder } from '$lib/domain/professional.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';
import { everyone, reportScope, rowsWithin } from '$lib/domain/report-scope.ts';
import { plannedTimes } from '$lib/domain/send-plan.ts';
import type { ReportScope } from '$lib/domain/settings/report-choices.ts';
import { writtenTo } from '$lib/domain/written-to.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { makeRowIds } from '$lib/vault/make-row-ids.ts';
import {
	browserPorts,
	needs,
	type ConfirmedSending,
	type QueuedBatch,
	type SendingPorts,
} from './confirmed-sending.ts';
import { makeLinks, openDoor } from './door/door.ts';
import { noteTo, type Notes, withoutSent } from './editor/notes.ts';
import { invitedGuardians } from './invited-guardians.ts';
import { missingSecret } from './practice-secret.ts';
import { drawCodes, newSecret } from './random-codes.ts';
import { unchangedRows } from './unchanged-rows.ts';
import { withoutNewDoubts } from './without-new-doubts.ts';
import { withoutUsedChoices } from './used-choices.ts';
import { withoutWrittenSince } from './written-since.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Queues the invitations in one commit: all or none. Who was invited since the report was shown is
 * skipped, so that two tabs or two clicks never invite anyone twice. Throws VaultProblem.
 */
export async function sendInvitations(
	vault: Vault,
	confirmed: ConfirmedSending,
	ports: SendingPorts = browserPorts,
): Promise<QueuedBatch> {
	const links = await linksMadeAhead(vault, confirmed, ports);
	// The undo window begins when all is made.
	const now = ports.now();
	const { undoWindowMs, expiryDays } = confirmed.invitation;
	const ids = makeRowIds(ports.crypto);
	const newId = ids.next;
	const { template, practice, professionals = [], notes = {}, kind = 'first' } = confirmed;
	const isAnew = kind === 'returned';
	const hasNotes = Object.keys(notes).length > 0;
	const secret = newSecret(ports.crypto);
	let batch: InvitedBatch | undefined;
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
			letterOf: (client) => letters.for(client, hasNotes ? noteTo(client.id, notes) : ''),
			professionalOf: professionalFinder(professionals),
			practice,
			now,
			undoWindowMs,
			expiryDays,
			ids,
			newCodes: (count) => drawCodes(count, ports.crypto),
			madeLinkOf: links && (({ clientId }) => links.get(clientId)),
			standings,
			invitations,
			formerMessages: state.rows('messages'),
			plan: confirmed.plan ?? [],
			isAnew,
		});
		if (batch.invitations.length === 0) return undefined;
		entry.count = batch.invitations.length;
		const clientIds = batch.invitations.values('clientId');
		const used = withoutUsedChoices(state.rows('settings'), clientIds, kind);
		choices = used.choices;
		const noted = withoutSent(state.rows('settings'), batch.messages.values('clientId'));
		sentNotes = noted.sent;
		const skipped = confirmed.rows.length - batch.invitations.length;
		portalUsers = invitedGuardians(state, batch.invitations, { now, newId });
		return {
			put: {
				// Counted once for the whole batch, however many letters it has.
				letters: letters
					.of(batch.messages.values('letterId'))
					.map((letter, at) => (at === 0 ? { ...letter, skipped } : letter)),
				portalUsers,
				settings: [
					...used.settings,
					...noted.settings,
					...(scope ? [everyone] : []),
					...missingSecret(state.rows('settings'), secret),
				],
			},
			add: { invitations: batch.invitations, messages: batch.messages },
		};
	};
	// Strict: what the person was told is queued must be there after a power cut.
	await vault.commit(build, entry, { needs, isStrict: true });

	const people = batch?.invitations.length ?? 0;
	return {
		messageIds: batch?.messages.values('id') ?? [],
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
	return door && makeLinks(door, people, drawCodes(people.length, crypto), expiresAt);
}
