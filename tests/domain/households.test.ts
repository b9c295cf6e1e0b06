import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/lib/domain/client.ts';
import { composeMessage, freezeLetter } from '../../src/lib/domain/compose.ts';
import type { Contact } from '../../src/lib/domain/contact.ts';
import { normaliseEmailAddress } from '../../src/lib/domain/email-address.ts';
import { type HouseholdChoice, withChoice } from '../../src/lib/domain/household.ts';
import { invitationStandings } from '../../src/lib/domain/invitation-standing.ts';
import { RowIds } from '$lib/domain/row-ids.ts';
import { invitedRows } from '../support/invited-rows.ts';
import {
	buildReport,
	canBeChecked,
	checkedRows,
	type ReportInput,
} from '../../src/lib/domain/report.ts';
import { isOverridable } from '../../src/lib/domain/report-reasons.ts';
import { mailsIn } from '../../src/lib/domain/written-to.ts';
import { expectSharersKnown } from '../support/sharing-law.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const now = new Date(2026, 4, 20, 12).getTime();
const home = 'home@example.com';
const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/',
};
const letter = freezeLetter(
	{
		subject: 'For {client full name}',
		body: 'Dear {client preferred name} ({client first name}): {invitation link}',
	},
	practice,
	'letter',
	now,
);

function guardianOf(clientId: string, about: Partial<Contact> = {}): Contact {
	return {
		id: `g-${clientId}`,
		clientId,
		name: 'Ada Guardian',
		emailAddress: 'ada@example.com',
		phone: '',
		relationship: 'guardian',
		importId: '',
		...about,
	};
}

function mail(
	clients: readonly Client[],
	about: Partial<ReportInput> = {},
	choices: Record<string, boolean> = {},
) {
	const input = { clients, contacts: [], invitations: [], messages: [], now, ...about };
	const report = buildReport(input);
	let made = 0;
	const rows = checkedRows(report, choices);
	const batch = invitedRows(rows, {
		letter,
		practice,
		now,
		undoWindowMs: 10_000,
		expiryDays: 30,
		ids: new RowIds('id'),
		newCodes: (count) => Array.from({ length: count }, () => `code${++made}`),
		standings: invitationStandings(input.invitations, input.messages),
		invitations: input.invitations,
		formerMessages: input.messages,
	});
	const mails = batch.messages.map((message) => composeMessage(letter, message));
	return {
		report,
		rows,
		...batch,
		mails,
		to: mails.map((one) => `${one.to.name} <${one.to.address}>`),
	};
}

const sam = someClient('sam', { firstName: 'Sam', lastName: 'Ortiz', emailAddress: home });
const alex = someClient('alex', {
	firstName: 'Alex',
	lastName: 'Ortiz',
	emailAddress: ` HOME@example.com`,
});
const child = (id: string, about: Partial<Client> = {}) =>
	someClient(id, {
		firstName: id,
		lastName: 'Ortiz',
		emailAddress: home,
		dateOfBirth: '2016-02-03',
		...about,
	});

describe('one mail for the household', () => {
	it('goes to the first adult who is checked, names nobody else, and invites all', () => {
		const clients = [child('Mia'), sam, alex];
		const { mails, to, invitations } = mail(clients, {}, { Mia: true });
		expect(to).toEqual([`Sam Ortiz <${home}>`]);
		expect(mails[0]?.text).toContain('Dear Sam (Sam)');
		expect(invitations.map(({ clientId }) => clientId)).toEqual(['Mia', 'sam', 'alex']);
		expect(new Set(invitations.map(({ code }) => code)).size).toBe(1);
		expect(mail(clients, {}, { sam: false }).to).toEqual(['Alex Ortiz <HOME@example.com>']);
	});

	it('goes to the guardian where one of them goes to a guardian there', () => {
		const contacts = [
			guardianOf('Mia', { emailAddress: home }),
			guardianOf('Leo', { emailAddress: home }),
		];
		const { to, invitations, messages } = mail([sam, child('Mia'), child('Leo')], { contacts });
		expect(to).toEqual([`Ada Guardian <${home}>`]);
		expect(messages[0]?.clientId).toBe('Mia');
		expect(invitations.map(({ contactId }) => contactId)).toEqual([undefined, 'g-Mia', 'g-Leo']);
	});

	it('leaves out a child whom no guardian stands for, until the person says otherwise', () => {
		const { report, invitations } = mail([sam, child('Mia')]);
		expect(report.rows.map((row) => row.class)).toEqual(['ready', 'held']);
		expect(invitations.map(({ clientId }) => clientId)).toEqual(['sam']);
	});

	it('is of siblings, too, who have a guardian and no address of their own', () => {
		const contacts = [guardianOf('Mia'), guardianOf('Leo', { emailAddress: 'ADA@example.com' })];
		const clients = [child('Mia', { emailAddress: '' }), child('Leo', { emailAddress: '' })];
		expect(mail(clients, { contacts }).to).toEqual(['Ada Guardian <ada@example.com>']);
	});

	it('greets a couple as both of them', () => {
		const couple = someClient('pair', {
			firstName: 'Sam & Alex',
			lastName: 'Ortiz',
			kind: 'couple',
			emailAddress: home,
		});
		expect(mail([couple, child('Mia')], {}, { Mia: true }).to).toEqual([
			`Sam & Alex Ortiz <${home}>`,
		]);
	});
});

describe('a choice for the household', () => {
	it('one each: a message for each, each greeting its own', () => {
		const { to, rows, invitations } = mail([sam, alex], { households: { [home]: 'each' } });
		expect(to).toEqual([`Sam Ortiz <${home}>`, 'Alex Ortiz <HOME@example.com>']);
		expect(new Set(invitations.map(({ code }) => code)).size).toBe(2);
		expect(mailsIn(rows)).toEqual({ mails: 2, households: 0 });
	});

	it('to the guardian, where a member has one whom the mail would not address anyway', () => {
		const contacts = [guardianOf('alex')];
		const plain = mail([sam, alex], { contacts });
		expect(plain.report.rows[0]?.household).toMatchObject({ choice: 'one', hasGuardian: true });
		const { to, report, invitations } = mail([sam, alex], {
			contacts,
			households: { [home]: 'guardian' },
		});
		expect(to).toEqual(['Ada Guardian <ada@example.com>']);
		expect(invitations.map(({ contactId }) => contactId)).toEqual(['g-alex', 'g-alex']);
		expect(report.rows[0]?.household).toMatchObject({
			inbox: 'ada@example.com',
			choice: 'guardian',
			homes: ['ada@example.com', home],
		});
	});

	it('to a guardian who is gone is one mail again', () => {
		const { to, report } = mail([sam, alex], { households: { [home]: 'guardian' } });
		expect(to).toEqual([`Sam Ortiz <${home}>`]);
		expect(report.rows[0]?.household).toMatchObject({ choice: 'one', hasGuardian: false });
	});

	it('is kept for all homes of the household, and only where it is not the default', () => {
		const kept = withChoice({ id: 'households', byInbox: { a: 'each' } }, ['b', 'c'], 'guardian');
		expect(kept.byInbox).toEqual({ a: 'each', b: 'guardian', c: 'guardian' });
		expect(withChoice(kept, ['a', 'b', 'c'], 'one').byInbox).toEqual({});
	});
});

const addresses = [
	'',
	'junk',
	home,
	'HOME@example.com',
	'ada@example.com',
	'b@gmial.com',
	'c@e.test',
];
const anyClient = fc.record({
	emailAddress: fc.constantFrom(...addresses),
	dateOfBirth: fc.constantFrom('', '1980-01-01', '2015-02-03'),
	kind: fc.constantFrom('adult' as const, 'minor' as const, 'couple' as const),
	status: fc.constantFrom('active' as const, 'inactive' as const, 'prospective' as const),
	isDoNotEmail: fc.constantFrom(false, false, false, true),
	isDeceased: fc.constantFrom(false, false, false, true),
	hasBounced: fc.constantFrom(false, false, false, true),
	hasJoinedPortal: fc.constantFrom(false, false, false, true),
});
const anyContact = fc.record({
	who: fc.nat(9),
	emailAddress: fc.constantFrom(...addresses),
	relationship: fc.constantFrom('guardian' as const, 'guardian' as const, 'partner' as const),
});
const anyPast = fc.record({
	who: fc.nat(12),
	emailAddress: fc.constantFrom(home, 'ada@example.com', 'c@e.test'),
	state: fc.constantFrom(
		'queued' as const,
		'sent' as const,
		'failed' as const,
		'cancelled' as const,
		'held' as const,
	),
});
const anyChoices = fc.dictionary(
	fc.constantFrom(home, 'ada@example.com', 'c@e.test'),
	fc.constantFrom<HouseholdChoice>('one', 'each', 'guardian'),
);

it('law: whatever the households, minors, overrides, choices and histories, nobody gets a mail by accident', () =>
	fc.assert(
		fc.property(
			fc.array(anyClient, { maxLength: 10 }),
			fc.array(anyContact, { maxLength: 6 }),
			fc.array(anyPast, { maxLength: 4 }),
			anyChoices,
			fc.dictionary(
				fc.nat(9).map((n) => `c${n}`),
				fc.boolean(),
			),
			(abouts, cards, pasts, households, overrides) => {
				const clients = abouts.map((about, n) =>
					someClient(`c${n}`, { firstName: `First${n}x`, lastName: `Last${n}x`, ...about }),
				);
				const contacts = cards.map(({ who, ...about }, n) =>
					guardianOf(`c${who}`, { id: `g${n}`, name: `Guardian${n}x`, ...about }),
				);
				const invitations = pasts.map(({ who, emailAddress }, n) =>
					someInvitation(`i${n}`, { clientId: `c${who}`, emailAddress }),
				);
				const messages = pasts.map(({ state }, n) => someMessage(`i${n}`, { state }));
				const about = { contacts, invitations, messages, households };
				const { report, rows, mails, ...batch } = mail(clients, about, overrides);

				const { counts, countByReason } = report;
				expect(counts.ready + counts.held + counts['left-out']).toBe(clients.length);
				const reasons = Object.values(countByReason).reduce((sum, count) => sum + count, 0);
				expect(reasons).toBe(counts.held + counts['left-out']);

				expectSharersKnown(report.rows);

				// Who is invited was checked, can be, and is not kept out by what nobody may override.
				const byId = new Map(report.rows.map((row) => [row.clientId, row]));
				const checkedIds = new Set(rows.map(({ clientId }) => clientId));
				for (const { clientId } of batch.invitations) {
					const row = byId.get(clientId);
					expect(checkedIds.has(clientId)).toBe(true);
					expect(row && canBeChecked(row) && row.reasons.every(isOverridable)).toBe(true);
					if (row?.class !== 'ready') expect(overrides[clientId]).toBe(true);
				}
				expect(batch.invitations).toHaveLength(rows.length);

				// One mail an inbox; several only where a person chose so.
				const perInbox = new Map<string, number>();
				for (const { toAddress } of batch.messages) {
					const inbox = normaliseEmailAddress(toAddress);
					perInbox.set(inbox, (perInbox.get(inbox) ?? 0) + 1);
				}
				for (const [inbox, count] of perInbox)
					if (count > 1) expect(households[inbox]).toBe('each');
				expect(mailsIn(rows).mails).toBe(mails.length);

				// An inbox that was written to, or that refused mail, is written to again only by a person's word.
				const { clientByInbox } = invitationStandings(invitations, messages);
				const refusing = new Set(
					clients
						.filter((client) => client.isDoNotEmail)
						.map(
							({ emailAddress, id }) => byId.get(id)?.inbox || normaliseEmailAddress(emailAddress),
						),
				);
				for (const { clientId, emailAddress } of batch.invitations) {
					const inbox = normaliseEmailAddress(emailAddress);
					expect(byId.get(clientId)?.inbox).toBe(inbox);
					const other = clientByInbox.get(inbox);
					if ((other !== undefined && other !== clientId) || refusing.has(inbox))
						expect(overrides[clientId]).toBe(true);
				}

				// A message names whom it addresses and nobody else; a guardian's never the client.
				mails.forEach((one, at) => {
					const carried = batch.invitations.filter(
						({ messageId }) => messageId === batch.messages[at]?.id,
					);
					const lead = byId.get(batch.messages[at]?.clientId ?? '');
					const names = lead?.addressee
						? [lead.addressee.name]
						: [lead?.client.firstName, lead?.client.lastName];
					const said = `${one.to.name} ${one.subject} ${one.text} ${one.html}`;
					for (const name of said.match(/(First|Last|Guardian)\d+x/g) ?? [])
						expect(names).toContain(name);
					expect(carried.map(({ clientId }) => clientId)).toContain(lead?.clientId);
					if (carried.some(({ contactId }) => contactId)) expect(one.to.name).toMatch(/^Guardian/);
				});
			},
		),
		fromSeed(1_500),
	));
