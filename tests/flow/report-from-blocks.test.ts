import { fullName, type Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import { digestClients } from '$lib/domain/digest-clients.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';
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

/** So that most clients have one thing against them, or none. */
const seldom = fc.constantFrom(false, false, false, false, true);
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
	isDeceased: seldom,
	hasBounced: seldom,
	hasJoinedPortal: seldom,
	kind: fc.constantFrom('adult' as const, 'minor' as const),
	status: seldom.map((isInactive) => (isInactive ? ('inactive' as const) : ('active' as const))),
	isDoNotEmail: seldom,
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

const today = Date.UTC(2026, 10, 23, 12);

/** Cards of the first clients, in any order, some with several. */
const cards = fc
	.array(
		fc.record({
			clientId: fc.nat(9).map((index) => `c${index}`),
			name: fc.constantFrom('Robin', 'Robin', ' '),
			emailAddress: fc.constantFrom(
				'a@example.com',
				'r@e.test',
				' r@e.test',
				'x',
				'',
				'r.o@gmail.com',
			),
			relationship: fc.constantFrom('guardian', 'guardian', 'emergency'),
		}),
		{ minLength: 3, maxLength: 12 },
	)
	.chain((all) => fc.constantFrom(all, all.toSorted(byClient)))
	.map((all) =>
		all.map((card, at): Contact => ({ ...card, id: `card${at}`, phone: '', importId: '' })),
	);

function byClient(a: { clientId: string }, b: { clientId: string }): number {
	return a.clientId < b.clientId ? -1 : a.clientId > b.clientId ? 1 : 0;
}

/** A guardian who joined, whose mail came back, or who wants none. */
const marked: PortalUser = {
	...{ id: 'u', clientId: 'c1', contactId: 'card0', name: 'Robin', emailAddress: 'r@e.test' },
	...{ permissions: [], addedAt: 1, joinedAt: 2, bouncedAt: 0, revokedAt: 0 },
};

const invitation = (clientId: string): Invitation => ({
	...{ id: `i-${clientId}`, clientId, round: 1, emailAddress: 'a@example.com', code: '' },
	...{ messageId: 'm', invitedAt: 1, expiresAt: 2 },
});

test('a report and a list read from packed blocks are those of plain rows', () => {
	fc.assert(
		fc.property(
			fc.array(about, { maxLength: 40 }),
			fc.integer({ min: 1, max: 9 }),
			fc.constantFrom(0, today, Date.UTC(3000, 0, 1)),
			cards,
			fc.record({
				isDescending: fc.boolean(),
				isOneInvited: fc.boolean(),
				isOneMarked: fc.boolean(),
			}),
			(abouts, size, now, contacts, { isDescending, isOneInvited, isOneMarked }) => {
				const clients = abouts.map((fields, index) => aClient({ id: `c${index}`, ...fields }));
				const shelf = onShelf(clients, size);
				const portalUsers = isOneMarked ? [marked] : [];
				const invitations = isOneInvited ? [invitation('c3')] : [];
				const sources = { contacts, portalUsers, invitations, messages: [], now };
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

test('children whose guardians are written to are judged by digests as by their rows', () => {
	const children = fc.array(
		about.map((fields) => ({ ...fields, kind: 'minor' as const, dateOfBirth: '' })),
		{ minLength: 6, maxLength: 10 },
	);
	fc.assert(
		fc.property(children, cards, fc.boolean(), (abouts, contacts, isOneMarked) => {
			const clients = abouts.map((fields, index) => aClient({ id: `c${index}`, ...fields }));
			const shelf = onShelf(clients, clients.length);
			const portalUsers = isOneMarked ? [marked] : [];
			const sources = { contacts, portalUsers, invitations: [], messages: [], now: today };
			expect(facts(buildReport({ clients: shelf, ...sources }))).toEqual(
				facts(buildReport({ clients, ...sources })),
			);
		}),
		fromSeed(300),
	);
});
