import { letterInWords, type LetterName } from '$lib/domain/default-templates.ts';
import type { LetterLanguage } from '$lib/domain/letter-language.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import {
	addLetter,
	deleteLetter,
	duplicateLetter,
	renameLetter,
	undoLetter,
} from '../manage-letters.ts';
import { wordsOf } from '../undo-template.ts';

type OnChoose = (letter: LetterName) => void;

const newId = () => crypto.randomUUID() as string;

/** Adds a letter with another's words, shows it, says so and offers its undo. */
export function addNamed(
	letter: LetterName,
	from: LetterName,
	language: LetterLanguage,
	onchoose: OnChoose,
): Promise<void> {
	return taken(async () => {
		const ports = { id: newId(), now: Date.now() };
		const receipt = await addLetter(await theVault(), letter, from, language, ports);
		if (!receipt) return;
		onchoose(letter);
		told(`‘${letter.name}’ is added.`, receipt.entryId, () => onchoose(from));
	});
}

export function duplicateNamed(letter: LetterName, onchoose: OnChoose): Promise<void> {
	return taken(async () => {
		const ports = { newId, now: Date.now() };
		const { name, entryId } = await duplicateLetter(await theVault(), letter, ports);
		onchoose({ ...letter, name });
		told(`‘${name}’ is added.`, entryId, () => onchoose(letter));
	});
}

export function renameNamed(letter: LetterName, name: string, onchoose: OnChoose): Promise<void> {
	return taken(async () => {
		const receipt = await renameLetter(await theVault(), letter, name);
		if (!receipt) return;
		onchoose({ ...letter, name });
		told(`It is called ‘${name}’ now.`, receipt.entryId, () => onchoose(letter));
	});
}

export function deleteNamed(letter: LetterName, onchoose: OnChoose): Promise<void> {
	return taken(async () => {
		const receipt = await deleteLetter(await theVault(), letter);
		if (!receipt) return;
		onchoose({ ...letter, name: '' });
		const words = `‘${letterInWords(letter)}’ is deleted. What is queued stays as it was.`;
		told(words, receipt.entryId, () => onchoose(letter));
	});
}

async function taken(step: () => Promise<void>): Promise<void> {
	try {
		await step();
	} catch (error) {
		showToast({ text: wordsOf(error), tone: 'bad' });
	}
}

/** `after`: shows what is there again. */
function told(text: string, entryId: string, after: () => void): void {
	const run = () =>
		taken(async () => {
			await undoLetter(await theVault(), entryId);
			after();
		});
	showToast({ text, tone: 'good', action: { label: 'Undo', run } });
}
