import type { CollectionName } from '$lib/domain/collections.ts';
import type { Changes, Snapshot, Vault } from '$lib/vault/types.ts';
import { collectionNames } from '../format/contents.ts';
import type { BackupPorts } from '../format/ports.ts';
import type { OpenedBackup } from '../read-backup.ts';
import type { WriteOptions } from '../write-backup.ts';
import type { Choose } from './conflict.ts';
import { heldMessage } from './held.ts';
import { planRestore, type RestoreMode, type RestorePlan, settingsAfter } from './plan-restore.ts';
import { recordOfRestore } from './restored-settings.ts';

export interface RestoreOptions extends WriteOptions {
	mode: RestoreMode;
	/** Which side counts where nobody knows which is newer. */
	choose: Choose;
}

export interface Restored {
	entryId: string;
	/** It can be taken back as one change. */
	canUndo: boolean;
	added: number;
	changed: number;
	removed: number;
	/** Messages that wait for a person now. */
	held: number;
}

export type RestoreResult = { kind: 'restored'; restored: Restored } | { kind: 'kept-changing' };

/** Undoing more rows than this would hold the page up for long. */
const mostToUndo = 20_000;
const tries = 5;

/** What `preview` finds: nothing is written. */
export type RestorePreview = Pick<RestorePlan, 'differences' | 'conflicts' | 'ahead'>;

/** How a backup differs from what is here, and what merging it would have to ask. Throws BackupProblem. */
export async function previewRestore(
	vault: Vault,
	backup: OpenedBackup,
	ports: BackupPorts,
	{ signal, onProgress }: WriteOptions = {},
): Promise<RestorePreview> {
	const on = await vault.load(...collectionNames);
	const { differences, conflicts, ahead } = await planRestore(backup, on, {
		mode: 'merge',
		choose: () => 'here',
		add: async () => {},
		now: ports.now(),
		crypto: ports.crypto,
		...(signal && { signal }),
		...(onProgress && { onProgress }),
	});
	return { differences, conflicts, ahead };
}

/**
 * Restores in one commit: all of it or nothing. No message leaves by it: what is not settled is held.
 * 'kept-changing' when other tabs wrote all the while; nothing was changed then. Throws BackupProblem and
 * VaultProblem.
 */
export async function restoreBackup(
	vault: Vault,
	backup: OpenedBackup,
	ports: BackupPorts,
	{ mode, choose, signal, onProgress }: RestoreOptions,
): Promise<RestoreResult> {
	const now = ports.now();
	for (let attempt = 0; attempt < tries; attempt++) {
		const on = await vault.load(...collectionNames);
		const staging = vault.stage();
		let isOver = false;
		try {
			const asked = {
				...{ mode, now, add: staging.add.bind(staging), crypto: ports.crypto },
				choose: ({ id }: { id: string }) => choose(id),
				...(signal && { signal }),
				...(onProgress && { onProgress }),
			};
			const plan = await planRestore(backup, on, asked);
			signal?.throwIfAborted();
			const messagesThen = plan.messages.changes(on);
			let held = 0;
			const build = (state: Snapshot): Changes | undefined => {
				if (hasMovedOn(plan, state) || plan.messages.isOutrun(state)) return undefined;
				const isSame = state.table('messages') === on.table('messages');
				const messages = isSame ? messagesThen : plan.messages.changes(state);
				({ held } = messages);
				return changesOf(plan, state, messages, settingsAfter(plan, state, asked), {
					...{ madeAt: backup.manifest.madeAt, now, isReplaced: mode === 'replace' },
				});
			};
			const changed = sumOf(plan.put) + messagesThen.put.length;
			const removed = sumOf(plan.remove) + messagesThen.remove.length;
			const canUndo = plan.added + changed + removed <= mostToUndo;
			const entryId = ports.crypto.randomUUID();
			isOver = true;
			const receipt = await staging.commit(
				build,
				{
					...{ id: entryId, canUndo, count: Math.max(1, backup.manifest.counts.clients ?? 0) },
					what: mode === 'replace' ? 'backup restored' : 'backup merged',
				},
				{ needs: collectionNames, isStrict: true },
			);
			if (!receipt) continue;
			const { added } = plan;
			const heldThere = plan.messages.heldAmongAdded;
			return {
				kind: 'restored',
				restored: { entryId, canUndo, added, changed, removed, held: held + heldThere },
			};
		} finally {
			if (!isOver) await staging.abandon();
		}
	}
	return { kind: 'kept-changing' };
}

/** Takes a restore back, three-way; what waited to be sent before it waits for a person. */
export async function undoRestore(vault: Vault, entryId: string, now: number): Promise<boolean> {
	const { undone } = await vault.undo(
		entryId,
		{ what: 'restore undone', count: 1 },
		{
			needs: ['messages'],
			also: (_state, { changes }) => {
				const back = changes.put?.messages ?? [];
				const messages = back.map((message) => heldMessage(message, now));
				return { put: { messages } };
			},
		},
	);
	return undone > 0;
}

/** The journal grows with every commit, and settings and messages are judged anew. */
const mayMove: ReadonlySet<CollectionName> = new Set(['journal', 'settings', 'messages']);

function hasMovedOn({ on, journal }: RestorePlan, state: Snapshot): boolean {
	if (state.revision === on.revision) return false;
	// Entries that are added are chained to the last one that was there.
	if (journal.length > 0) return true;
	return collectionNames.some((name) => !mayMove.has(name) && state.table(name) !== on.table(name));
}

function changesOf(
	plan: RestorePlan,
	state: Snapshot,
	messages: ReturnType<RestorePlan['messages']['changes']>,
	settings: ReturnType<typeof settingsAfter>,
	about: { madeAt: number; now: number; isReplaced: boolean },
): Changes {
	const revision = state.revision + 1;
	const record = recordOfRestore(state.rows('settings'), { ...about, revision });
	return {
		put: {
			...Object.fromEntries(plan.put),
			journal: plan.journal,
			messages: messages.put,
			settings: [...settings.put, record],
		},
		remove: {
			...Object.fromEntries(plan.remove),
			messages: messages.remove,
			settings: settings.remove,
		},
	};
}

function sumOf(lists: ReadonlyMap<CollectionName, readonly unknown[]>): number {
	let sum = 0;
	for (const list of lists.values()) sum += list.length;
	return sum;
}
