import type { Client } from '$lib/domain/client.ts';
import { buildReport, type Report } from '$lib/domain/report.ts';
import { sortOrder } from '$lib/domain/sort-order.ts';
import { Block } from '$lib/vault/block.ts';
import { pack, PackedRows } from '$lib/vault/pack.ts';
import { Shelf } from '$lib/vault/shelf.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { fromSeed } from '../support/seed.ts';

const about = fc.record({
	firstName: fc.constantFrom('', 'Maya', 'José', 'Ann'),
	emailAddress: fc.constantFrom(
		'',
		'x',
		'a@example.com',
		'A@example.com',
		'b@gmial.com',
		'c@e.test',
	),
	kind: fc.constantFrom('adult' as const, 'minor' as const),
	status: fc.constantFrom('active' as const, 'inactive' as const),
	isDoNotEmail: fc.boolean(),
});

/** The clients as they come from disk, a few to a block; every third block as if just edited. */
function onShelf(clients: readonly Client[], rowsABlock: number): Shelf<Client> {
	const blocks = new Map<string, Block<Client>>();
	for (let from = 0; from < clients.length; from += rowsABlock) {
		const rows = clients.slice(from, from + rowsABlock);
		const id = String(blocks.size);
		const contents = blocks.size % 3 === 2 ? rows : new PackedRows<Client>(pack(rows));
		blocks.set(id, new Block(id, '1', '', contents));
	}
	return new Shelf(blocks);
}

const facts = ({ rows, counts, countByReason }: Report) => ({
	rows: rows.map((row) => [row.client, row.clientId, row.class, row.reasons, row.inbox]),
	counts,
	countByReason,
});

test('a report and a list read from packed blocks are those of plain rows', () => {
	fc.assert(
		fc.property(
			fc.array(about, { maxLength: 40 }),
			fc.integer({ min: 1, max: 9 }),
			(abouts, size) => {
				const clients = abouts.map((fields, index) => aClient({ id: `c${index}`, ...fields }));
				const shelf = onShelf(clients, size);
				const sources = { contacts: [], invitations: [], messages: [], now: 0 };
				expect(facts(buildReport({ clients: shelf, ...sources }))).toEqual(
					facts(buildReport({ clients, ...sources })),
				);
				const sort = { by: 'name', isDescending: false } as const;
				expect(sortOrder(shelf, sort)).toEqual(sortOrder(clients, sort));
				expect(shelf.rows).toEqual(clients);
			},
		),
		fromSeed(100),
	);
});
