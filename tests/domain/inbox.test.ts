import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inboxOf } from '../../src/lib/domain/inbox.ts';
import { buildReport, checkedRows } from '../../src/lib/domain/report.ts';
import { mailsIn } from '../../src/lib/domain/written-to.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

describe('one inbox', () => {
	it.each([
		['Gmail reads no dots', 'maya.okafor@gmail.com', 'mayaokafor@gmail.com'],
		['nor a tag', 'maya+portal@gmail.com', 'maya@gmail.com'],
		['nor capitals', 'Maya.Okafor+x@GMail.com', 'mayaokafor@gmail.com'],
		['and has two names', 'm.aya@googlemail.com', 'maya@gmail.com'],
		['a domain in Unicode and Punycode', 'maya@b\u00fccher.example', 'maya@xn--bcher-kva.example'],
		['composed or not', 'maya@bu\u0308cher.example', 'maya@xn--bcher-kva.example'],
		['capitals of other scripts', 'maya@B\u00dcCHER.example', 'maya@b\u00fccher.example'],
	])('%s: %s', (_words, one, other) => expect(inboxOf(one)).toBe(inboxOf(other)));
});

describe('two inboxes, for all that is certain', () => {
	it.each([
		['dots elsewhere', 'maya.okafor@example.com', 'mayaokafor@example.com'],
		['a tag elsewhere', 'maya+portal@example.com', 'maya@example.com'],
		['a domain that only looks like it', 'm.aya@gmail.com.example', 'maya@gmail.com.example'],
		['another part of Google', 'm.aya@google.com', 'maya@google.com'],
	])('%s: %s', (_words, one, other) => expect(inboxOf(one)).not.toBe(inboxOf(other)));
});

it('changes nothing the second time, and throws at nothing', () => {
	const part = fc.string({ unit: 'grapheme', maxLength: 12 });
	const domain = fc.oneof(
		fc.constantFrom('gmail.com', 'googlemail.com', 'b\u00fccher.example'),
		part,
	);
	fc.assert(
		fc.property(part, domain, (local, host) => {
			const once = inboxOf(inboxOf(`${local}@${host}`));
			expect(inboxOf(once)).toBe(once);
		}),
		fromSeed(500),
	);
	expect([inboxOf(''), inboxOf('@'), inboxOf('.+@gmail.com')]).toEqual(['', '@', '.+@gmail.com']);
});

const now = new Date(2026, 4, 20, 12).getTime();

it('two ways to write one inbox get one mail, to the address as it stands', () => {
	const clients = [
		someClient('maya', { emailAddress: 'maya.okafor@gmail.com' }),
		someClient('sam', { emailAddress: 'MayaOkafor+sam@googlemail.com' }),
	];
	const report = buildReport({ clients, contacts: [], invitations: [], messages: [], now });
	const rows = checkedRows(report, {});
	expect(rows[0]?.household?.clientIds).toEqual(['maya', 'sam']);
	expect(mailsIn(rows)).toEqual({ mails: 1, households: 1 });
	expect(rows.map(({ client }) => client.emailAddress)).toEqual(
		clients.map(({ emailAddress }) => emailAddress),
	);
});

it('a domain in Unicode shares the inbox of its ASCII form', () => {
	const clients = [
		'ann@b\u00fccher.example',
		'Ann@b\u00fccher.example',
		'ann@xn--bcher-kva.example',
	].map((emailAddress, at) => someClient(`c${at}`, { emailAddress }));
	const report = buildReport({ clients, contacts: [], invitations: [], messages: [], now });
	expect(mailsIn(checkedRows(report, {}))).toEqual({ mails: 1, households: 1 });
});

it('who was invited at one spelling holds who has another', () => {
	const clients = [
		someClient('maya', { emailAddress: 'maya.okafor@gmail.com' }),
		someClient('sam', { emailAddress: 'mayaokafor@gmail.com' }),
	];
	const { rows } = buildReport({
		clients,
		contacts: [],
		invitations: [someInvitation('i', { emailAddress: 'maya.okafor@gmail.com' })],
		messages: [someMessage('i', { state: 'sent', settledAt: now - 1 })],
		now,
	});
	expect(rows.map((row) => row.reasons[0]?.kind)).toEqual(['already-invited', 'shares-address']);
});
