import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMinor, type Client } from '../../src/lib/domain/client.ts';
import { minorTest } from '../../src/lib/domain/minors.ts';
import { describeReason, isOverridable } from '../../src/lib/domain/report-reasons.ts';
import {
	buildReport,
	canBeChecked,
	checkedRows,
	peopleAndInboxes,
	type ReportInput,
} from '../../src/lib/domain/report.ts';
import { mailsIn } from '../../src/lib/domain/written-to.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const now = new Date(2026, 4, 20, 12).getTime();

function report(clients: Client[], about: Partial<ReportInput> = {}) {
	return buildReport({ clients, contacts: [], invitations: [], messages: [], now, ...about });
}

function onlyRow(client: Partial<Client>, about: Partial<ReportInput> = {}) {
	const [row] = report([someClient('maya', client)], about).rows;
	if (!row) throw new Error('no row');
	return row;
}

const guardian = {
	id: 'g',
	clientId: 'maya',
	name: 'Ada Okafor',
	emailAddress: '',
	phone: '',
	relationship: 'guardian',
	importId: '',
} as const;

describe('ready', () => {
	it.each<[string, Partial<Client>]>([
		['an adult with an address', {}],
		['a prospective client', { status: 'prospective' }],
		['an address with blanks and capitals', { emailAddress: ' Maya@Example.com ' }],
		['somebody with a preferred name alone', { firstName: '', lastName: '', preferredName: 'May' }],
	])('%s', (_, client) => expect(onlyRow(client)).toMatchObject({ class: 'ready', reasons: [] }));

	it('a minor with a guardian whom mail can reach, and it goes to the guardian', () => {
		const contacts = [{ ...guardian, emailAddress: ' Ada@Example.com ' }];
		for (const emailAddress of ['maya@example.com', '', 'junk', 'maya@gmial.com'])
			expect(onlyRow({ dateOfBirth: '2015-01-01', emailAddress }, { contacts })).toMatchObject({
				class: 'ready',
				reasons: [],
				inbox: 'ada@example.com',
				addressee: { contactId: 'g', name: 'Ada Okafor', emailAddress: 'Ada@Example.com' },
			});
	});

	it('an adult with a guardian on file is written to herself', () => {
		const contacts = [{ ...guardian, emailAddress: 'ada@example.com' }];
		expect(onlyRow({}, { contacts })).toMatchObject({ class: 'ready', inbox: 'maya@example.com' });
	});
});

describe('left out', () => {
	it.each<[string, Partial<Client>, string]>([
		['no-address', { emailAddress: ' ' }, 'no email address'],
		['not-an-address', { emailAddress: 'maya' }, 'not an email address'],
		[
			'not-an-address',
			{ emailAddress: 'maya@gmail,com' },
			'not an email address, perhaps maya@gmail.com',
		],
		['joined', { hasJoinedPortal: true }, 'has joined the portal'],
		['inactive', { status: 'inactive' }, 'inactive'],
		['inactive', { status: 'archived' }, 'archived'],
		['deceased', { isDeceased: true }, 'deceased'],
		['do-not-email', { isDoNotEmail: true }, 'asked not to be emailed'],
		['bounced', { hasBounced: true }, 'mail to this address came back'],
	])('%s: %j, %s', (kind, client, words) => {
		const row = onlyRow(client);
		expect(row.class).toBe('left-out');
		expect(row.reasons.map((reason) => reason.kind)).toEqual([kind]);
		expect(row.reasons.map((reason) => describeReason(reason, now))).toEqual([words]);
		expect(canBeChecked(row)).toBe(kind === 'inactive');
	});

	it('already invited, with the day', () => {
		const settledAt = new Date(2026, 4, 3, 9).getTime();
		const about = {
			invitations: [someInvitation('i', { expiresAt: now + 1 })],
			messages: [someMessage('i', { state: 'sent', settledAt })],
		};
		const row = onlyRow({}, about);
		expect(row.class).toBe('left-out');
		expect(row.reasons.map((reason) => describeReason(reason, now))).toEqual([
			'invited on 3 May 2026',
		]);
		expect(describeReason({ kind: 'already-invited', at: now }, now)).toBe(
			'invited today, 20 May 2026',
		);
		expect(onlyRow({ emailAddress: 'new@example.com' }, about).class).toBe('left-out');
	});

	it('waiting in the outbox', () => {
		const row = onlyRow({}, { invitations: [someInvitation('i')], messages: [someMessage('i')] });
		expect(row).toMatchObject({ class: 'left-out', reasons: [{ kind: 'waiting', since: 1000 }] });
	});

	it('keeps every reason, so that one that may be overridden hides none that may not', () => {
		const row = onlyRow({ status: 'archived', isDoNotEmail: true });
		expect(row.reasons.some(isOverridable)).toBe(true);
		expect(canBeChecked(row)).toBe(false);
	});
});

describe('held', () => {
	it.each<[string, Partial<Client>, string]>([
		['minor-without-guardian', { dateOfBirth: '2015-01-01' }, 'minor, no guardian contact on file'],
		[
			'minor-without-guardian',
			{ dateOfBirth: '', kind: 'minor' },
			'minor, no guardian contact on file',
		],
		[
			'looks-mistyped',
			{ emailAddress: 'maya@gmial.com' },
			'address looks mistyped, perhaps maya@gmail.com',
		],
		[
			'look-alike-letters',
			{ emailAddress: 'maya@ex\u0430mple.com' },
			'address has letters that pass for others',
		],
		['no-name', { firstName: '', lastName: '' }, 'no name on file'],
	])('%s: %j', (kind, client, words) => {
		const row = onlyRow(client);
		expect(row.class).toBe('held');
		expect(row.reasons.map((reason) => reason.kind)).toEqual([kind]);
		expect(row.reasons.map((reason) => describeReason(reason, now))).toEqual([words]);
		expect(canBeChecked(row)).toBe(true);
	});

	it('a minor whose guardian has no usable address, who may be reached at the client’s own', () => {
		const row = onlyRow({ dateOfBirth: '2015-01-01' }, { contacts: [guardian] });
		expect(row.class).toBe('held');
		expect(row.reasons.map((reason) => describeReason(reason, now))).toEqual([
			'guardian has no email address',
		]);
		expect(canBeChecked(row)).toBe(true);
		expect(row.addressee).toMatchObject({ name: 'Ada Okafor', emailAddress: 'maya@example.com' });
	});

	it('whoever has the inbox of somebody who asked not to be emailed', () => {
		const { rows } = report([
			someClient('sam', { emailAddress: 'o@example.com', isDoNotEmail: true }),
			someClient('maya', { emailAddress: 'O@example.com' }),
		]);
		expect(rows.map((row) => row.class)).toEqual(['left-out', 'held']);
		const [, maya] = rows;
		expect(maya?.reasons.map((reason) => describeReason(reason, now))).toEqual([
			'somebody at this address asked not to be emailed',
		]);
		expect(maya && canBeChecked(maya)).toBe(true);
	});

	it('a refused mail holds until the address is corrected', () => {
		const about = {
			invitations: [someInvitation('i')],
			messages: [someMessage('i', { state: 'failed', reason: 'no such inbox' })],
		};
		const row = onlyRow({}, about);
		expect(row.class).toBe('held');
		expect(row.reasons.map((reason) => describeReason(reason, now))).toEqual([
			'the last mail was refused: no such inbox',
		]);
		expect(onlyRow({ emailAddress: 'right@example.com' }, about).class).toBe('ready');
	});
});

describe('clients who share an inbox', () => {
	const sam = { firstName: 'Sam', lastName: 'Ortiz' };

	it('are a household, ready for one mail, whatever the capitals', () => {
		const { rows } = report([
			someClient('maya', { firstName: 'Maya', lastName: 'Ortiz', emailAddress: 'o@example.com' }),
			someClient('ana'),
			someClient('sam', { ...sam, emailAddress: ' O@Example.com' }),
		]);
		expect(rows.map((row) => row.class)).toEqual(['ready', 'ready', 'ready']);
		const household = {
			inbox: 'o@example.com',
			clientIds: ['maya', 'sam'],
			choice: 'one',
			homes: ['o@example.com'],
			hasGuardian: false,
		};
		expect(rows.map((row) => row.household)).toEqual([household, undefined, household]);
	});

	it('one address of three children: three clients, one inbox', () => {
		const all = report(
			['a', 'b', 'c'].map((id) => someClient(id, { ...sam, emailAddress: 'p@example.com' })),
		);
		expect(all.counts).toEqual({ ready: 3, held: 0, 'left-out': 0 });
		const rows = checkedRows(all, {});
		expect(peopleAndInboxes(rows)).toEqual({ people: 3, inboxes: 1 });
		expect(mailsIn(rows)).toEqual({ mails: 1, households: 1 });
	});

	it('who is left out shares with nobody', () => {
		const { rows } = report([
			someClient('maya', { emailAddress: 'o@example.com' }),
			someClient('sam', { emailAddress: 'o@example.com', isDeceased: true }),
		]);
		expect(rows.map((row) => row.class)).toEqual(['ready', 'left-out']);
	});

	it.each(['queued', 'sent'] as const)(
		'an inbox with a %s invitation holds the next client',
		(state) => {
			const about = { invitations: [someInvitation('i')], messages: [someMessage('i', { state })] };
			const clients = [
				someClient('maya', { ...sam }),
				someClient('ana', { emailAddress: 'MAYA@example.com' }),
			];
			const { rows } = report(clients, about);
			expect(rows.map((row) => row.class)).toEqual(['left-out', 'held']);
			const [reason] = rows[1]?.reasons ?? [];
			expect(reason && describeReason(reason, now)).toBe(
				'shares an address with Sam Ortiz, invited already',
			);
			const [alone] = report(clients.slice(1), about).rows;
			expect(alone?.reasons[0] && describeReason(alone.reasons[0], now)).toBe(
				'shares an address with another client, invited already',
			);
		},
	);

	it('a name cannot turn the words around it', () => {
		const words = describeReason(
			{
				kind: 'shares-address',
				clientIds: ['a', 'b'],
				otherName: '\u202eSam\u05d0',
				isOtherInvited: false,
			},
			now,
		);
		expect(words).toBe('shares an address with \u2068Sam\u05d0\u2069');
	});
});

describe('choices', () => {
	const all = report([
		someClient('ready'),
		someClient('held', { kind: 'minor', dateOfBirth: '' }),
		someClient('gone', { status: 'archived' }),
		someClient('never', { isDoNotEmail: true }),
	]);
	const idsWith = (choices: Record<string, boolean>) =>
		checkedRows(all, choices).map((row) => row.client.id);

	it('without any, what is ready is checked', () => expect(idsWith({})).toEqual(['ready']));

	it('override what is the person’s to override, and nothing else', () => {
		expect(idsWith({ ready: false, held: true, gone: true, never: true })).toEqual([
			'held',
			'gone',
		]);
	});

	it('a client called like a part of every object is no choice', () => {
		const odd = report([someClient('toString'), someClient('__proto__')]);
		expect(checkedRows(odd, {})).toHaveLength(2);
	});
});

const anyClient = fc.record({
	emailAddress: fc.constantFrom(
		'',
		'x',
		'a@example.com',
		'A@example.com',
		'b@gmial.com',
		'c@e.test',
	),
	dateOfBirth: fc.constantFrom('', '1980-01-01', '2015-02-03', 'junk'),
	kind: fc.constantFrom('adult' as const, 'minor' as const, 'couple' as const),
	status: fc.constantFrom('active' as const, 'inactive' as const, 'prospective' as const),
	firstName: fc.constantFrom('', 'Maya'),
	lastName: fc.constant(''),
	isDoNotEmail: fc.boolean(),
	hasJoinedPortal: fc.boolean(),
});
const anyPast = fc.record({
	who: fc.nat(9),
	emailAddress: fc.constantFrom('a@example.com', 'c@e.test'),
	state: fc.constantFrom('queued', 'sent', 'failed', 'cancelled', 'unconfirmed', 'held'),
});

describe('laws', () => {
	it('every client is in exactly one class, and the classes and reasons sum', () =>
		fc.assert(
			fc.property(fc.array(anyClient), fc.array(anyPast), (abouts, pasts) => {
				const clients = abouts.map((about, index) => someClient(`c${index}`, about));
				const { rows, counts, countByReason } = report(clients, {
					invitations: pasts.map(({ who, emailAddress }, index) =>
						someInvitation(`i${index}`, { clientId: `c${who}`, emailAddress }),
					),
					messages: pasts.map(({ state }, index) => someMessage(`i${index}`, { state } as object)),
				});
				expect(rows.map((row) => row.client)).toEqual(clients);
				expect(counts.ready + counts.held + counts['left-out']).toBe(clients.length);
				const reasons = Object.values(countByReason).reduce((sum, count) => sum + count, 0);
				expect(reasons).toBe(counts.held + counts['left-out']);
				for (const row of rows) expect(row.class === 'ready').toBe(row.reasons.length === 0);
				const ready = rows.filter((row) => row.class === 'ready');
				expect(peopleAndInboxes(ready).inboxes).toBe(mailsIn(ready).mails);
			}),
		));

	it('the quick test for minors says what isMinor says', () =>
		fc.assert(
			fc.property(
				fc.date({ min: new Date(1930, 0), max: new Date(2030, 0), noInvalidDate: true }),
				fc.date({ min: new Date(2020, 0), max: new Date(2040, 0), noInvalidDate: true }),
				(born, at) => {
					const client = someClient('x', { dateOfBirth: born.toISOString().slice(0, 10) });
					expect(minorTest(at.getTime())(client)).toBe(isMinor(client, at.getTime()));
				},
			),
		));
});
