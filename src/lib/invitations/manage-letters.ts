import {
	isNamed,
	kindOf,
	letterInWords,
	letterNames,
	namedIn,
	standardNames,
	templatesFrom,
	type LetterName,
} from '$lib/domain/default-templates.ts';
import type { LetterLanguage } from '$lib/domain/letter-language.ts';
import type { Template, TemplateKind } from '$lib/domain/message.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { InvitationSettings } from '$lib/domain/settings/practice.ts';
import type { CommitReceipt, Snapshot, Vault } from '$lib/vault/types.ts';

/** As long as a list of letters can show. */
export const longestLetterName = 60;

/** What is wrong with a name for a letter; '' when nothing is. `own`: the name that it has now. */
export function letterNameError(
	rows: readonly Template[],
	kind: TemplateKind,
	typed: string,
	own = '',
): string {
	const name = tidied(typed);
	if (name === '') return 'Enter a name.';
	if (name.length > longestLetterName) return `Use at most ${longestLetterName} characters.`;
	const same = (other: string) => other.toLowerCase() === name.toLowerCase();
	if (own !== '' && same(own)) return '';
	const isTaken = letterNames(rows, kind).some((one) => same(letterInWords(one)));
	return isTaken || same(standardNames[kind]) ? 'There is a letter of this name already.' : '';
}

const tidied = (name: string) => name.trim().replace(/\s+/g, ' ');

const entryOf = (what: string) => ({ what, count: 1, canUndo: true });
const needs = ['templates', 'settings'] as const;

/**
 * Adds a letter of this name in one language with the words of another, or adds that language to a letter
 * that is there. One commit that can be undone; undefined where the name is taken. Throws VaultProblem.
 */
export function addLetter(
	vault: Vault,
	letter: LetterName,
	from: LetterName,
	language: LetterLanguage,
	{ id, now }: { id: string; now: number },
): Promise<CommitReceipt | undefined> {
	const name = tidied(letter.name);
	return vault.commit(
		(state) => {
			const rows = state.rows('templates');
			if (namedIn(rows, { ...letter, name }, language)) return undefined;
			const words = templatesFrom(rows, from).find((one) => one.language === language);
			if (!words) return undefined;
			const { subject, body, reviewedAt } = words;
			const added: Template = {
				id,
				name,
				...(letter.kind === 'reminder' && { kind: letter.kind }),
				language,
				subject,
				body,
				...(reviewedAt !== undefined && { reviewedAt }),
				changedAt: now,
			};
			return { put: { templates: [added] } };
		},
		entryOf('letter added'),
		{ needs },
	);
}

/** Adds a letter with another's words, in every language that it is written in; returns its name. Throws VaultProblem. */
export async function duplicateLetter(
	vault: Vault,
	letter: LetterName,
	{ newId, now }: { newId: () => string; now: number },
): Promise<{ name: string; entryId: string }> {
	let name = '';
	const receipt = await vault.commit(
		(state) => {
			const rows = state.rows('templates');
			name = freeName(rows, letter.kind, `Copy of ${letterInWords(letter)}`);
			const own = letter.name === '' ? templatesFrom(rows, letter) : rowsOf(rows, letter);
			return {
				put: { templates: own.map((row) => ({ ...row, id: newId(), name, changedAt: now })) },
			};
		},
		entryOf('letter duplicated'),
		{ needs },
	);
	return { name, entryId: receipt?.entryId ?? '' };
}

/** Renames a letter in all its languages; what is chosen to be sent follows. Throws VaultProblem. */
export function renameLetter(
	vault: Vault,
	letter: LetterName,
	typed: string,
): Promise<CommitReceipt | undefined> {
	const name = tidied(typed);
	return vault.commit(
		(state) => {
			const rows = state.rows('templates');
			const isFree = letterNameError(rows, letter.kind, name, letter.name) === '';
			const own = rowsOf(rows, letter);
			if (!isFree || own.length === 0 || name === letter.name) return undefined;
			const settings = isChosen(state, letter) ? [chosen(state, { ...letter, name })] : [];
			return { put: { templates: own.map((row) => ({ ...row, name })), settings } };
		},
		entryOf('letter renamed'),
		{ needs },
	);
}

/** Deletes a letter in all its languages; who would send it sends the standard one. Throws VaultProblem. */
export function deleteLetter(vault: Vault, letter: LetterName): Promise<CommitReceipt | undefined> {
	return vault.commit(
		(state) => {
			const own = rowsOf(state.rows('templates'), letter);
			if (own.length === 0) return undefined;
			const settings = isChosen(state, letter) ? [chosen(state, { ...letter, name: '' })] : [];
			return { put: { settings }, remove: { templates: own.map(({ id }) => id) } };
		},
		entryOf('letter deleted'),
		{ needs },
	);
}

/** From now on this letter of its kind is sent. Throws VaultProblem. */
export async function chooseLetter(vault: Vault, letter: LetterName): Promise<void> {
	await vault.commit(
		(state) =>
			isChosen(state, letter) ? undefined : { put: { settings: [chosen(state, letter)] } },
		{ what: 'letter chosen', count: 1 },
		{ needs: ['settings'] },
	);
}

/** Puts back what one of these steps changed. Throws VaultProblem. */
export async function undoLetter(vault: Vault, entryId: string): Promise<void> {
	await vault.undo(entryId, { what: 'change of a letter taken back', count: 1 });
}

function rowsOf(rows: readonly Template[], { kind, name }: LetterName): Template[] {
	return rows.filter((row) => isNamed(row) && kindOf(row) === kind && row.name === name);
}

function freeName(rows: readonly Template[], kind: TemplateKind, wanted: string): string {
	const short = wanted.slice(0, longestLetterName - 4).trimEnd();
	for (let number = 1; ; number++) {
		const name = number === 1 ? short : `${short} ${number}`;
		if (letterNameError(rows, kind, name) === '') return name;
	}
}

function isChosen(state: Snapshot, { kind, name }: LetterName): boolean {
	const { letterNames: names } = settingsFrom(state.rows('settings'), 'invitation');
	return (names[kind] ?? '') === name;
}

function chosen(state: Snapshot, { kind, name }: LetterName): InvitationSettings {
	const stored = settingsFrom(state.rows('settings'), 'invitation');
	return { ...stored, letterNames: { ...stored.letterNames, [kind]: name } };
}
