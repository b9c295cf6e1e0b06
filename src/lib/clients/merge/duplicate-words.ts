import type { DuplicateReason } from '$lib/domain/duplicate-evidence.ts';

const same: Partial<Record<DuplicateReason, string>> = {
	'same-name': 'name',
	'same-first-name': 'first name',
	'same-birth': 'date of birth',
	'same-address': 'email address',
	'same-phone': 'phone number',
};

const like: Partial<Record<DuplicateReason, string>> = {
	'similar-name': 'a similar name',
	'similar-first-name': 'a similar first name',
	'swapped-birth': 'day and month of birth swapped',
	'one-without-birth': 'one has no date of birth',
	'none-with-birth': 'neither has a date of birth',
};

/** "Same name, date of birth and email address"; "Same phone number; a similar name". */
export function reasonsInWords(reasons: readonly DuplicateReason[]): string {
	const shared = listed(reasons.flatMap((reason) => same[reason] ?? []));
	const others = reasons.flatMap((reason) => like[reason] ?? []);
	return [shared && `same ${shared}`, ...others]
		.filter(Boolean)
		.join('; ')
		.replace(/^./u, (letter) => letter.toUpperCase());
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
	if (words.length < 2) return words.join('');
	return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** "1 pair of profiles is likely to be one person." */
export function pairsInWords(count: number): string {
	const many = count.toLocaleString('en');
	return count === 1
		? 'Two profiles may be of one person.'
		: `${many} pairs of profiles may each be of one person.`;
}
