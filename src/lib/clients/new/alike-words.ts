import type { AlikeReason } from '$lib/domain/alike-clients.ts';

const words: Record<AlikeReason, string> = {
	'name-and-birth': 'same name and date of birth',
	name: 'same name',
	'name-other-birth': 'same name, another date of birth',
	address: 'same address',
};

/** "same name and date of birth, same address" */
export function reasonsInWords(reasons: readonly AlikeReason[]): string {
	return reasons.map((reason) => words[reason]).join(', ');
}

/** "2 clients like this are known already." */
export function alikeInWords(count: number): string {
	if (count === 0) return '';
	return count === 1
		? 'A client like this is known already.'
		: `${count} clients like this are known already.`;
}
