import { goto } from '$app/navigation';
import { answerBox } from '$lib/domain/answer-box.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { publicJwk, thumbprint } from '$lib/invitations/door/keys.ts';
import { takeAnswers, takenInWords, undoTaken } from '$lib/invitations/door/take-answers.ts';
import { porticoAnswers } from '$lib/relay/portico-answers.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';

const pauseMs = 60_000;
let askedAt = -Infinity;

/**
 * Fetches what was answered on the welcome page, where the practice's relay takes answers: applies what can
 * be applied, says so with its undo, and points to what a person has to look at. Never throws.
 */
export async function fetchAnswers(): Promise<void> {
	if (!navigator.onLine || performance.now() - askedAt < pauseMs) return;
	try {
		const vault = await theVault();
		const rows = (await vault.load('settings')).rows('settings');
		const url = answerBox(rows);
		if (url === '') return;
		askedAt = performance.now();
		const keys = settingsFrom(rows, 'door-keys');
		if (keys.d === '') return;
		const key = await thumbprint(publicJwk(keys), crypto);
		const box = porticoAnswers({ url, token: settingsFrom(rows, 'relay').token, key });
		const waiting = await box.list();
		if (!waiting || waiting.length === 0) return;
		const taken = await takeAnswers(vault, waiting);
		for (const id of taken.settled) await box.forget(id);
		const words = takenInWords(taken);
		if (words !== '')
			showToast({
				text: words,
				tone: 'good',
				action: { label: 'Undo', run: () => undoTaken(vault, taken) },
			});
		const [first] = taken.toLookAt;
		if (first !== undefined)
			showToast({
				text:
					taken.toLookAt.length === 1
						? 'An answer that came through the relay needs a look.'
						: `${taken.toLookAt.length} answers that came through the relay need a look.`,
				action: { label: 'Look', run: () => goto(`#/receipt/${first}`) },
			});
	} catch {
		// What is not fetched now waits at the relay.
	}
}
