import { fieldsLeft, putBackInWords } from '$lib/domain/edits.ts';
import { Draft } from '$lib/platform/draft.svelte.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { liveClient } from '$lib/vault/live-client.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { wordsOf } from '../offer-undo.ts';
import { formOf, type ProfileForm } from './profile-form.ts';
import { profileLabels } from './profile-words.ts';
import { type ProfileOutcome, saveProfile } from './save-profile.ts';

const drafts: Record<string, Draft<ProfileForm>> = {};

/** One draft a client: it outlives the page, so that a look elsewhere loses nothing. */
export function profileDraft(clientId: string): Draft<ProfileForm> {
	const known = drafts[clientId];
	if (known) return known;
	const place = { label: 'A client’s profile', href: `#/clients/${clientId}` };
	const client = liveClient(() => clientId);
	const draft = new Draft<ProfileForm>(place, () => {
		const { current } = client;
		return current?.id === clientId ? formOf(current) : undefined;
	});
	drafts[clientId] = draft;
	return draft;
}

/** Saves what was typed as one change, and says so with an 'Undo'. */
export async function saveDraft(clientId: string): Promise<void> {
	const draft = profileDraft(clientId);
	await draft.attempt(async () => {
		const { edits } = draft;
		const outcome = await saveProfile(await theVault(), clientId, edits);
		switch (outcome.kind) {
			case 'clash':
				return draft.clash(outcome.fields);
			case 'gone':
				showToast({ text: 'This client is not here any more. Nothing was saved.', tone: 'bad' });
				return;
			case 'unchanged':
				draft.settle(edits);
				showToast({ text: 'Nothing to save: all is as it was.' });
				return;
			case 'saved':
				draft.settle(edits);
				showToast({
					text: 'Saved.',
					tone: 'good',
					action: { label: 'Undo', run: () => undo(clientId, outcome) },
				});
		}
	}, wordsOf);
}

async function undo(
	clientId: string,
	{ entryId, before }: Extract<ProfileOutcome, { kind: 'saved' }>,
): Promise<void> {
	try {
		const vault = await theVault();
		await vault.undo(entryId, { what: 'edit of a client taken back', count: 1 });
		const client = (await vault.load('clients')).get('clients', clientId);
		const left = client ? fieldsLeft(before, formOf(client)) : [];
		const labels = left.map((field) => profileLabels[field]);
		const text = putBackInWords(Object.keys(before).length, labels);
		showToast({ text, tone: left.length === 0 ? 'good' : 'info' });
	} catch (error) {
		showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
	}
}
