import { idsOf } from '$lib/domain/former-ids.ts';
import type { Client } from '$lib/domain/client.ts';
import { fullName } from '$lib/domain/client.ts';
import { changedSince, type Merge, mergesInto } from '$lib/domain/merge.ts';
import type { ProfileForm } from '../profile/profile-form.ts';
import { profileLabels } from '../profile/profile-words.ts';
import { listed } from './duplicate-words.ts';

/** A merge of which this profile is made, and what its unmerging would mean now. */
export interface StandingMerge {
	merge: Merge;
	/** '' when all goes back to what it was. */
	words: string;
	canUnmerge: boolean;
}

/** The merges that this profile is made of, the newest first; those inside another profile wait for it. */
export function standingMerges(client: Client, merges: readonly Merge[]): StandingMerge[] {
	const own = mergesInto(client, merges);
	const ids = new Set(idsOf(client));
	const inner = merges.filter(({ kept }) => kept.id !== client.id && ids.has(kept.id));
	const outer = own.map((merge, at): StandingMerge => {
		const after = own[at + 1]?.kept ?? client;
		return { merge, words: changedInWords(merge, after), canUnmerge: true };
	});
	const waiting = inner.map((merge): StandingMerge => {
		const name = fullName(merge.merged) || 'the profile that it was merged into';
		const words = `It was merged into ${name} first. Unmerge ${name}, then this one.`;
		return { merge, words, canUnmerge: false };
	});
	return [...outer.reverse(), ...waiting];
}

function changedInWords(merge: Merge, now: Client): string {
	const labels = changedSince(merge, now).flatMap(
		(field) => profileLabels[field as keyof ProfileForm]?.toLowerCase() ?? [],
	);
	if (labels.length === 0) return '';
	return `Changed since the merge: ${listed(labels)}. What it holds now stays with this profile.`;
}
