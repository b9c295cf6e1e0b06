import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bulkEdited, groupForBulk, type BulkEdit } from '../../src/lib/domain/bulk-edit.ts';
import { previewBulkEdit, type BulkPreview } from '../../src/lib/domain/bulk-preview.ts';
import type { Client } from '../../src/lib/domain/client.ts';
import { clientFromContact, contactFromClient } from '../../src/lib/domain/convert.ts';
import { asTable } from '../../src/lib/domain/table.ts';
import { previewInWords, whyNothingChanges } from '../../src/lib/clients/bulk/bulk-words.ts';
import { allTags, knownTag } from '../../src/lib/clients/bulk/tag-choice.ts';
import { fromSeed } from '../support/seed.ts';
import { someClient } from '../support/some-client.ts';

const tags = fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 });
const statuses = fc.constantFrom('active' as const, 'inactive' as const, 'archived' as const);
const facts = fc.record(
	{
		professional: fc.constantFrom('', 'Dr. Rowan', ' Dr. Rowan'),
		status: statuses,
		language: fc.constantFrom('es', 'fr'),
		tags,
		isDoNotEmail: fc.boolean(),
	},
	{ requiredKeys: [] },
);
const practice = fc
	.array(facts, { maxLength: 12 })
	.map((list) => list.map((about, at) => someClient(`c${at}`, about)));
const edits: fc.Arbitrary<BulkEdit> = fc.record(
	{
		professional: fc.constantFrom('', 'Dr. Rowan', 'Dr. Vale '),
		status: statuses,
		addTags: tags,
		removeTags: tags,
		language: fc.constantFrom('', 'es'),
		isDoNotEmail: fc.boolean(),
	},
	{ requiredKeys: [] },
);

function previewOf(clients: readonly Client[], edit: BulkEdit): BulkPreview {
	const ids = new Set(clients.map(({ id }) => id));
	return previewBulkEdit(groupForBulk(asTable(clients), ids), edit);
}

test('a preview says exactly what the edit does, and an edit done twice is done once', () => {
	fc.assert(
		fc.property(practice, edits, (clients, edit) => {
			const edited = clients.map((client) => bulkEdited(client, edit));
			expect(edited.map((client) => bulkEdited(client, edit))).toEqual(edited);
			const preview = previewOf(clients, edit);
			const isChanged = (at: number) => clients[at] !== edited[at];
			expect(preview.total).toBe(clients.length);
			expect(preview.changed).toBe(clients.filter((_, at) => isChanged(at)).length);
			for (const { field, to, from, already } of preview.fields) {
				const sum = from.reduce((total, { count }) => total + count, 0);
				expect(sum + already).toBe(clients.length);
				const valueIn = (client: Client): string => {
					const has = client.tags?.includes(to);
					if (field === 'tag-added') return has ? to : '';
					if (field === 'tag-removed') return has ? to : '';
					if (field === 'isDoNotEmail') return client.isDoNotEmail ? 'yes' : 'no';
					return client[field] ?? '';
				};
				const differs = (at: number) =>
					valueIn(clients[at] as Client) !== valueIn(edited[at] as Client);
				expect(sum).toBe(clients.filter((_, at) => differs(at)).length);
				for (const { value, count } of from)
					expect(
						clients.filter((client, at) => valueIn(client) === value && differs(at)),
					).toHaveLength(count);
			}
			const named = preview.fields.reduce((sum, { from }) => sum + from.length, 0);
			expect(named === 0).toBe(preview.changed === 0);
		}),
		fromSeed(400),
	);
});

test('only the clients of the selection count, whatever they share with others', () => {
	const clients = [someClient('a'), someClient('b', { status: 'archived' }), someClient('c')];
	const groups = groupForBulk(asTable(clients), new Set(['a', 'b', 'gone']));
	expect(previewBulkEdit(groups, { status: 'archived' })).toEqual({
		fields: [
			{ field: 'status', to: 'archived', from: [{ value: 'active', count: 1 }], already: 1 },
		],
		changed: 1,
		total: 2,
	});
});

test('many who are alike are few groups', () => {
	const clients = Array.from({ length: 500 }, (_, at) =>
		someClient(`c${at}`, at % 2 ? { tags: ['evening'] } : {}),
	);
	expect(groupForBulk(asTable(clients), new Set(clients.map(({ id }) => id)))).toHaveLength(2);
});

test('a preview in words', () => {
	const clients = Array.from({ length: 15 }, (_, at) =>
		someClient(`c${at}`, at < 12 ? { tags: ['evening'] } : { status: 'archived' }),
	);
	const edit: BulkEdit = { status: 'archived', addTags: ['evening'], removeTags: ['group'] };
	expect(previewOf(clients, edit).fields.map(previewInWords)).toEqual([
		{
			field: 'Status',
			lines: [{ from: 'Active', to: 'Archived', count: 12 }],
			already: '3 clients have it already',
		},
		{
			field: 'Add tag',
			lines: [{ from: '', to: 'evening', count: 3 }],
			already: '12 clients have it already',
		},
		{
			field: 'Remove tag',
			lines: [{ from: '', to: 'group', count: 0 }],
			already: '15 clients do not have it',
		},
	]);
});

test('many former values are put together after the first few, and none is lost', () => {
	const clients = Array.from({ length: 30 }, (_, at) =>
		someClient(`c${at}`, { professional: `Dr. ${at % 9}` }),
	);
	const [words] = previewOf(clients, { professional: '' }).fields.map(previewInWords);
	expect(words?.lines.at(-1)).toEqual({ from: '5 other values', to: 'Nobody', count: 15 });
	expect(words?.lines.reduce((sum, { count }) => sum + count, 0)).toBe(30);
});

test('why nothing can be saved', () => {
	expect(whyNothingChanges(false, 3, 0)).toBe('Choose what is to change first.');
	expect(whyNothingChanges(true, 3, 0)).toBe('Nothing would change: all have it so already.');
	expect(whyNothingChanges(true, 3, 1)).toBe('');
});

test('a tag is spelt as the practice spells it', () => {
	const known = [{ tag: 'Español', count: 3 }];
	expect(knownTag('  espanol ', known)).toBe('Español');
	expect(allTags(['Español'], 'espanol', known)).toEqual(['Español']);
	expect(allTags([], ' evening  group,', known)).toEqual(['evening group']);
});

test('a profile turned into a contact card and back is the same', () => {
	fc.assert(
		fc.property(facts, (about) => {
			const client = someClient('one', about);
			const options = { id: 'card', clientId: 'two', relationship: 'guardian' } as const;
			expect(clientFromContact(contactFromClient(client, options))).toEqual(client);
		}),
		fromSeed(100),
	);
});

test('what was corrected on the card is the profile’s again', () => {
	const client = someClient('one', { hasBounced: true, preferredName: 'May' });
	const card = contactFromClient(client, { id: '1', clientId: '2', relationship: 'other' });
	expect(clientFromContact({ ...card, phone: '555-0100' })).toEqual({
		...client,
		phone: '555-0100',
	});
	expect(clientFromContact({ ...card, name: 'Maya Reyes' })).toMatchObject({
		firstName: 'Maya',
		lastName: 'Reyes',
		preferredName: 'May',
		hasBounced: true,
	});
	// A corrected address has not bounced yet.
	expect(clientFromContact({ ...card, emailAddress: 'new@example.com' })).toMatchObject({
		emailAddress: 'new@example.com',
		hasBounced: false,
	});
});
