import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Client } from '../../src/lib/domain/client.ts';
import { reportWithin, rowsWithin } from '../../src/lib/domain/report-scope.ts';
import {
	buildReport,
	canBeChecked,
	checkedRows,
	type Report,
} from '../../src/lib/domain/report.ts';
import { scopeInWords } from '../../src/lib/report/report-words.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient, someInvitation, someMessage } from '../support/some-client.ts';

const now = new Date(2026, 4, 20, 12).getTime();
const anyClient: fc.Arbitrary<Partial<Client>> = fc.record({
	emailAddress: fc.constantFrom('', 'a@example.com', 'A@example.com', 'b@gmial.com', 'c@e.test'),
	dateOfBirth: fc.constantFrom('', '1980-01-01', '2015-02-03'),
	status: fc.constantFrom('active' as const, 'inactive' as const),
	isDoNotEmail: fc.boolean(),
	hasJoinedPortal: fc.boolean(),
});
const practices = fc.record({
	abouts: fc.array(anyClient, { maxLength: 12 }),
	invited: fc.uniqueArray(fc.nat(11), { maxLength: 3 }),
	chosen: fc.uniqueArray(fc.nat(14)),
	choices: fc.dictionary(
		fc.nat(11).map((at) => `c${at}`),
		fc.boolean(),
	),
});

test('nobody outside the scope is checked, whatever the check-boxes say, and its classes sum', () => {
	fc.assert(
		fc.property(practices, ({ abouts, invited, chosen, choices }) => {
			const clients = abouts.map((about, at) => someClient(`c${at}`, about));
			const report = buildReport({
				clients,
				contacts: [],
				invitations: invited.map((at) => someInvitation(`i${at}`, { clientId: `c${at}` })),
				messages: invited.map((at) => someMessage(`i${at}`, { state: 'sent' })),
				now,
			});
			const ids = chosen.map((at) => `c${at}`);
			const within = reportWithin(report, ids);
			const there = clients.filter(({ id }) => ids.includes(id));
			expect(within.rows.map(({ clientId }) => clientId)).toEqual(there.map(({ id }) => id));
			const { counts, countByReason } = within;
			expect(counts.ready + counts.held + counts['left-out']).toBe(there.length);
			const reasons = Object.values(countByReason).reduce((sum, count) => sum + count, 0);
			expect(reasons).toBe(counts.held + counts['left-out']);
			expect([...within.marks]).toEqual(clients.map(({ id }) => (ids.includes(id) ? 1 : 0)));

			const all = checkedRows(report, choices);
			const checked = checkedRows(within, choices);
			// Exactly those whom the person would write to anyway: to be chosen overrides nothing.
			expect(checked).toEqual(all.filter(({ clientId }) => ids.includes(clientId)));
			const scope = { id: 'report-scope', clientIds: ids, chosenAt: 1 } as const;
			expect(rowsWithin(all, scope)).toEqual(checked);
			for (const row of checkedRows(within, {})) expect(row.class).toBe('ready');
			for (const row of checked) expect(canBeChecked(row)).toBe(true);
		}),
		fromSeed(300),
	);
});

test('whom the report shows, in words', () => {
	const words = (
		[ready, held, leftOut]: [number, number, number],
		countByReason: Report['countByReason'],
		chosen: number,
	) => scopeInWords({ counts: { ready, held, 'left-out': leftOut }, countByReason }, chosen);
	expect(words([42, 0, 0], {}, 42)).toEqual({
		title: 'Showing 42 clients whom you chose in Clients',
		notes: [],
	});
	expect(words([0, 0, 1], { 'do-not-email': 1 }, 1)).toEqual({
		title: 'Showing 1 client whom you chose in Clients',
		notes: ['This one is left out.'],
	});
	expect(words([0, 0, 2], { waiting: 1, 'already-invited': 1 }, 2).notes).toEqual([
		'All of them have an invitation already.',
	]);
	expect(words([2, 1, 3], { joined: 2, waiting: 1 }, 7).notes).toEqual([
		'1 of them has an invitation already.',
		'2 of them are left out.',
		'1 whom you chose is no longer among your clients.',
	]);
});
