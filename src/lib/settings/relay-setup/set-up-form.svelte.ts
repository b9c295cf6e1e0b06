import type { RelayKind, SignIn } from '$lib/domain/settings/relay.ts';
import { Draft } from '$lib/platform/draft.svelte.ts';
import { unsaved } from '$lib/platform/unsaved.svelte.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { theVault } from '$lib/vault/the-vault.ts';
import { DraftForm } from '../draft-form.svelte.ts';
import { checkSetUp } from './check-set-up.ts';
import { saveSetUp, undoSetUp } from './save-set-up.ts';
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
export class SetUpForm<Kind extends RelayKind> extends DraftForm<SetUps[Kind]> {
	readonly kind: Kind;

	constructor(kind: Kind) {
		super(drafts[kind] as Draft<SetUps[Kind]>, () => setUpOf([], kind));
		this.kind = kind;
	}

	/** What is wrong with it, by field; '' where nothing is. */
	get errors(): Record<string, string> {
		return checkSetUp(this.kind, this.draft);
	}

	get isRight(): boolean {
		return Object.values(this.errors).every((error) => error === '');
	}

	/**
	 * Saves the form and makes this kind the one that is used. A new sign-in is saved with it; that
	 * can't be undone, only signed out of.
	 */
	async save(
		saved: string,
		labels: Readonly<Record<string, string>>,
		signIn?: SignIn,
	): Promise<void> {
		this.trim();
		await this.saveBy({
			save: async (edits) => saveSetUp(await theVault(), this.kind, edits, signIn),
			...(signIn ? {} : { undo: async (done) => undoSetUp(await theVault(), this.kind, done) }),
			saved,
			labels,
		});
	}
}
