import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/lib/domain/client.ts';
import { historyState, invitationHistories } from '../../src/lib/domain/invitation-history.ts';
import type { Invitation } from '../../src/lib/domain/invitation.ts';
import type { Message, MessageState } from '../../src/lib/domain/message.ts';
import { carriersOf, ownPortalUser, portalUserState } from '../../src/lib/domain/portal-user.ts';
import { remediesFor } from '../../src/lib/domain/remedies.ts';
import { buildReminderReport, buildReturnedReport } from '../../src/lib/domain/report-again.ts';
import { canBeChecked, type ReportInput } from '../../src/lib/domain/report.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const day = 86_400_000;
const minute = 60_000;
const now = new Date(2026, 4, 20, 12).getTime();

type About = Partial<Omit<ReportInput, 'clients' | 'rules'>>;

const input = (clients: Client[], about: About) => ({
	clients,
	contacts: [],
	invitations: [],
	messages: [],
	now,
	...about,
});

/** Maya as she was invited, with one letter a time. */
function invited(ages: readonly number[], about: Partial<Invitation> = {}) {
	const invitations = [someInvitation('i', { expiresAt: now + 20 * day, ...about })];
	const messages = ages.map((age, at) =>
		someMessage('i', {
			id: at === 0 ? 'm-i' : `m${at}`,
			state: 'sent',
			settledAt: now - age,
			round: at + 1,
		}),
	);
	return { invitations, messages };
}

function toRemind(client: Partial<Client>, about: About, afterDays = 7) {
	const [row] = buildReminderReport(input([someClient('maya', client)], about), afterDays).rows;
	if (!row) throw new Error('no row');
	return { class: row.class, reasons: row.reasons.map(({ kind }) => kind), row };
}

function toInviteAnew(client: Partial<Client>, about: About) {
	const [row] = buildReturnedReport(input([someClient('maya', client)], about)).rows;
	if (!row) throw new Error('no row');
	return { class: row.class, reasons: row.reasons.map(({ kind }) => kind), row };
}

describe('invited, not yet joined', () => {
	it.each([
		['invited longer ago than the days that were chosen', [8 * day], {}, 'ready', []],
		['invited since', [3 * day], {}, 'left-out', ['not-due']],
		['ending within a week', [3 * day], { expiresAt: now + 2 * day }, 'ready', []],
		['ended', [3 * day], { expiresAt: now - day }, 'ready', []],
		['reminded lately', [20 * day, 3 * day], {}, 'held', ['reminded']],
		['reminded long ago', [40 * day, 8 * day], {}, 'ready', []],
		['reminded today', [20 * day, 3 * 60 * minute], {}, 'held', ['written-today']],
		['reminded a minute ago', [20 * day, minute], {}, 'held', ['just-written']],
	] as const)('%s', (_words, ages, about, rowClass, reasons) => {
		expect(toRemind({}, invited(ages, about))).toMatchObject({ class: rowClass, reasons });
	});

	it('a pause of minutes is nobody’s to override, the rest of a day is', () => {
		expect(canBeChecked(toRemind({}, invited([20 * day, minute])).row)).toBe(false);
		expect(canBeChecked(toRemind({}, invited([20 * day, 6 * minute])).row)).toBe(true);
	});

	it('the pause counts every mail to her inbox, whoever it was for', () => {
		const { invitations, messages } = invited([20 * day]);
		const others = [
			someMessage('other', { clientId: 'sam', state: 'sent', settledAt: now - 60 * minute }),
		];
		expect(toRemind({}, { invitations, messages: [...messages, ...others] })).toMatchObject({
			class: 'held',
			reasons: ['written-today'],
		});
	});

	it.each<[string, Partial<Client>, About, string]>([
		['never invited', {}, {}, 'never-invited'],
		['joined', { hasJoinedPortal: true }, invited([9 * day]), 'joined'],
		['asked not to be emailed', { isDoNotEmail: true }, invited([9 * day]), 'do-not-email'],
		['bounced', { hasBounced: true }, invited([9 * day]), 'bounced'],
		[
			'with another address since',
			{ emailAddress: 'new@example.com' },
			invited([9 * day]),
			'address-changed',
		],
		[
			'with a letter that waits',
			{},
			{ invitations: [someInvitation('i')], messages: [someMessage('i')] },
			'waiting',
		],
		[
			'whose letter was called back',
			{},
			{ invitations: [someInvitation('i')], messages: [someMessage('i', { state: 'cancelled' })] },
			'never-invited',
		],
	])('leaves out who is %s', (_words, client, about, reason) => {
		const { class: rowClass, reasons, row } = toRemind(client, about);
		expect([rowClass, reasons[0]]).toEqual(['left-out', reason]);
		expect(canBeChecked(row)).toBe(false);
	});
});

describe('bounced or refused', () => {
	it('holds whose mail came back until that is mended, and then she is ready', () => {
		const about = invited([9 * day]);
		const bounced = toInviteAnew({ hasBounced: true }, about);
		expect(bounced).toMatchObject({ class: 'held', reasons: ['bounced'] });
		expect(canBeChecked(bounced.row)).toBe(false);
		expect(remediesFor(bounced.row, false).map(({ kind }) => kind)).toEqual([
			'fix-address',
			'not-bounced',
		]);
		expect(toInviteAnew({ bounceMendedAt: now }, about)).toMatchObject({ class: 'ready' });
		const corrected = { bounceMendedAt: now, emailAddress: 'new@example.com' };
		expect(toInviteAnew(corrected, about)).toMatchObject({ class: 'ready', reasons: [] });
		expect(toRemind(corrected, about)).toMatchObject({ class: 'left-out' });
		// Once she was invited anew she is one of the invited again.
		const anew = invited([9 * day, 2 * day]);
		expect(toInviteAnew({ bounceMendedAt: now - 3 * day }, anew)).toMatchObject({
			class: 'left-out',
			reasons: ['not-returned'],
		});
	});

	it('holds whose last letter was refused, with why, until the address is another', () => {
		const { invitations, messages } = invited([20 * day]);
		const refused = someMessage('i', {
			id: 'again',
			state: 'failed',
			settledAt: now - 2 * day,
			reason: 'Mailbox full',
			round: 2,
		});
		const about = { invitations, messages: [...messages, refused] };
		const held = toInviteAnew({}, about);
		expect(held).toMatchObject({ class: 'held', reasons: ['refused'] });
		expect(held.row.reasons[0]).toMatchObject({ why: 'Mailbox full' });
		expect(canBeChecked(held.row)).toBe(true);
		const letters = [
			...messages,
			refused,
			someMessage('i', { id: 'x', state: 'sent', settledAt: now - day }),
		];
		expect(toInviteAnew({}, { invitations, messages: letters })).toMatchObject({
			class: 'left-out',
		});
	});

	it('holds who has another address than the one that was written to', () => {
		const {
			class: rowClass,
			reasons,
			row,
		} = toInviteAnew({ emailAddress: 'new@example.com' }, invited([9 * day]));
		expect([rowClass, reasons]).toEqual(['held', ['invited-elsewhere']]);
		expect(canBeChecked(row)).toBe(true);
	});

	it('never writes to an inbox at which somebody else was reached without being asked', () => {
		const clients = [
			someClient('maya', { bounceMendedAt: now, emailAddress: 'home@example.com' }),
			someClient('sam', { emailAddress: 'home@example.com' }),
		];
		const { invitations, messages } = invited([9 * day]);
		const sams = someInvitation('s', { clientId: 'sam', emailAddress: 'home@example.com' });
		const letter = someMessage('s', {
			clientId: 'sam',
			toAddress: 'home@example.com',
			state: 'sent',
			settledAt: now - 9 * day,
		});
		const { rows } = buildReturnedReport(
			input(clients, {
				invitations: [...invitations, sams],
				messages: [...messages, letter],
			}),
		);
		expect(rows.map((row) => [row.class, row.reasons[0]?.kind])).toEqual([
			['held', 'shares-address'],
			['left-out', 'not-returned'],
		]);
	});
});

const states: readonly MessageState[] = [
	'queued',
	'sending',
	'sent',
	'failed',
	'unconfirmed',
	'held',
	'cancelled',
];

const history = fc.record({
	letters: fc.array(
		fc.record({ state: fc.constantFrom(...states), age: fc.integer({ min: 0, max: 60 }) }),
		{ maxLength: 4 },
	),
	ends: fc.integer({ min: -30, max: 30 }),
	hasBounced: fc.boolean(),
	isDoNotEmail: fc.boolean(),
	hasJoinedPortal: fc.boolean(),
	mendedAgo: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
	inbox: fc.constantFrom('maya@example.com', 'home@example.com', 'other@example.com'),
	invitedAt: fc.constantFrom('maya@example.com', 'home@example.com'),
});

describe('for whatever histories', () => {
	const practices = fc.array(history, { minLength: 1, maxLength: 6 });

	it('every state follows from the facts, and the classes sum to the clients', () => {
		fc.assert(
			fc.property(practices, fc.integer({ min: 1, max: 30 }), (facts, afterDays) => {
				const clients: Client[] = [];
				const invitations: Invitation[] = [];
				const messages: Message[] = [];
				facts.forEach((fact, at) => {
					const id = `c${at}`;
					const { hasBounced, isDoNotEmail, hasJoinedPortal, mendedAgo } = fact;
					clients.push(
						someClient(id, {
							emailAddress: fact.inbox,
							hasBounced,
							isDoNotEmail,
							hasJoinedPortal,
							...(mendedAgo !== undefined && { bounceMendedAt: now - mendedAgo * day }),
						}),
					);
					if (fact.letters.length === 0) return;
					const about = { clientId: id, emailAddress: fact.invitedAt };
					invitations.push(
						someInvitation(id, {
							...about,
							messageId: `m-${id}`,
							expiresAt: now + fact.ends * day,
						}),
					);
					fact.letters.forEach(({ state, age }, letter) =>
						messages.push(
							someMessage(id, {
								id: letter === 0 ? `m-${id}` : `m-${id}-${letter}`,
								clientId: id,
								toAddress: fact.invitedAt,
								state,
								queuedAt: now - age * day,
								settledAt: state === 'sent' || state === 'failed' ? now - age * day : 0,
								maybeSentAt: state === 'unconfirmed' ? now - age * day : 0,
							}),
						),
					);
				});
				const { byClient } = invitationHistories(invitations, messages, new Map());
				const carriers = carriersOf(invitations, messages);
				for (const [at, fact] of facts.entries()) {
					const client = clients[at] as Client;
					const sent = fact.letters.filter(({ state }) => state === 'sent').length;
					const isOpen = fact.letters.some(({ state }) =>
						['queued', 'sending', 'held', 'unconfirmed'].includes(state),
					);
					const expected = isOpen
						? 'queued'
						: sent === 0
							? 'never'
							: fact.ends <= 0
								? 'expired'
								: sent > 1
									? 'reminded'
									: 'invited';
					expect(historyState(byClient.get(client.id), now)).toBe(expected);
					// What is shown of the portal's users is of the same facts.
					const plain = {
						...client,
						emailAddress: fact.invitedAt,
						hasBounced: false,
						hasJoinedPortal: false,
					};
					const shown = portalUserState(ownPortalUser(plain), invitations, carriers, now).kind;
					expect(shown === 'refused' ? 'never' : shown).toBe(expected);
				}
				for (const report of [
					buildReminderReport(input(clients, { invitations, messages }), afterDays),
					buildReturnedReport(input(clients, { invitations, messages })),
				]) {
					const { ready, held, 'left-out': leftOut } = report.counts;
					expect(ready + held + leftOut).toBe(clients.length);
					for (const [at, row] of report.rows.entries()) {
						const fact = facts[at];
						if (!canBeChecked(row)) continue;
						expect(fact?.isDoNotEmail || fact?.hasBounced || fact?.hasJoinedPortal).toBe(false);
						expect(historyState(byClient.get(row.clientId), now)).not.toBe('queued');
					}
				}
			}),
			fromSeed(300),
		);
	});
});
