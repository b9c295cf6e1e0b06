import { expect, test } from 'vitest';
import { frozenLetters } from '../../src/lib/domain/frozen-letters.ts';
import { fieldValues } from '../../src/lib/domain/merge-fields.ts';
import {
	choosableNames,
	knownProfessionals,
	professionalFinder,
	reassigned,
	replyToFor,
	withCredentials,
	type Professional,
} from '../../src/lib/domain/professional.ts';
import { someClient } from '../support/some-client.ts';

const professional = (name: string, about: Partial<Professional> = {}): Professional => ({
	id: name,
	name,
	credentials: '',
	replyTo: '',
	isActive: true,
	addedAt: 0,
	...about,
});
const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'office@harbor.example',
	portalAddress: 'https://portal.example/',
};
const rowan = professional('Rowan Vale', {
	replyTo: ' rowan@harbor.example ',
	credentials: 'LCSW',
});

test('two spellings of a name are one professional, counted together', () => {
	const clients = ['rowan vale', 'ROWAN  Vale ', '', 'Ada Lee'].map((name, at) =>
		someClient(String(at), { professional: name }),
	);
	expect(knownProfessionals([rowan], clients)).toEqual([
		{ name: 'Ada Lee', row: undefined, clientCount: 1 },
		{ name: 'Rowan Vale', row: rowan, clientCount: 2 },
	]);
	expect(reassigned(clients, 'Rowan Vale', 'Ada Lee').map(({ id }) => id)).toEqual(['0', '1']);
});

test('who differs by a letter of its own is somebody else', () => {
	const [one, other] = [professional('J\u00f8rn Vale'), professional('Jorn Vale')];
	expect(knownProfessionals([one, other], []).map(({ row }) => row)).toHaveLength(2);
});

test('who was deactivated is not offered', () => {
	const away = professional('Sam Ortiz', { isActive: false });
	expect(choosableNames(knownProfessionals([rowan, away], []))).toEqual(['Rowan Vale']);
});

test('answers go to the active professional of the client who has an address, else to the practice', () => {
	const to = (rows: Professional[], name: string) =>
		replyToFor({ professional: name }, practice.replyTo, professionalFinder(rows));
	expect(to([rowan], 'rowan vale')).toBe('rowan@harbor.example');
	expect(to([rowan], 'Ada Lee')).toBe(practice.replyTo);
	expect(to([rowan], '')).toBe(practice.replyTo);
	expect(to([{ ...rowan, isActive: false }], 'Rowan Vale')).toBe(practice.replyTo);
	expect(to([{ ...rowan, replyTo: 'rowan at harbor' }], 'Rowan Vale')).toBe(practice.replyTo);
});

test('a letter is frozen once for each address that answers go to, all with the same fields', () => {
	let made = 0;
	const template = { subject: 'Hello', body: '{client first name}: {invitation link}' };
	const letters = frozenLetters(template, practice, [rowan], { newId: () => `l${++made}`, now: 5 });
	const own = letters.for({ professional: 'Rowan Vale' });
	const others = letters.for({ professional: '' });
	expect(letters.for({ professional: 'rowan vale' })).toBe(own);
	expect([own.replyTo, others.replyTo]).toEqual(['rowan@harbor.example', 'office@harbor.example']);
	expect({ ...own, id: '', replyTo: '' }).toEqual({ ...others, id: '', replyTo: '' });
	expect(letters.of([others.id])).toEqual([others]);
});

test('credentials stand behind the name, each once, and never alone', () => {
	expect(withCredentials('Rowan Vale', rowan)).toBe('Rowan Vale, LCSW');
	expect(withCredentials('Rowan Vale, lcsw', rowan)).toBe('Rowan Vale, lcsw');
	expect(withCredentials('', rowan)).toBe('');
	expect(withCredentials('Ada Lee', undefined)).toBe('Ada Lee');
});

test('a letter may name the professional with credentials; in a solo practice, the practitioner', () => {
	const dana = professional('Dana Reyes', { credentials: 'PhD' });
	const value = (name: string) =>
		fieldValues(['professional with credentials'], {
			client: someClient('maya', { professional: name }),
			practice,
			invitation: { code: '', expiresAt: 0 },
			professionalOf: professionalFinder([rowan, dana]),
		})[0];
	expect(value('Rowan Vale')).toBe('Rowan Vale, LCSW');
	expect(value('')).toBe('Dana Reyes, PhD');
	expect(value('Ada Lee')).toBe('Ada Lee');
});
