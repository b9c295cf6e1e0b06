import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Client } from '../../src/lib/domain/client.ts';
import { growthOf } from '../../src/lib/domain/growth.ts';
import type { Invitation } from '../../src/lib/domain/invitation.ts';
import type { Message, MessageState } from '../../src/lib/domain/message.ts';
import { buildOverview, type OverviewInput } from '../../src/lib/domain/overview.ts';
import { newPortalUser } from '../../src/lib/domain/portal-user.ts';
import { buildReport } from '../../src/lib/domain/report.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const dayMs = 24 * 60 * 60_000;
const now = new Date(2026, 4, 20, 15, 30).getTime();
const daysAgo = (days: number) => now - days * dayMs;

interface Given extends Partial<OverviewInput> {
	clients: readonly Client[];
	invitations?: readonly Invitation[];
	messages?: readonly Message[];
}

function overviewOf({ clients, invitations = [], messages = [], ...others }: Given) {
	const report = buildReport({ clients, contacts: [], invitations, messages, now });
	const rest = { portalUsers: [], imports: [], clientChanges: [], journal: [], ...others };
	return buildOverview({ ...rest, clients, invitations, messages, report, now });
}

const sum = (counts: Readonly<Record<string, number>>) =>
	Object.values(counts).reduce((total, count) => total + count, 0);

const states: MessageState[] = [
	'queued',
	'sending',
	'sent',
	'failed',
	'unconfirmed',
	'held',
	'cancelled',
];

/** A practice at random: some invited, resent, joined, gone; times from long ago to a little ahead. */
const practices = fc
	.array(
		fc.record({
			isInvited: fc.boolean(),
			state: fc.constantFrom(...states),
			again: fc.option(fc.constantFrom(...states)),
			isForgotten: fc.boolean(),
			daysAgo: fc.integer({ min: -2, max: 1500 }),
			joinedDaysAgo: fc.integer({ min: -2, max: 1500 }),
			hasJoined: fc.boolean(),
			hasMark: fc.boolean(),
			emailAddress: fc.constantFrom('', 'nobody', 'one@example.com', 'two@example.com', undefined),
			status: fc.constantFrom('active' as const, 'archived' as const),
			isDeceased: fc.boolean(),
			isDoNotEmail: fc.boolean(),
			hasBounced: fc.boolean(),
		}),
		{ maxLength: 40 },
	)
	.map((people) => {
		const clients = people.map((person, index) =>
			someClient(`c${index}`, {
				...(person.emailAddress === undefined ? {} : { emailAddress: person.emailAddress }),
				status: person.status,
				isDeceased: person.isDeceased,
				isDoNotEmail: person.isDoNotEmail,
				hasBounced: person.hasBounced,
				hasJoinedPortal: person.hasJoined,
				addedAt: daysAgo(person.joinedDaysAgo),
			}),
		);
		const invitations = people.flatMap(({ isInvited, daysAgo: days }, index) =>
			isInvited
				? [
						someInvitation(`i${index}`, {
							clientId: `c${index}`,
							invitedAt: daysAgo(days),
							expiresAt: daysAgo(days - 30),
						}),
					]
				: [],
		);
		const messages = people.flatMap((person, index) => {
			if (!person.isInvited || person.isForgotten) return [];
			const about = { clientId: `c${index}`, settledAt: daysAgo(person.daysAgo) };
			const first = someMessage(`i${index}`, { ...about, state: person.state });
			const again = {
				...about,
				round: 2,
				id: `again-${index}`,
				settledAt: daysAgo(person.daysAgo - 3),
			};
			return person.again
				? [first, someMessage(`i${index}`, { ...again, state: person.again })]
				: [first];
		});
		const portalUsers = people.flatMap((person, index) =>
			person.hasMark
				? [
						{
							...newPortalUser({
								id: `c${index}`,
								clientId: `c${index}`,
								contactId: '',
								name: 'Maya Okafor',
								emailAddress: 'maya@example.com',
								addedAt: 0,
							}),
							joinedAt: daysAgo(person.joinedDaysAgo),
						},
					]
				: [],
		);
		return { clients, invitations, messages, portalUsers };
	});

it('puts every client at exactly one place, whatever became of her', () => {
	fc.assert(
		fc.property(practices, (practice) => {
			const { counts } = overviewOf(practice);
			expect(sum(counts)).toBe(practice.clients.length);
		}),
		fromSeed(300),
	);
});

it('never lets the chart fall, and ends it at all who were invited and all who joined', () => {
	fc.assert(
		fc.property(practices, (practice) => {
			const { growth, counts } = overviewOf(practice);
			const joined = practice.clients.filter(({ hasJoinedPortal }) => hasJoinedPortal).length;
			const everSent = practice.clients.filter(({ id }) => {
				const invitation = practice.invitations.find(({ clientId }) => clientId === id);
				const own = practice.messages.filter(({ clientId }) => clientId === id);
				return invitation && (own.length === 0 || own.some(({ state }) => state === 'sent'));
			}).length;
			expect(everSent).toBeGreaterThanOrEqual(counts.invited);
			expect(joined).toBeGreaterThanOrEqual(counts.joined);
			expect(growth === undefined).toBe(joined + everSent === 0);
			if (!growth) return;
			const points = growth.points;
			expect(points.length).toBeGreaterThan(1);
			expect(points.length).toBeLessThanOrEqual(36);
			points.slice(1).forEach((point, index) => {
				const before = points[index] as (typeof points)[number];
				expect(point.from).toBeGreaterThan(before.from);
				expect(point.invited).toBeGreaterThanOrEqual(before.invited);
				expect(point.joined).toBeGreaterThanOrEqual(before.joined);
			});
			expect(points.at(-1)).toMatchObject({ invited: everSent, joined });
			expect(points.at(-1)?.from).toBeLessThanOrEqual(now);
		}),
		fromSeed(300),
	);
});

it('counts each point up to its end, not beyond', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 900 * dayMs }), { minLength: 1, maxLength: 30 }),
			(passed) => {
				const times = passed.map((ms) => now - ms);
				const points = growthOf(times, [], now)?.points ?? [];
				points.forEach(({ invited }, index) => {
					const end = points[index + 1]?.from ?? Infinity;
					expect(invited).toBe(times.filter((at) => at < end).length);
				});
				// Nothing is hidden in the first point, but what is older than the chart reaches.
				if (points.length < 36) expect(points[0]?.invited).toBe(0);
			},
		),
		fromSeed(300),
	);
});

it('shows days in the first weeks, then weeks, then months', () => {
	expect(growthOf([daysAgo(3)], [], now)?.unit).toBe('day');
	expect(growthOf([daysAgo(60)], [], now)?.unit).toBe('week');
	expect(growthOf([daysAgo(400)], [], now)?.unit).toBe('month');
	expect(growthOf([], [], now)).toBeUndefined();
});

it('begins one point before the first invitation', () => {
	const growth = growthOf([daysAgo(2)], [daysAgo(1)], now);
	const at = (day: number) => new Date(2026, 4, day).getTime();
	expect(growth?.points).toEqual([
		{ from: at(17), invited: 0, joined: 0 },
		{ from: at(18), invited: 1, joined: 0 },
		{ from: at(19), invited: 1, joined: 1 },
		{ from: at(20), invited: 1, joined: 1 },
	]);
});

it('keeps the first date when an invitation is sent again', () => {
	const { growth, week } = overviewOf({
		clients: [someClient('maya')],
		invitations: [someInvitation('i')],
		messages: [
			someMessage('i', { state: 'sent', settledAt: daysAgo(40) }),
			someMessage('i', { id: 'again', round: 2, state: 'sent', settledAt: daysAgo(1) }),
		],
	});
	expect(week.invited).toBe(0);
	expect(growth?.unit).toBe('week');
	expect(growth?.points.map(({ invited }) => invited)).toEqual([0, 1, 1, 1, 1, 1, 1, 1]);
});

it('counts what a merged profile was sent as the present client’s', () => {
	const { growth } = overviewOf({
		clients: [someClient('maya', { formerIds: ['old'] })],
		invitations: [someInvitation('i', { clientId: 'old' }), someInvitation('j')],
		messages: [
			someMessage('i', { state: 'sent', settledAt: daysAgo(3) }),
			someMessage('j', { state: 'sent', settledAt: daysAgo(1) }),
		],
	});
	expect(growth?.points.map(({ invited }) => invited)).toEqual([0, 1, 1, 1, 1]);
});

it('tells what the last seven days brought, by the day and not by the hour', () => {
	const monday = new Date(2026, 4, 14).getTime();
	const { week } = overviewOf({
		clients: [
			someClient('new', { addedAt: monday }),
			someClient('old', { addedAt: monday - 1 }),
			someClient('old-but-taken-in-now', { addedAt: daysAgo(900), importId: 'file' }),
			someClient('new-but-taken-in-before', { addedAt: daysAgo(1), importId: 'before' }),
		],
		imports: [
			{ id: 'file', importedAt: daysAgo(2) },
			{ id: 'before', importedAt: daysAgo(200) },
		],
	});
	expect(week.since).toBe(monday);
	expect(week.added).toBe(2);
});

it('does not call it news when a client came with a login', () => {
	const importedAt = daysAgo(2);
	const about = { importId: 'file', hasJoinedPortal: true, addedAt: daysAgo(500) };
	const joinedSource = { column: 'Login', toldAt: importedAt };
	const { week, growth } = overviewOf({
		clients: [
			someClient('came-with-it', { ...about, joinedSource }),
			someClient('joined-since', {
				...about,
				joinedSource: { ...joinedSource, toldAt: daysAgo(1) },
			}),
		],
		imports: [{ id: 'file', importedAt }],
	});
	expect(week).toMatchObject({ added: 2, joined: 1 });
	expect(growth?.points.map(({ joined }) => joined)).toEqual([0, 1, 2, 2]);
});

it('counts who asked not to be emailed, and still does', () => {
	const change = (id: string, days: number, ...clientIds: string[]) => ({
		id,
		at: daysAgo(days),
		what: 'edited' as const,
		clientIds,
		fields: ['isDoNotEmail'],
	});
	const { week } = overviewOf({
		clients: [
			someClient('now', { isDoNotEmail: true }),
			someClient('before', { isDoNotEmail: true }),
			someClient('changed-her-mind'),
		],
		clientChanges: [
			change('a', 30, 'before'),
			change('b', 2, 'now', 'changed-her-mind'),
			change('c', 1, 'now', 'changed-her-mind'),
		],
	});
	expect(week.doNotEmail).toBe(1);
});

it('learns from the journal who went away, unless that was undone', () => {
	const entry = (what: string, days: number, canUndo: boolean) => ({
		id: `${what}${days}`,
		at: daysAgo(days),
		what,
		count: 3,
		revision: 1,
		canUndo,
	});
	const { week } = overviewOf({
		clients: [],
		journal: [
			entry('clients deleted', 20, true),
			entry('clients deleted', 3, true),
			entry('clients converted to contacts', 2, false),
			entry('import', 1, true),
		],
	});
	expect(week.removed).toBe(3);
});

it('tells which invitations end soon and which have ended, of those who have not joined', () => {
	const ids = ['soon', 'ended', 'later', 'joined'];
	const { due, counts } = overviewOf({
		clients: ids.map((id) => someClient(id, { hasJoinedPortal: id === 'joined' })),
		invitations: ids.map((id) =>
			someInvitation(id, {
				clientId: id,
				expiresAt: id === 'later' ? daysAgo(-20) : id === 'ended' ? daysAgo(1) : daysAgo(-3),
			}),
		),
		messages: ids.map((id) =>
			someMessage(id, { clientId: id, state: 'sent', settledAt: daysAgo(10) }),
		),
	});
	expect(counts).toMatchObject({ invited: 3, joined: 1 });
	expect(due).toMatchObject({ expiring: 1, expired: 1 });
});

it('counts the messages that wait for a person, and those refused this week', () => {
	const { due, week } = overviewOf({
		clients: [],
		messages: [
			someMessage('a', { state: 'held' }),
			someMessage('b', { state: 'unconfirmed' }),
			someMessage('c', { state: 'queued' }),
			someMessage('d', { state: 'failed', settledAt: daysAgo(2) }),
			someMessage('e', { state: 'failed', settledAt: daysAgo(20) }),
		],
	});
	expect(due).toMatchObject({ heldMessages: 1, unconfirmedMessages: 1, queuedMessages: 1 });
	expect(week.refused).toBe(1);
});
