import { fullName, type Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { digestClients } from '$lib/domain/digest-clients.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { buildReport, type Report } from '$lib/domain/report.ts';
import { sortOrder } from '$lib/domain/sort-order.ts';
import { addressedBy } from '$lib/domain/written-to.ts';
import { Block } from '$lib/vault/block.ts';
import { pack, PackedRows } from '$lib/vault/pack.ts';
import { Shelf } from '$lib/vault/shelf.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { fromSeed } from '../support/seed.ts';

const about = fc.record({
	firstName: fc.constantFrom('', 'Maya', 'José', 'Ann'),
	preferredName: fc.constantFrom('', 'May'),
	language: fc.constantFrom('es', 'de'),
	emailAddress: fc.constantFrom(
		'',
		'x',
		'a@example.com',
		'A@example.com',
		' a@example.com ',
		'b@gmial.com',
		'c.d@googlemail.com',
		'cd@gmail.com',
		'\u0430nn@example.com',
		'c@e.test',
	),
	dateOfBirth: fc.constantFrom(
		'',
		'1999-12-31',
		'2008-11-23',
		'2008-11-24',
		'0000-99-99',
		'1800-01-01',
	),
	isDeceased: fc.boolean(),
	hasBounced: fc.boolean(),
	hasJoinedPortal: fc.boolean(),
	kind: fc.constantFrom('adult' as const, 'minor' as const),
	status: fc.constantFrom('active' as const, 'inactive' as const),
	isDoNotEmail: fc.boolean(),
});

/**
 * The clients as they come from disk, a few to a block; of three blocks one as an older version wrote it,
 * without a digest, and one as if just edited.
 */
function onShelf(clients: readonly Client[], rowsABlock: number): Shelf<Client> {
	const blocks = new Map<string, Block<Client>>();
	for (let from = 0; from < clients.length; from += rowsABlock) {
		const rows = clients.slice(from, from + rowsABlock);
		const id = String(blocks.size);
		const digest = blocks.size % 3 === 1 ? undefined : digestClients(rows);
		const contents = blocks.size % 3 === 2 ? rows : new PackedRows<Client>(pack(rows, digest));
		blocks.set(id, new Block(id, '1', '', contents));
	}
	return new Shelf(blocks);
}

const facts = ({ rows, counts, countByReason }: Report) => ({
	rows: rows.map((row) => [
		[row.client, row.clientId, row.class, row.reasons, row.inbox],
		[row.addressee, row.household, row.isMinor, row.isOneEach],
		addressedBy(row).emailAddress + fullName(addressedBy(row)) + addressedBy(row).language,
	]),
	counts,
	countByReason,
});

const guardian = (clientId: string, emailAddress: string): Contact => ({
	...{ id: `g-${clientId}`, clientId, name: 'Robin', emailAddress, phone: '' },
	...{ relationship: 'guardian', importId: '' },
});

const invitation = (clientId: string): Invitation => ({
	...{ id: `i-${clientId}`, clientId, round: 1, emailAddress: 'a@example.com', code: '' },
	...{ messageId: 'm', invitedAt: 1, expiresAt: 2 },
});

test('a report and a list read from packed blocks are those of plain rows', () => {
	fc.assert(
		fc.property(
			fc.array(about, { maxLength: 40 }),
			fc.integer({ min: 1, max: 9 }),
			fc.constantFrom(0, Date.UTC(2026, 10, 23, 12), Date.UTC(3000, 0, 1)),
			fc.boolean(),
			fc.boolean(),
			(abouts, size, now, isDescending, isOneInvited) => {
				const clients = abouts.map((fields, index) => aClient({ id: `c${index}`, ...fields }));
				const shelf = onShelf(clients, size);
				const contacts = [guardian('c0', 'c@e.test'), guardian('c1', 'x'), guardian('c5', '')];
				const invitations = isOneInvited ? [invitation('c3')] : [];
				const sources = { contacts, invitations, messages: [], now };
				expect(facts(buildReport({ clients: shelf, ...sources }))).toEqual(
					facts(buildReport({ clients, ...sources })),
				);
				const sort = { by: 'name', isDescending } as const;
				expect(sortOrder(shelf, sort)).toEqual(sortOrder(clients, sort));
				expect(shelf.rows).toEqual(clients);
			},
		),
		fromSeed(200),
	);
});
