import { settingsFrom } from '$lib/domain/settings.ts';
import { Draft, type DraftPlace } from '$lib/platform/draft.svelte.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { DraftForm } from './draft-form.svelte.ts';
import { saveSection, undoSection, type FormSections } from './save-section.ts';

const settings = live('settings');
const drafts: { [Id in keyof FormSections]?: Draft<FormSections[Id]> } = {};

/** One draft a section, for every form that shows it: it outlives the form. */
function draftOf<Id extends keyof FormSections>(id: Id): Draft<FormSections[Id]> {
	const known = drafts[id] as Draft<FormSections[Id]> | undefined;
	if (known) return known;
	const draft = new Draft<FormSections[Id]>(placeOf(id), () => {
		const rows = settings.current;
		return rows && (settingsFrom(rows, id) as FormSections[Id]);
	});
	Object.assign(drafts, { [id]: draft });
	return draft;
}

function placeOf(id: keyof FormSections): DraftPlace {
	switch (id) {
		case 'practice':
			return { label: 'Practice', href: '#/settings/practice' };
		case 'relay':
			return { label: 'Email relay', href: '#/settings/email-relay' };
		case 'portal-door':
			return { label: 'Where the invitation’s link goes', href: '#/settings/invitation' };
	}
}

interface SectionSaving {
	/** For the journal. */
	what: string;
	/** Said when it is saved. */
	saved: string;
	labels?: Readonly<Record<string, string>>;
}

/** One section of the settings as a form. */
export class SectionForm<Id extends keyof FormSections> extends DraftForm<FormSections[Id]> {
	readonly #id: Id;

	constructor(id: Id) {
		super(draftOf(id), () => settingsFrom([], id) as FormSections[Id]);
		this.#id = id;
	}

	/** Saves what was edited; the second save after a clash overwrites knowingly. */
	async save({ what, saved, labels = {} }: SectionSaving): Promise<void> {
		await this.saveBy({
			save: async (edits) => saveSection(await theVault(), this.#id, edits, what),
			undo: async (done) => undoSection(await theVault(), this.#id, done),
			saved,
			labels,
		});
	}
}
