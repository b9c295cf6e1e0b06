import { hexOf } from '$lib/domain/hex.ts';
import { RowIds } from '$lib/domain/row-ids.ts';

/**
 * Ids for the many rows of one commit: 80 random bits that they share, and a count. A random UUID
 * each takes Chromium as long as reading the row.
 */
export function makeRowIds(random: Pick<Crypto, 'getRandomValues'> = crypto): RowIds {
	const bytes = random.getRandomValues(new Uint8Array(10));
	const shared = hexOf(bytes);
	return new RowIds(`${shared}-`);
}
