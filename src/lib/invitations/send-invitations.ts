import { freezeLetter } from '$lib/domain/compose.ts';
import { invitationStandings } from '$lib/domain/invitation-standing.ts';
import { invite, type InvitedBatch } from '$lib/domain/invite.ts';
import type { Template } from '$lib/domain/message.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import type { PlannedDay } from '$lib/domain/send-plan.ts';
import {
	settingsFrom,
	type InvitationSettings,
	type PracticeSettings,
	type SettingsRow,
} from '$lib/domain/settings.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { makeRowIds } from '$lib/vault/row-ids.ts';
import { missingSecret } from './practice-secret.ts';
import { makeCodes, newSecret } from './random-codes.ts';
import { unchangedRows } from './unchanged-rows.ts';

/** What the person confirmed: it is what will be sent, whatever changes meanwhile. */
export interface ConfirmedSending {
	rows: readonly ReportRow[];
	template: Pick<Template, 'subject' | 'body'>;
	practice: PracticeSettings;
	invitation: Pick<InvitationSettings, 'undoWindowMs' | 'expiryDays'>;
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
	/** The person's own choices that the batch used up, to be put back with it. */
	choices: Readonly<Record<string, boolean>>;
}

export interface SendingPorts {
	now: () => number;
	crypto: Pick<Crypto, 'getRandomValues'>;
}

const browserPorts: SendingPorts = {
	now: Date.now,
	crypto: globalThis.crypto,
};

const needs = ['clients', 'invitations', 'messages', 'letters', 'settings'] as const;

/**
 * Queues the invitations in one commit: all or none. Who was invited since the report was shown is
 * skipped, so that two tabs or two clicks never invite anyone twice. Throws VaultProblem.
 */
export async function sendInvitations(
	vault: Vault,
	confirmed: ConfirmedSending,
	ports: SendingPorts = browserPorts,
): Promise<QueuedBatch> {
	const now = ports.now();
	const { undoWindowMs, expiryDays } = confirmed.invitation;
	const newId = makeRowIds(ports.crypto);
	const letter = freezeLetter(confirmed.template, confirmed.practice, newId(), now);
	const newCode = makeCodes(ports.crypto);
	const secret = newSecret(ports.crypto);
	let batch: InvitedBatch = { invitations: [], messages: [], skipped: [] };
	let choices: Record<string, boolean> = {};

	// Read by the vault after `build`, which alone knows who is left.
	const entry = { what: 'invitations queued', count: 0 };
	const build = (state: Snapshot) => {
		const invitations = state.rows('invitations');
		batch = invite(unchangedRows(confirmed.rows, state.table('clients')), {
			letter,
			practice: confirmed.practice,
			now,
			undoWindowMs,
			expiryDays,
			newId,
			newCode,
			standings: invitationStandings(invitations, state.rows('messages')),
			invitations,
			formerMessages: state.rows('messages'),
			plan: confirmed.plan ?? [],
		});
		if (batch.invitations.length === 0) return undefined;
		entry.count = batch.invitations.length;
		const used = withoutUsedChoices(state.rows('settings'), batch);
		choices = used.choices;
		return {
			put: {
				letters: [{ ...letter, skipped: confirmed.rows.length - batch.invitations.length }],
				invitations: batch.invitations,
				messages: batch.messages,
				settings: [...used.settings, ...missingSecret(state.rows('settings'), secret)],
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
		choices,
	};
}

/** A choice is for one invitation: after a refusal the report's own mind counts again. */
function withoutUsedChoices(
	rows: readonly SettingsRow[],
	{ invitations }: InvitedBatch,
): { settings: SettingsRow[]; choices: Record<string, boolean> } {
	const selection = settingsFrom(rows, 'report-selection');
	const left = { ...selection.choices };
	const used: [string, boolean][] = [];
	for (const { clientId } of invitations) {
		const choice = left[clientId];
		if (typeof choice !== 'boolean') continue;
		used.push([clientId, choice]);
		delete left[clientId];
	}
	const settings = used.length > 0 ? [{ ...selection, choices: left }] : [];
	return { settings, choices: Object.fromEntries(used) };
}
