import type { UndoneCounts } from '$lib/domain/import.ts';
import type { Snapshot, Stay, UndoStep } from '$lib/vault/types.ts';

/** Clients who stay, in whole or in part, by why. */
export interface StayingClients {
	/** Made by the import. */
	invited: Set<string>;
	edited: Set<string>;
	changedLater: Set<string>;
	/** Only changed by it. */
	backInPart: Set<string>;
	stay: Set<string>;
}

/** Whom one undo leaves, by client: a contact counts as its client's. */
export function stayingClients(step: UndoStep, state: Snapshot): StayingClients {
	const staying: StayingClients = {
		invited: new Set(),
		edited: new Set(),
		changedLater: new Set(),
		backInPart: new Set(),
		stay: new Set(),
	};
	const ownStays = new Set<string>();
	for (const { name, id, isNew, reason } of step.stays) {
		if (name !== 'clients' || !isNew) continue;
		ownStays.add(id);
		if (reason === 'kept') staying.invited.add(id);
		else if (reason === 'layer') staying.changedLater.add(id);
		else staying.edited.add(id);
	}
	const removed = new Set(step.removed.clients);
	const back = new Set(clientsOf(step, state));
	for (const stay of step.stays) {
		const id = clientIdOf(stay, state);
		if (id === '' || ownStays.has(id) || removed.has(id)) continue;
		if (stay.isPart || back.has(id)) staying.backInPart.add(id);
		else staying.stay.add(id);
	}
	for (const id of staying.backInPart) staying.stay.delete(id);
	return staying;
}

/** What one undo comes to, in clients. */
export function countUndone(step: UndoStep, state: Snapshot): UndoneCounts {
	const { invited, edited, changedLater, backInPart, stay } = stayingClients(step, state);
	const removed = new Set(step.removed.clients);
	const back = clientsOf(step, state).filter((id) => !removed.has(id) && !backInPart.has(id));
	const isOwn = (id: string) => invited.has(id) || edited.has(id) || changedLater.has(id);
	return {
		removed: removed.size,
		invited: invited.size,
		edited: edited.size,
		changedLater: changedLater.size,
		gone: step.gone.clients ?? 0,
		back: back.filter((id) => !isOwn(id)).length,
		backInPart: backInPart.size,
		stay: stay.size,
		alsoRemoved: 0,
	};
}

/** The counts of an import undone before, after the later one for which it waited is undone too. */
export function afterLaterUndo(
	before: UndoneCounts,
	step: UndoStep,
	state: Snapshot,
): UndoneCounts {
	const now = countUndone(step, state);
	return {
		...before,
		removed: before.removed + now.removed,
		invited: before.invited + now.invited,
		edited: before.edited + now.edited,
		changedLater: now.changedLater,
		gone: before.gone + now.gone,
	};
}

/** Clients in whom something went back: their own fields, or contacts that came, changed or went. */
function clientsOf({ removed, back }: UndoStep, state: Snapshot): string[] {
	const contacts = [...(removed.contacts ?? []), ...(back.contacts ?? [])];
	const owners = contacts.map((id) => clientIdOf({ name: 'contacts', id }, state));
	return [...new Set([...(back.clients ?? []), ...owners])].filter((id) => id !== '');
}

function clientIdOf({ name, id }: Pick<Stay, 'name' | 'id'>, state: Snapshot): string {
	if (name === 'clients') return id;
	return name === 'contacts' ? (state.get('contacts', id)?.clientId ?? '') : '';
}
