import { settingsFrom } from '$lib/domain/settings.ts';
import { type AnswerKind, isJoining } from '$lib/domain/welcome-receipt.ts';
import type { Vault } from '$lib/vault/types.ts';
import { applyAnswer, undoAnswer } from './apply-answer.ts';
import { answered, judgeAnswer, type JudgedAnswer } from './judge-answer.ts';
import { verifyReceipt } from './receipts.ts';

export interface TakenAnswers {
	/** What was applied, with what it takes to undo it. */
	applied: readonly { kind: AnswerKind; entryId: string }[];
	/** Genuine ones that a person has to look at: they would change what she knows, or came too late. */
	toLookAt: readonly string[];
	/** Ids of those that the box may forget: applied, applied before, or never an answer of ours. */
	settled: readonly string[];
}

/**
 * Takes answers that were left somewhere by the judge of those that are pasted: none is believed that this
 * practice's own key did not ask for, and a no is never overwritten by a yes in silence. What is not known
 * here may be known on another device, and stays where it is. Throws VaultProblem.
 */
export async function takeAnswers(
	vault: Vault,
	waiting: readonly { id: string; text: string }[],
	now: () => number = Date.now,
	crypto: Pick<Crypto, 'subtle'> = globalThis.crypto,
): Promise<TakenAnswers> {
	const applied: { kind: AnswerKind; entryId: string }[] = [];
	const toLookAt: string[] = [];
	const settled: string[] = [];
	for (const { id, text } of waiting) {
		const state = await vault.load(...answered, 'settings');
		const keys = settingsFrom(state.rows('settings'), 'door-keys');
		const verified = await verifyReceipt(text, keys, crypto);
		if (verified.kind === 'damaged') settled.push(id);
		if (verified.kind !== 'genuine') continue;
		const verdict = judgeAnswer(state, verified.receipt, now());
		switch (verdict.kind) {
			case 'applied':
				settled.push(id);
				break;
			case 'too-late':
				toLookAt.push(text);
				break;
			case 'unknown':
				break;
			case 'ready': {
				const { before, kind } = verdict.answer;
				// The same once more says nothing new, however often somebody sends it.
				if (before?.kind === kind && isDone(verdict.answer)) {
					settled.push(id);
					break;
				}
				const isOther = before && !isJoining(before.kind) && isJoining(kind);
				if (isOther || before?.kind === kind) {
					toLookAt.push(text);
					break;
				}
				const done = await applyAnswer(vault, verified.receipt, now());
				if (done.entryId === '') break;
				applied.push({ kind, entryId: done.entryId });
				settled.push(id);
			}
		}
	}
	return { applied, toLookAt, settled };
}

/** Whether what it says is so: a person may have said otherwise since. */
function isDone({ kind, people }: JudgedAnswer): boolean {
	return people.every(({ client, user, isAddressee, isSameInbox }) => {
		if (kind === 'joined') return user ? user.joinedAt > 0 : client.hasJoinedPortal || !isAddressee;
		if (kind === 'do-not-email')
			return user ? user.revokedAt > 0 : client.isDoNotEmail || !isSameInbox;
		return true;
	});
}

/** Undoes what was applied, the last first. Throws VaultProblem. */
export async function undoTaken(vault: Vault, { applied }: TakenAnswers): Promise<void> {
	for (const { entryId } of applied.toReversed()) await undoAnswer(vault, entryId);
}

const sentences: Record<AnswerKind, (count: number) => string> = {
	joined: (count) => `${people(count)} joined`,
	'would-like': (count) => `${people(count)} would like to join`,
	declined: (count) => `${people(count)} said no`,
	'not-mine': (count) => `${count === 1 ? 'one was' : `${count} were`} meant for somebody else`,
	'do-not-email': (count) => `${people(count)} asked not to be emailed`,
};

const people = (count: number) =>
	count === 1 ? 'one person' : `${count.toLocaleString('en')} people`;

/** "3 answers came through the relay: 2 people joined, one person said no."; '' for none. */
export function takenInWords({ applied }: Pick<TakenAnswers, 'applied'>): string {
	if (applied.length === 0) return '';
	const counts = new Map<AnswerKind, number>();
	for (const { kind } of applied) counts.set(kind, (counts.get(kind) ?? 0) + 1);
	const parts = [...counts].map(([kind, count]) => sentences[kind](count));
	const came = applied.length === 1 ? 'An answer came' : `${applied.length} answers came`;
	return `${came} through the relay: ${parts.join(', ')}.`;
}
