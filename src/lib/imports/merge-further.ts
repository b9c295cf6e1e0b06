import { phoneDigits } from '$lib/domain/address-text.ts';
import type { Client } from '$lib/domain/client.ts';
import { normaliseEmailAddress } from '$lib/domain/email-address.ts';

const lists = [
	{ field: 'otherEmailAddresses', first: 'emailAddress', same: normaliseEmailAddress },
	{ field: 'otherPhones', first: 'phone', same: phoneDigits },
] as const;

/**
 * Puts into `changes` the further addresses and telephone numbers that `said` adds to what is known.
 * What is known stays, but for what is now the first. `isFilling`: only where none are known.
 */
export function mergeFurther(
	changes: Partial<Client>,
	known: Client,
	said: Client,
	isFilling: boolean,
): void {
	for (const { field, first, same } of lists) {
		const before = known[field];
		const own = changes[first] ?? known[first];
		const added = isFilling && before && before.length > 0 ? undefined : said[field];
		if (!added && (!before || own === known[first])) continue;
		const seen = new Set([same(own)]);
		const all = [...(before ?? []), ...(added ?? [])].filter((text) => {
			const form = same(text);
			return !seen.has(form) && seen.add(form);
		});
		const isSame =
			all.length === (before?.length ?? 0) && all.every((text, at) => text === before?.[at]);
		if (!isSame) changes[field] = all;
	}
}
