import { cancel } from '$lib/domain/by-hand.ts';
import { endsPutBack } from '$lib/domain/extension.ts';
import type { Message } from '$lib/domain/message.ts';
import { reportScope } from '$lib/domain/report-scope.ts';
import type { ReportScope } from '$lib/domain/settings/report-choices.ts';
import type { Snapshot, Vault } from '$lib/vault/types.ts';
import { notesAgain } from './editor/notes.ts';
import type { QueuedBatch } from './confirmed-sending.ts';
import { choicesAgain } from './used-choices.ts';

export interface CallBackReceipt {
	/** Messages that now never leave. */
	calledBack: number;
	/** Messages that were on their way already. */
	left: number;
}

/**
 * Calls a batch back, as one commit: what no deliverer has touched is cancelled, the rest stays as it
 * is. Their clients count as never invited, chosen as they were. Throws VaultProblem.
 */
export async function callBack(
	vault: Vault,
	{
		messageIds,
		choices,
		scope,
		notes,
		portalUserIds = [],
		kind,
	}: Pick<QueuedBatch, 'messageIds' | 'choices'> &
		Partial<Pick<QueuedBatch, 'scope' | 'notes' | 'portalUserIds' | 'kind'>>,
	now: () => number = Date.now,
): Promise<CallBackReceipt> {
	let cancelled: Message[] = [];
	let left = 0;
	// Read by the vault after `build`, which alone knows how many there were.
	const entry = { what: 'invitations called back', count: 0 };
	await vault.commit(
		(state) => {
			const at = now();
			cancelled = messageIds.flatMap((id) => {
				const message = state.get('messages', id);
				return (message && isUntouched(message) && cancel(message, at)) || [];
			});
			// Whoever was called back in the Outbox already has not left either.
			const untouched = new Set(cancelled.map((message) => message.id));
			left = messageIds.filter((id) => {
				const message = state.get('messages', id);
				return message && message.state !== 'cancelled' && !untouched.has(id);
			}).length;
			entry.count = cancelled.length;
			if (cancelled.length === 0) return undefined;
			const settings = [
				...choicesAgain(state.rows('settings'), choices, kind),
				...scopeAgain(state, scope),
				...notesAgain(state.rows('settings'), notes),
			];
			// Who was invited after all keeps the access that came with it.
			const portalUsers = left === 0 ? portalUserIds : [];
			const invitations = endsPutBack(cancelled, state.rows('messages'), state.rows('invitations'));
			return { put: { messages: cancelled, settings, invitations }, remove: { portalUsers } };
		},
		entry,
		{ needs: ['messages', 'settings', 'portalUsers', 'invitations'], isStrict: true },
	);
	return { calledBack: cancelled.length, left };
}

function isUntouched({ state, attempts, maybeSentAt }: Message): boolean {
	return (state === 'queued' || state === 'held') && attempts === 0 && maybeSentAt === 0;
}

/** Who sends once more after an 'Undo' writes to those she had chosen, not to everyone. */
function scopeAgain(state: Snapshot, scope: ReportScope | undefined): ReportScope[] {
	return scope && !reportScope(state.rows('settings')) ? [scope] : [];
}
