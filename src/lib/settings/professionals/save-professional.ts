import { noted, type ClientChange } from '$lib/domain/client-change.ts';
import type { Client } from '$lib/domain/client.ts';
import { type Edits, mergeEdits } from '$lib/domain/edits.ts';
import { type Professional, professionalKey, reassigned } from '$lib/domain/professional.ts';
import type { Vault } from '$lib/vault/types.ts';
import type { ProfessionalForm } from './professional-form.ts';

export interface Ports {
	now: number;
	newId: () => string;
}

/** What a commit did; `entryId` undoes it, '' when nothing changed. */
export interface Done {
	entryId: string;
	/** Clients whose professional was written anew. */
	clients: number;
}

export type SaveOutcome =
	| ({ kind: 'saved' } & Done)
	| { kind: 'unchanged' }
	/** Another tab changed the same fields meanwhile; nothing was saved. */
	| { kind: 'clash'; fields: (keyof ProfessionalForm)[] }
	| { kind: 'taken' };

const needs = ['professionals', 'clients', 'clientChanges'] as const;

/** Adds a professional, as one commit that can be undone. Throws VaultProblem. */
export async function addProfessional(
	vault: Vault,
	form: ProfessionalForm,
	{ now, newId }: Ports,
): Promise<SaveOutcome> {
	const row: Professional = { id: newId(), ...form, isActive: true, addedAt: now };
	const receipt = await vault.commit(
		(state) =>
			isTaken(state.rows('professionals'), row) ? undefined : { put: { professionals: [row] } },
		{ what: 'professional added', count: 1, canUndo: true },
		{ needs: ['professionals'] },
	);
	return receipt ? { kind: 'saved', entryId: receipt.entryId, clients: 0 } : { kind: 'taken' };
}

/** Saves the edited fields; a new name is written into the clients as well. Throws VaultProblem. */
export async function saveProfessional(
	vault: Vault,
	id: string,
	edits: Edits<ProfessionalForm>,
	{ now, newId }: Ports,
): Promise<SaveOutcome> {
	let outcome: SaveOutcome = { kind: 'unchanged' };
	const changeId = newId();
	let clients: Client[] = [];
	const receipt = await vault.commit(
		(state) => {
			const stored = state.get('professionals', id);
			if (!stored) return undefined;
			const merged = mergeEdits<ProfessionalForm>(stored, edits);
			outcome = merged.kind === 'clash' ? merged : { kind: 'unchanged' };
			if (merged.kind !== 'changed') return undefined;
			const row = { ...stored, ...merged.row };
			if (isTaken(state.rows('professionals'), row)) {
				outcome = { kind: 'taken' };
				return undefined;
			}
			clients =
				row.name === stored.name ? [] : reassigned(state.table('clients'), stored.name, row.name);
			const clientChanges = reassignment(changeId, now, clients);
			return { put: { professionals: [row], clients, clientChanges } };
		},
		{ what: 'professional edited', count: 1, canUndo: true },
		{ needs },
	);
	return receipt ? { kind: 'saved', entryId: receipt.entryId, clients: clients.length } : outcome;
}

/**
 * Deactivates a professional and gives the clients to `to` ('' for nobody) in the same commit. One whom
 * only clients name becomes known, so that the name is not offered any more. Throws VaultProblem.
 */
export async function deactivate(
	vault: Vault,
	name: string,
	to: string,
	{ now, newId }: Ports,
): Promise<Done> {
	const [id, changeId] = [newId(), newId()];
	let clients: Client[] = [];
	const receipt = await vault.commit(
		(state) => {
			const key = professionalKey(name);
			const known = state.rows('professionals').find((row) => professionalKey(row.name) === key);
			const blank = { id, name, credentials: '', replyTo: '', isActive: true, addedAt: now };
			clients = reassigned(state.table('clients'), name, to);
			if (known && !known.isActive && clients.length === 0) return undefined;
			return {
				put: {
					professionals: [{ ...(known ?? blank), isActive: false }],
					clients,
					clientChanges: reassignment(changeId, now, clients),
				},
			};
		},
		{ what: 'professional deactivated', count: 1, canUndo: true },
		{ needs },
	);
	return { entryId: receipt?.entryId ?? '', clients: clients.length };
}

/** Lets a professional be chosen again. Throws VaultProblem. */
export async function reactivate(vault: Vault, id: string): Promise<Done> {
	const receipt = await vault.commit(
		(state) => {
			const row = state.get('professionals', id);
			return row && !row.isActive
				? { put: { professionals: [{ ...row, isActive: true }] } }
				: undefined;
		},
		{ what: 'professional reactivated', count: 1, canUndo: true },
		{ needs: ['professionals'] },
	);
	return { entryId: receipt?.entryId ?? '', clients: 0 };
}

/**
 * Three-way: clients who were given to somebody else since stay there; resolves to how many rows stayed.
 * Throws VaultProblem.
 */
export async function undoProfessional(vault: Vault, entryId: string): Promise<number> {
	let kept = 0;
	await vault.undo(
		entryId,
		{ what: 'change of a professional taken back', count: 1 },
		{
			// The history goes on.
			keeps: (_now, name) => name === 'clientChanges',
			also: (_now, { steps: [{ stays }] }) => {
				kept = stays.filter(({ name }) => name !== 'clientChanges').length;
				return {};
			},
		},
	);
	return kept;
}

function isTaken(rows: readonly Professional[], { id, name }: Professional): boolean {
	const key = professionalKey(name);
	return rows.some((row) => row.id !== id && professionalKey(row.name) === key);
}

/** For the history of the clients who got another professional. */
function reassignment(id: string, at: number, clients: readonly Client[]): ClientChange[] {
	return clients.length > 0 ? [noted('bulk-edited', clients, { id, at }, ['professional'])] : [];
}
