import type { BulkEdit } from '$lib/domain/bulk-edit.ts';
import type { ClientStatus } from '$lib/domain/client.ts';
import { allTags, type TagInUse } from './tag-choice.ts';

/** Stands for "leave as it is" in a list of choices. */
export const unchanged = '(unchanged)';

/** What a person has chosen so far of an edit of many. */
export interface BulkDraft {
	professional: string;
	status: string;
	language: string;
	isDoNotEmail: string;
	addTags: readonly string[];
	removeTags: readonly string[];
	/** What is being typed. */
	addTyped: string;
	removeTyped: string;
}

export const blankDraft: BulkDraft = {
	professional: unchanged,
	status: unchanged,
	language: unchanged,
	isDoNotEmail: unchanged,
	addTags: [],
	removeTags: [],
	addTyped: '',
	removeTyped: '',
};

/** Of what was chosen, only what is to change; tags spelt as the practice spells them. */
export function editFrom(draft: BulkDraft, known: readonly TagInUse[]): BulkEdit {
	const addTags = allTags(draft.addTags, draft.addTyped, known);
	const removeTags = allTags(draft.removeTags, draft.removeTyped, known);
	return {
		...(draft.professional === unchanged ? {} : { professional: draft.professional }),
		...(draft.status === unchanged ? {} : { status: draft.status as ClientStatus }),
		...(addTags.length === 0 ? {} : { addTags }),
		...(removeTags.length === 0 ? {} : { removeTags }),
		...(draft.language === unchanged ? {} : { language: draft.language }),
		...(draft.isDoNotEmail === unchanged ? {} : { isDoNotEmail: draft.isDoNotEmail === 'yes' }),
	};
}
