import { type Edits, putBackInWords } from '$lib/domain/edits.ts';
import type { RelayKind, SignIn } from '$lib/domain/settings/relay.ts';
import { Draft } from '$lib/platform/draft.svelte.ts';
import { unsaved } from '$lib/platform/unsaved.svelte.ts';
import { showToast } from '$lib/ui/toast.svelte.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { checkSetUp } from './check-set-up.ts';
import { saveSetUp, type SetUpSaved, undoSetUp } from './save-set-up.ts';
import { setUpOf, type SetUps } from './set-ups.ts';

const settings = live('settings');

/** One draft a kind: it outlives the form. */
const drafts: { readonly [Kind in RelayKind]: Draft<SetUps[Kind]> } = {
	portico: draftOf('portico'),
	emailjs: draftOf('emailjs'),
	gmail: draftOf('gmail'),
	microsoft: draftOf('microsoft'),
	jmap: draftOf('jmap'),
	'by-hand': draftOf('by-hand'),
};

function draftOf<Kind extends RelayKind>(kind: Kind): Draft<SetUps[Kind]> {
	const place = { label: 'Email relay', href: '#/settings/email-relay' };
	return new Draft<SetUps[Kind]>(place, () => {
		const rows = settings.current;
		return rows && setUpOf(rows, kind);
	});
}

/** The kinds in whose forms something is typed that is not saved. */
export function unsavedKinds(): RelayKind[] {
	return (Object.keys(drafts) as RelayKind[]).filter((kind) => drafts[kind].isUnsaved);
}

/** A screen shows all of them from now on, until the returned function is called. */
export function showAllDrafts(): () => void {
	const stops = Object.values(drafts).map((draft) => unsaved.show(draft));
	return () => stops.forEach((stop) => stop());
}

/** The set-up of one kind of relay as a form. */
export class SetUpForm<Kind extends RelayKind> {
	readonly kind: Kind;
	readonly #draft: Draft<SetUps[Kind]>;
	#judged = $state.raw<readonly string[]>([]);

	constructor(kind: Kind) {
		this.kind = kind;
		this.#draft = drafts[kind] as Draft<SetUps[Kind]>;
	}

	/** As it is on disk; undefined until it is read. */
	get stored(): SetUps[Kind] | undefined {
		return this.#draft.stored;
	}

	/** As the form shows it. */
	get draft(): SetUps[Kind] {
		return this.#draft.on(this.stored ?? setUpOf([], this.kind));
	}

	/** What is wrong with it, by field; '' where nothing is. */
	get errors(): Record<string, string> {
		return checkSetUp(this.kind, this.draft);
	}

	get isRight(): boolean {
		return Object.values(this.errors).every((error) => error === '');
	}

	get isUnsaved(): boolean {
		return this.#draft.isUnsaved;
	}

	get isSaving(): boolean {
		return this.#draft.isSaving;
	}

	get clashes(): readonly string[] {
		return this.#draft.clashes;
	}

	get failure(): string {
		return this.#draft.failure;
	}

	edit(field: string, value: string | number): void {
		this.#draft.edit(field as keyof SetUps[Kind], value as SetUps[Kind][keyof SetUps[Kind]]);
	}

	/** Fields are judged once a person has left them, or wants to save: not while she types. */
	isJudged(field: string): boolean {
		return this.#judged.includes(field);
	}

	judge(...fields: string[]): void {
		this.#judged = [...this.#judged, ...fields];
	}

	/** Blanks around what was typed say nothing. */
	trim(): void {
		for (const [field, value] of Object.entries(this.draft))
			if (typeof value === 'string' && value !== value.trim()) this.edit(field, value.trim());
	}

	discard(): void {
		const bringBack = this.#draft.discard();
		this.#judged = [];
		showToast({ text: 'Your changes are discarded.', action: { label: 'Undo', run: bringBack } });
	}

	/**
	 * Saves the form and makes this kind the one that is used. A new sign-in is saved with it; that
	 * can't be undone, only signed out of.
	 */
	async save(saved: string, labels: Readonly<Record<string, string>>, signIn?: SignIn) {
		await this.#draft.attempt(async () => {
			this.trim();
			const edits: Edits<SetUps[Kind]> = this.#draft.edits;
			const outcome = await saveSetUp(await theVault(), this.kind, edits, signIn);
			switch (outcome.kind) {
				case 'changed-elsewhere':
					return this.#draft.clash(outcome.fields);
				case 'unchanged':
					this.#draft.settle(edits);
					showToast({ text: 'Nothing to save: all is as it was.' });
					return;
				case 'saved':
					this.#draft.settle(edits);
					showToast({
						text: saved,
						tone: 'good',
						...(signIn
							? {}
							: { action: { label: 'Undo', run: () => this.#undo(outcome, labels) } }),
					});
			}
		}, wordsOf);
	}

	async #undo(
		saved: Extract<SetUpSaved<SetUps[Kind]>, { kind: 'saved' }>,
		labels: Readonly<Record<string, string>>,
	): Promise<void> {
		try {
			const left = await undoSetUp(await theVault(), this.kind, saved);
			const text = putBackInWords(
				Object.keys(saved.before).length,
				left.map((field) => labels[field] ?? field),
			);
			showToast({ text, tone: left.length === 0 ? 'good' : 'info' });
		} catch (error) {
			showToast({ text: `Not put back. ${wordsOf(error)}`, tone: 'bad' });
		}
	}
}

export function wordsOf(error: unknown): string {
	return error instanceof VaultProblem
		? error.message
		: 'This could not be saved. Nothing was changed. Reload and try again.';
}
