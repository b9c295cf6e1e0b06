import { frozenLetters } from '$lib/domain/frozen-letters.ts';
import { presentIds } from '$lib/domain/former-ids.ts';
import type { MadeLink } from '$lib/domain/invite.ts';
import { householdChoicesFrom } from '$lib/domain/household.ts';
import { professionalFinder } from '$lib/domain/professional.ts';
import { newestInvitations, remind, type RemindedBatch } from '$lib/domain/remind.ts';
import { extendedExpiry } from '$lib/domain/resend.ts';
import { plannedTimes } from '$lib/domain/send-plan.ts';
import { leadOf, sharingRows, writtenTo } from '$lib/domain/written-to.ts';
import { makeRowIds } from '$lib/vault/make-row-ids.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { signLinks } from './door/door.ts';
import { doorOf } from './door/user-links.ts';
import { noteTo, type Notes, withoutSent } from './editor/notes.ts';
import { missingSecret } from './practice-secret.ts';
import { newSecret } from './random-codes.ts';
import {
	browserPorts,
	needs,
	type ConfirmedSending,
	type QueuedBatch,
	type SendingPorts,
} from './confirmed-sending.ts';
import { unchangedRows } from './unchanged-rows.ts';
import { withoutUsedChoices } from './used-choices.ts';

/**
 * Queues reminders in one commit: all or none. A reminder is the same invitation sent again: old link and
 * first date stay, its end is never earlier. Who was written to since the report was shown is skipped, so
 * that two tabs or two clicks never remind anyone twice. Throws VaultProblem.
 */
export async function sendReminders(
	vault: Vault,
	confirmed: ConfirmedSending,
	ports: SendingPorts = browserPorts,
): Promise<QueuedBatch> {
	const links = await linksAnew(vault, confirmed, ports);
	// The undo window begins when all is made.
	const now = ports.now();
	const { undoWindowMs, expiryDays } = confirmed.invitation;
	const newId = makeRowIds(ports.crypto).next;
	const secret = newSecret(ports.crypto);
	const { template, practice, professionals = [], notes = {} } = confirmed;
	let batch: RemindedBatch = { invitations: [], messages: [], skipped: [] };
	let choices: Record<string, boolean> = {};
	let sentNotes: Notes = {};
	let people = 0;

	// Read by the vault after `build`, which alone knows who is left.
	const entry = { what: 'reminders queued', count: 0 };
	const build = (state: Snapshot) => {
		const settings = state.rows('settings');
		const letters = frozenLetters(template, practice, professionals, { newId, now });
		const clients = state.table('clients');
		const rows = unchangedRows(confirmed.rows, clients, {
			contacts: state.table('contacts'),
			households: householdChoicesFrom(settings),
		});
		batch = remind(rows, {
			letterOf: (client) => letters.for(client, noteTo(client.id, notes)),
			professionalOf: professionalFinder(professionals),
			practice,
			now,
			undoWindowMs,
			expiryDays,
			newId,
			madeLinkOf: links && (({ clientId }) => links.get(clientId)),
			invitations: state.rows('invitations'),
			messages: state.rows('messages'),
			presentIds: presentIds(clients),
			histories: confirmed.histories ?? new Map(),
			reason: confirmed.reason ?? '',
			plan: confirmed.plan ?? [],
		});
		people = batch.invitations.length;
		if (people === 0) return undefined;
		entry.count = people;
		const skipped = new Set(batch.skipped);
		const reminded = rows.filter((row) => !skipped.has(row)).map(({ clientId }) => clientId);
		const used = withoutUsedChoices(settings, reminded, 'waiting');
		choices = used.choices;
		const noted = withoutSent(settings, reminded);
		sentNotes = noted.sent;
		return {
			put: {
				letters: letters
					.of(batch.messages.map(({ letterId }) => letterId))
					.map((letter, at) =>
						at === 0 ? { ...letter, skipped: confirmed.rows.length - people } : letter,
					),
				invitations: batch.invitations,
				messages: batch.messages,
				settings: [...used.settings, ...noted.settings, ...missingSecret(settings, secret)],
			},
		};
	};
	await vault.commit(build, entry, { needs, isStrict: true });

	return {
		messageIds: batch.messages.map((message) => message.id),
		people,
		skipped: confirmed.rows.length - people,
		dueAt: now + undoWindowMs,
		kind: 'waiting',
		choices,
		portalUserIds: [],
		notes: sentNotes,
	};
}

/** A signed link says until when it is open, and whom it greets: each reminder has one of its own, of the old code. */
async function linksAnew(
	vault: Vault,
	confirmed: ConfirmedSending,
	{ now: clock }: SendingPorts,
): Promise<ReadonlyMap<string, MadeLink> | undefined> {
	const { rows, plan = [], invitation: settings } = confirmed;
	if (!confirmed.door?.isOn) return undefined;
	const now = clock();
	const state = await vault.load('clients', 'invitations', 'settings', 'professionals');
	const door = await doorOf(vault, confirmed, now);
	if (!door) return undefined;
	const invitations = state.rows('invitations');
	const invitationOf = newestInvitations(invitations, presentIds(state.table('clients')));
	const timeOf = plannedTimes(plan, now);
	const about = sharingRows(rows).flatMap((sharing, place) => {
		const lead = leadOf(sharing);
		const invitation = invitationOf(lead);
		if (!invitation) return [];
		const from = timeOf(place) || now;
		const expiresAt = extendedExpiry(invitation, settings.expiryDays, from);
		const { clientId } = lead;
		return [{ clientId, client: writtenTo(lead), code: invitation.code, expiresAt }];
	});
	const links = await signLinks(door, about);
	return new Map(
		about.map(({ clientId, code }, place) => [clientId, { code, link: links[place] ?? '' }]),
	);
}
