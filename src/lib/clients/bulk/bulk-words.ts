import type { FieldPreview } from '$lib/domain/bulk-preview.ts';
import type { ClientStatus } from '$lib/domain/client.ts';
import type { GoesWith } from '$lib/domain/what-goes-with.ts';
import { clientsInWords } from '../clients-in-words.ts';
import { languages, statusWords } from '../profile/profile-words.ts';

const fieldWords: Record<FieldPreview['field'], string> = {
	professional: 'Professional',
	status: 'Status',
	language: 'Language',
	isDoNotEmail: 'Do not email',
	'tag-added': 'Add tag',
	'tag-removed': 'Remove tag',
};

/** One line of a preview: "Active → Archived", 12 clients. */
export interface PreviewLine {
	/** '' where there is only what it becomes. */
	from: string;
	to: string;
	count: number;
}

export interface PreviewWords {
	field: string;
	lines: PreviewLine[];
	/** "3 clients have it already"; '' where that is so of nobody. */
	already: string;
}

const mostLines = 5;

/** What a preview says of one field. Many former values are put together after the first few. */
export function previewInWords({ field, to, from, already }: FieldPreview): PreviewWords {
	const isTag = field === 'tag-added' || field === 'tag-removed';
	const shown = from.length > mostLines ? from.slice(0, mostLines - 1) : from;
	const rest = from.slice(shown.length);
	const lines = shown.map(({ value, count }) => ({
		from: isTag ? '' : valueInWords(field, value),
		to: valueInWords(field, to),
		count,
	}));
	if (rest.length > 0)
		lines.push({
			from: `${rest.length.toLocaleString('en')} other values`,
			to: valueInWords(field, to),
			count: rest.reduce((sum, { count }) => sum + count, 0),
		});
	if (lines.length === 0) lines.push({ from: '', to: valueInWords(field, to), count: 0 });
	return { field: fieldWords[field], lines, already: alreadyInWords(field, already) };
}

function alreadyInWords(field: FieldPreview['field'], count: number): string {
	if (count === 0) return '';
	if (field === 'tag-removed')
		return `${clientsInWords(count)} ${count === 1 ? 'does' : 'do'} not have it`;
	return `${clientsInWords(count)} ${count === 1 ? 'has' : 'have'} it already`;
}

function valueInWords(field: FieldPreview['field'], value: string): string {
	switch (field) {
		case 'status':
			return statusWords[value as ClientStatus];
		case 'language':
			return languages.find(({ tag }) => tag === value)?.name ?? value;
		case 'professional':
			return value || 'Nobody';
		case 'isDoNotEmail':
			return value === 'yes' ? 'Yes' : 'No';
		case 'tag-added':
		case 'tag-removed':
			return value;
	}
}

const counted = (count: number, one: string, many: string) =>
	`${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** What a deletion takes along and what it leaves, a sentence each. */
export function deletionInWords(goes: GoesWith): string[] {
	const { clients, contacts, restingProfiles, portalUsers, waiting, alsoFor, invited } = goes;
	const along = [
		...(contacts > 0 ? [counted(contacts, 'contact', 'contacts')] : []),
		...(portalUsers > 0 ? [counted(portalUsers, 'portal user', 'portal users')] : []),
	].join(' and ');
	const whose = clients === 1 ? 'The profile goes' : 'The profiles go';
	const words = [along ? `${whose}, with ${along}.` : `${whose}.`];
	if (restingProfiles > 0)
		words.push(
			restingProfiles === 1
				? '1 of those contacts was a client before; the profile in its card goes, too.'
				: `${restingProfiles.toLocaleString('en')} of those contacts were clients before; the profiles in their cards go, too.`,
		);
	if (waiting > 0)
		words.push(
			`${counted(waiting, 'invitation has', 'invitations have')} not left yet: ${waiting === 1 ? 'it is' : 'they are'} called back.${alsoForInWords(alsoFor)}`,
		);
	if (invited > 0)
		words.push(
			`${clientsInWords(invited)} ${invited === 1 ? 'was' : 'were'} invited before: what was sent stays in the Outbox.`,
		);
	return words;
}

/** Whom else a call-back concerns. */
export function alsoForInWords(others: number): string {
	if (others === 0) return '';
	return others === 1
		? ' Another client shares the inbox and then counts as not invited.'
		: ` ${others.toLocaleString('en')} other clients share the inbox and then count as not invited.`;
}

/** Why 'Save' can't be pressed; '' where it can. */
export function whyNothingChanges(hasChosen: boolean, total: number, changed: number): string {
	if (!hasChosen) return 'Choose what is to change first.';
	if (changed > 0) return '';
	return total === 1
		? 'Nothing would change: this client has it so already.'
		: 'Nothing would change: all have it so already.';
}

/** What becomes of messages to clients who may not be emailed any more; '' where none waits. */
export function heldInWords(messages: number): string {
	if (messages === 0) return '';
	return `${counted(messages, 'invitation', 'invitations')} to them ${messages === 1 ? 'has' : 'have'} not left yet. The Outbox will hold ${messages === 1 ? 'it' : 'them'} for you to decide.`;
}
