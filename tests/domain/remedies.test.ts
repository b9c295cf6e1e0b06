import { expect, it } from 'vitest';
import type { Client } from '../../src/lib/domain/client.ts';
import type { Contact } from '../../src/lib/domain/contact.ts';
import { remediesFor } from '../../src/lib/domain/remedies.ts';
import { buildReport } from '../../src/lib/domain/report.ts';
import { householdsTogether } from '../../src/lib/domain/written-to.ts';
import { someClient } from '../support/some-client.ts';

const now = new Date(2026, 4, 20, 12).getTime();
const minor = { dateOfBirth: '2016-01-01' };

function remedies(about: Partial<Client>, guardianAt?: string, isChecked = false) {
	const guardian: Contact = {
		id: 'g',
		clientId: 'maya',
		name: 'Ada Okafor',
		emailAddress: guardianAt ?? '',
		phone: '',
		relationship: 'guardian',
		importId: '',
	};
	const contacts = guardianAt === undefined ? [] : [guardian];
	const clients = [someClient('maya', about)];
	const [row] = buildReport({ clients, contacts, invitations: [], messages: [], now }).rows;
	return row && remediesFor(row, isChecked);
}

it.each<[string, Partial<Client>, string | undefined, unknown[]]>([
	['nothing to mend', {}, undefined, []],
	[
		'a slip in the address',
		{ emailAddress: 'maya@gmial.example' },
		undefined,
		[{ kind: 'use', address: 'maya@gmail.example' }, { kind: 'confirm' }],
	],
	[
		'no address, but nearly one',
		{ emailAddress: 'maya@example,com' },
		undefined,
		[{ kind: 'use', address: 'maya@example.com' }, { kind: 'fix-address' }],
	],
	['no address', { emailAddress: '' }, undefined, [{ kind: 'fix-address' }]],
	[
		'mail came back',
		{ hasBounced: true },
		undefined,
		[{ kind: 'fix-address' }, { kind: 'not-bounced' }],
	],
	['a minor without a guardian', minor, undefined, [{ kind: 'add-guardian' }]],
	['a guardian without an address', minor, '', [{ kind: 'fix-address', contactId: 'g' }]],
	[
		'a slip in the address of the guardian',
		minor,
		'ada@gmial.example',
		[{ kind: 'use', address: 'ada@gmail.example', contactId: 'g' }, { kind: 'confirm' }],
	],
	['who asked not to be emailed', { emailAddress: '', isDoNotEmail: true }, undefined, []],
	['who has died', { emailAddress: '', isDeceased: true }, undefined, []],
])('%s', (_, about, guardianAt, expected) => expect(remedies(about, guardianAt)).toEqual(expected));

it('what was confirmed is not asked again', () =>
	expect(remedies({ emailAddress: 'maya@gmial.example' }, undefined, true)).toEqual([
		{ kind: 'use', address: 'maya@gmail.example' },
	]));

it('households stand together where the first of them stands', () => {
	const at = (id: string, emailAddress: string) => someClient(id, { emailAddress });
	const clients = [
		at('a', 'a@example.com'),
		at('b', 'home@example.com'),
		at('c', 'c@example.com'),
		at('d', 'HOME@example.com'),
	];
	const { rows } = buildReport({ clients, contacts: [], invitations: [], messages: [], now });
	expect(householdsTogether(rows).map(({ clientId }) => clientId)).toEqual(['a', 'b', 'd', 'c']);
	const alone = rows.filter(({ household }) => !household);
	expect(householdsTogether(alone)).toBe(alone);
});
