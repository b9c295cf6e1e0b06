import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Client } from '$lib/domain/client.ts';
import { composeMessage, freezeLetter } from '$lib/domain/compose.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { HouseholdChoice } from '$lib/domain/household.ts';
import { inboxOf } from '$lib/domain/inbox.ts';
import { invitationStandings } from '$lib/domain/invitation-standing.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import { RowIds } from '$lib/domain/row-ids.ts';
import { invitedRows } from '../support/invited-rows.ts';
import { repeatedBy, type Message } from '$lib/domain/message.ts';
import { newPortalUser, type PortalUser } from '$lib/domain/portal-user.ts';
import { remind, type RemindedBatch } from '$lib/domain/remind.ts';
import {
	buildReminderReport,
	buildReturnedReport,
	type ReportAgain,
} from '$lib/domain/report-again.ts';
import { canBeChecked, checkedRows, type ReportInput } from '$lib/domain/report.ts';
import { asTable } from '$lib/domain/table.ts';
import { answerKinds } from '$lib/domain/welcome-receipt.ts';
import { withoutWrittenSince } from '$lib/invitations/written-since.ts';
import type { Snapshot } from '$lib/vault/types.ts';
import { fromSeed } from '../support/seed.ts';
import { expectSharersKnown } from '../support/sharing-law.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const minute = 60_000;
const day = 86_400_000;
const now = new Date(2026, 4, 20, 12).getTime();
const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/',
};
const words = {
	subject: 'For {client full name}',
	body: 'Dear {client preferred name} ({client first name}): {invitation link}',
};
const letter = freezeLetter(words, practice, 'letter', now);

const inboxes = ['home@example.com', 'ada@example.com', 'c@e.test', 'd@e.test'] as const;
const rarely = fc.oneof(
	{ weight: 20, arbitrary: fc.constant(false) },
	{ weight: 1, arbitrary: fc.constant(true) },
);
const seldom = <Value>(some: fc.Arbitrary<Value>) =>
	fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: some });
const anyClient = fc.record({
	emailAddress: fc.constantFrom('', 'HOME@example.com', ...inboxes, ...inboxes),
	dateOfBirth: fc.constantFrom('1980-01-01', '1980-01-01', '2015-02-03'),
	status: fc.constantFrom('active' as const, 'active' as const, 'inactive' as const),
	isDoNotEmail: rarely,
	isDeceased: rarely,
	hasBounced: rarely,
	hasJoinedPortal: rarely,
	mendedAgo: fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 60 })),
});
const anyContact = fc.record({
	who: fc.nat(6),
	emailAddress: fc.constantFrom('', ...inboxes),
	relationship: fc.constantFrom('guardian' as const, 'guardian' as const, 'partner' as const),
	joined: rarely,
	bounced: rarely,
	revoked: rarely,
});
const anyLetter = fc.record({
	state: fc.constantFrom(
		...(['sent', 'sent', 'sent', 'sent', 'sent', 'sent', 'failed', 'cancelled'] as const),
		...(['queued', 'sending', 'unconfirmed', 'held'] as const),
	),
	/** Minutes. */
	age: fc.oneof(
		{ weight: 1, arbitrary: fc.integer({ min: 0, max: 60 * 24 }) },
		{ weight: 5, arbitrary: fc.integer({ min: 60 * 24, max: 60 * 24 * 50 }) },
	),
	/** Another invitation that the letter repeats. */
	also: seldom(fc.nat(7)),
});
const anyPast = fc.record({
	who: fc.nat(6),
	/** Where it went; mostly where a mail to her would go today. */
	elsewhere: seldom(fc.constantFrom(...inboxes)),
	ends: fc.integer({ min: -20, max: 40 }),
	answer: seldom(fc.constantFrom(...answerKinds)),
	letters: fc.array(anyLetter, { minLength: 1, maxLength: 3 }),
});
const anyPractice = fc.record({
	abouts: fc.array(anyClient, { minLength: 4, maxLength: 7 }),
	cards: fc.array(anyContact, { maxLength: 5 }),
	pasts: fc.array(anyPast, { minLength: 3, maxLength: 8 }),
	households: fc.dictionary(
		fc.constantFrom(...inboxes),
		fc.constantFrom<HouseholdChoice>('one', 'each', 'guardian'),
	),
	overrides: fc.dictionary(
		fc.nat(6).map((n) => `c${n}`),
		fc.constantFrom(true, true, true, false),
	),
	reason: fc.constantFrom('', 'She asked for it'),
	/** What another tab queued between the look and the press. */
	since: seldom(fc.constantFrom(...inboxes)),
});
type Practice = typeof anyPractice extends fc.Arbitrary<infer Value> ? Value : never;

function practiceOf({ abouts, cards, pasts: anyPasts, households }: Practice): ReportInput & {
	clients: Client[];
	portalUsers: PortalUser[];
} {
	const clients = abouts.map(({ mendedAgo, ...about }, n) =>
		someClient(`c${n}`, {
			firstName: `First${n}x`,
			lastName: `Last${n}x`,
			...about,
			...(mendedAgo !== undefined && { bounceMendedAt: now - mendedAgo * day }),
		}),
	);
	const contacts = cards.map(({ who, emailAddress, relationship }, n): Contact => ({
		id: `g${n}`,
		clientId: `c${who}`,
		name: `Guardian${n}x`,
		emailAddress,
		relationship,
		phone: '',
		importId: '',
	}));
	const portalUsers = cards.map(({ who, emailAddress, joined, bounced, revoked }, n) => ({
		...newPortalUser({
			id: `u${n}`,
			clientId: `c${who}`,
			contactId: `g${n}`,
			name: `Guardian${n}x`,
			emailAddress,
			addedAt: 1,
		}),
		joinedAt: joined ? 5 : 0,
		bouncedAt: bounced ? 5 : 0,
		revokedAt: revoked ? 5 : 0,
	}));
	const guardianAt = (who: number) =>
		clients[who]?.dateOfBirth === '2015-02-03'
			? contacts.find((card) => card.clientId === `c${who}` && card.emailAddress !== '')
			: undefined;
	const pasts = anyPasts.map(({ elsewhere, ...past }) => {
		const card = guardianAt(past.who);
		const own = (card ?? clients[past.who])?.emailAddress ?? '';
		return { ...past, emailAddress: elsewhere ?? (own || 'home@example.com') };
	});
	const invitations = pasts.map(({ who, emailAddress, ends, answer }, n) =>
		someInvitation(`i${n}`, {
			clientId: `c${who}`,
			emailAddress,
			invitedAt: now - 50 * day + n,
			expiresAt: now + ends * day,
			...(answer && { answers: [{ kind: answer, at: 1, receiptId: `r${n}`, appliedAt: n }] }),
		}),
	);
	const messages = pasts.flatMap(({ who, emailAddress, letters }, n) =>
		letters.map(({ state, age, also }, at): Message => {
			const then = now - age * minute;
			const isSettled = state === 'sent' || state === 'failed' || state === 'cancelled';
			return someMessage(`i${n}`, {
				id: at === 0 ? `m-i${n}` : `m-i${n}-${at}`,
				clientId: `c${who}`,
				toAddress: emailAddress,
				round: at + 1,
				state,
				queuedAt: then,
				settledAt: isSettled ? then : 0,
				maybeSentAt: state === 'unconfirmed' ? then : 0,
				...(at > 0 && also !== undefined && also !== n && { alsoFor: [`i${also}`] }),
			});
		}),
	);
	return { clients, contacts, portalUsers, invitations, messages, households, now };
}

/** What is queued of a report by what the newest state is, as the commit does it. */
function queue(
	report: ReportAgain,
	{ overrides, reason }: Practice,
	{ clients, invitations, messages }: ReportInput & { clients: Client[] },
	isAnew: boolean,
): RemindedBatch {
	let made = 0;
	const rows = checkedRows(report, overrides);
	const options = {
		practice,
		now,
		undoWindowMs: 10_000,
		expiryDays: 30,
		newId: () => `id${++made}`,
		invitations,
	};
	const state = {
		rows: (name: string) => (name === 'messages' ? messages : invitations),
		table: () => asTable(clients),
	} as unknown as Snapshot;
	return isAnew
		? invitedRows(withoutWrittenSince(rows, state, { histories: report.histories, reason }, now), {
				...options,
				letter,
				ids: new RowIds('new'),
				newCodes: (count) => Array.from({ length: count }, () => `code${++made}`),
				standings: invitationStandings(invitations, messages),
				formerMessages: messages,
				isAnew,
			})
		: remind(rows, {
				...options,
				letterOf: () => letter,
				messages,
				presentIds: new Map(),
				histories: report.histories,
				reason,
			});
}

it.each(['waiting', 'returned'] as const)(
	'law of the report ‘%s’: whatever the practice and its past, nobody gets a mail by accident',
	(kind) => {
		let [runs, mails] = [0, 0];
		fc.assert(
			fc.property(anyPractice, (facts) => {
				const seen = practiceOf(facts);
				const isAnew = kind === 'returned';
				const build = (input: ReportInput) =>
					isAnew ? buildReturnedReport(input) : buildReminderReport(input, 7);
				const report = build(seen);
				const { clients, portalUsers } = seen;
				const { counts, countByReason } = report;
				expect(counts.ready + counts.held + counts['left-out']).toBe(clients.length);
				const reasons = Object.values(countByReason).reduce((sum, count) => sum + count, 0);
				expect(reasons).toBe(counts.held + counts['left-out']);

				expectSharersKnown(report.rows);
				const { since } = facts;
				const meanwhile = since
					? [someMessage('since', { id: 'since', clientId: 'other', toAddress: since })]
					: [];
				const newest = { ...seen, messages: [...seen.messages, ...meanwhile] };
				const batch = queue(report, facts, newest, isAnew);
				runs += 1;
				mails += batch.messages.length;
				const before = new Map(seen.invitations.map((one) => [one.id, one]));
				const byId = new Map(report.rows.map((row) => [row.clientId, row]));

				// Everybody who is written to was checked, can be, and nothing final stands against her.
				for (const { clientId } of batch.invitations) {
					const row = byId.get(clientId);
					if (!row) throw new Error('nobody’s invitation');
					expect(canBeChecked(row)).toBe(true);
					if (row.class !== 'ready') expect(facts.overrides[clientId]).toBe(true);
					const { isDoNotEmail, isDeceased, hasBounced, hasJoinedPortal } = row.client;
					expect([isDoNotEmail, isDeceased, hasBounced, hasJoinedPortal]).not.toContain(true);
					const last = seen.invitations
						.filter((one) => one.clientId === clientId && one.answers)
						.at(-1);
					expect(last?.answers?.[0]?.kind).not.toBe('declined');
					// Nor against the guardian who is written to for her.
					if (!row.addressee) continue;
					const marked = portalUsers.filter(
						(user) =>
							user.clientId === clientId &&
							inboxOf(user.emailAddress) === row.inbox &&
							user.joinedAt + user.bouncedAt + user.revokedAt > 0,
					);
					expect(marked).toEqual([]);
				}

				// One mail an inbox, unless a person wanted one each; none while another waits or just left.
				const perInbox = new Map<string, number>();
				for (const { toAddress } of batch.messages) {
					const inbox = inboxOf(toAddress);
					perInbox.set(inbox, (perInbox.get(inbox) ?? 0) + 1);
				}
				for (const [inbox, count] of perInbox) {
					if (count > 1) expect(facts.households[inbox]).toBe('each');
					for (const { state, settledAt, maybeSentAt, toAddress } of newest.messages) {
						if (inboxOf(toAddress) !== inbox) continue;
						expect(['queued', 'sending']).not.toContain(state);
						const at = state === 'sent' ? settledAt : state === 'unconfirmed' ? maybeSentAt : 0;
						expect(now - at).toBeGreaterThanOrEqual(5 * minute);
						if (now - at < day) expect(facts.reason).not.toBe('');
					}
				}

				// Every invitation is carried once, by a message to its own inbox under a key of its own.
				const after = [
					...seen.invitations.filter(({ id }) => !isIn(batch, id)),
					...batch.invitations,
				];
				const carried = batch.messages.flatMap((message) =>
					batch.invitations.filter(
						({ id, messageId }) => messageId === message.id || repeatedBy(message).includes(id),
					),
				);
				expect(carried.map(({ id }) => id).sort()).toEqual(
					batch.invitations.map(({ id }) => id).sort(),
				);
				const keys = [...seen.messages, ...batch.messages].map(
					({ clientId, toAddress, round, id }) =>
						batch.messages.some((one) => one.id === id)
							? `${clientId} ${inboxOf(toAddress)} ${round}`
							: `${clientId} ${inboxOf(toAddress)} ${round} before`,
				);
				for (const key of keys)
					if (!key.endsWith('before')) expect(keys).not.toContain(`${key} before`);
				for (const invitation of batch.invitations) {
					expect(inboxOf(invitation.emailAddress)).toBe(byId.get(invitation.clientId)?.inbox);
					const old = before.get(invitation.id);
					expect(old === undefined).toBe(isAnew);
					if (!old) {
						expect(seen.invitations.map(({ code }) => code)).not.toContain(invitation.code);
						continue;
					}
					// A reminder is the same invitation: only its end is another, and never earlier.
					const { expiresAt } = invitation;
					expect(invitation).toEqual({ ...old, expiresAt });
					expect(expiresAt).toBeGreaterThanOrEqual(Math.max(old.expiresAt, now + 30 * day));
					expect(old.answers?.[0]?.kind).not.toBe('not-mine');
				}

				// A message names whom it addresses and nobody else; a guardian's never the client.
				for (const message of batch.messages) {
					const lead = byId.get(message.clientId);
					const names = lead?.addressee
						? [lead.addressee.name]
						: [lead?.client.firstName, lead?.client.lastName];
					const { to, subject, text, html } = composeMessage(letter, message);
					for (const name of `${to.name} ${subject} ${text} ${html}`.match(
						/(First|Last|Guardian)\d+x/g,
					) ?? [])
						expect(names).toContain(name);
				}

				// Whoever was written to cannot be once more.
				const next = build({
					...newest,
					invitations: after,
					messages: [...newest.messages, ...batch.messages],
				});
				for (const row of next.rows)
					if (batch.invitations.some(({ clientId }) => clientId === row.clientId))
						expect(canBeChecked(row)).toBe(false);
				const twice = queue(
					next,
					facts,
					{ ...newest, invitations: after, messages: [...newest.messages, ...batch.messages] },
					isAnew,
				);
				for (const { toAddress } of twice.messages)
					expect(perInbox.has(inboxOf(toAddress))).toBe(false);
			}),
			fromSeed(1_500),
		);
		// A law of mails that are never sent would hold of itself.
		expect(mails * 50).toBeGreaterThan(runs);
	},
);

function isIn({ invitations }: { invitations: readonly Invitation[] }, id: string): boolean {
	return invitations.some((one) => one.id === id);
}
