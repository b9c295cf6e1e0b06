import { putBackInWords } from '$lib/domain/edits.ts';
import { Draft } from '$lib/platform/draft.svelte.ts';
import { unsaved } from '$lib/platform/unsaved.svelte.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import {
	resetTemplate,
	saveTemplate,
	templateFrom,
	undoTemplate,
	type TemplateText,
} from './save-template.ts';

export const labels: Readonly<Record<keyof TemplateText, string>> = {
	subject: 'Subject',
	body: 'Text',
};

const templates = live('templates');
/** One for every editor of it: it outlives a closed dialog and a change of screens. */
const draft = new Draft<TemplateText>(
	{ label: 'The message', href: '#/settings/invitation' },
	() => {
		if (!templates.current) return undefined;
		const { subject, body } = templateFrom(templates.current);
		return { subject, body };
	},
);

/** The message as a person edits it, apart from what is in effect. */
export class TemplateForm {
	/** Undefined until it is read. */
	get text(): TemplateText | undefined {
		return draft.stored && draft.on(draft.stored);
	}

	get isUnsaved(): boolean {
		return draft.isUnsaved;
	}

	get isSaving(): boolean {
		return draft.isSaving;
	}

	/** Why the last save failed, in words; '' when it did not. */
	get failure(): string {
		return draft.failure;
	}

	/** What another tab wrote while it was edited here. */
	get clashes(): { label: string; theirs: string }[] {
		return draft.clashes.map((field) => ({
			label: labels[field],
			theirs: draft.stored?.[field] ?? '',
		}));
	}

	edit(field: keyof TemplateText, text: string): void {
		draft.edit(field, text);
	}

	/** An editor shows the draft from now on, until the returned function is called. */
	show(): () => void {
		return unsaved.show(draft);
	}

	discard(): void {
		const bringBack = draft.discard();
		showToast({ text: 'Your changes are discarded.', action: { label: 'Undo', run: bringBack } });
	}

	/** Resolves to whether what was typed is in effect now. The second save after a clash overwrites knowingly. */
	async save(): Promise<boolean> {
		let isInEffect = false;
		await draft.attempt(async () => {
			const { edits } = draft;
			const outcome = await saveTemplate(await theVault(), edits, Date.now());
			if (outcome.kind === 'changed-elsewhere') return draft.clash(outcome.fields);
			draft.settle(edits);
			isInEffect = true;
			showToast({
				text: 'The message is saved. What is queued stays as it was.',
				tone: 'good',
				...(outcome.kind === 'saved' && {
					action: { label: 'Undo', run: () => undo(outcome) },
				}),
			});
		}, wordsOf);
		return isInEffect;
	}

	/** Goes back to the default words; resolves to whether they are in effect. */
	async reset(): Promise<boolean> {
		return draft.attempt(async () => {
			const done = await resetTemplate(await theVault());
			const bringBack = draft.discard();
			showToast({
				text: 'The message is back to the default.',
				action: {
					label: 'Undo',
					run: async () => {
						if (done) await undo(done);
						bringBack();
					},
				},
			});
		}, wordsOf);
	}
}

async function undo(done: { entryId: string; before: Partial<TemplateText> }): Promise<void> {
	try {
		const left = await undoTemplate(await theVault(), done);
		const text = putBackInWords(
			Object.keys(done.before).length,
			left.map((field) => labels[field]),
		);
		showToast({ text, tone: left.length === 0 ? 'good' : 'info' });
	} catch (error) {
		showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
	}
}

function wordsOf(error: unknown): string {
	return error instanceof VaultProblem ? error.message : 'Nothing was changed. Try again.';
}
