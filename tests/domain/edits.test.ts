import { mergeEdits } from '$lib/domain/edits.ts';
import { expect, test } from 'vitest';

const stored = { subject: 'Hello', body: 'Come in' };

test('what was edited goes on top of what is stored, the rest stays', () => {
	const edits = { body: { value: 'Welcome', base: 'Come in' } };
	expect(mergeEdits(stored, edits)).toEqual({
		kind: 'changed',
		row: { subject: 'Hello', body: 'Welcome' },
		fields: ['body'],
	});
	expect(stored.body).toBe('Come in');
});

test('a field that was changed since is a clash, and nothing is merged', () => {
	const edits = {
		subject: { value: 'Hi', base: 'Hello' },
		body: { value: 'Welcome', base: 'Come in, please' },
	};
	expect(mergeEdits(stored, edits)).toEqual({ kind: 'clash', fields: ['body'] });
});

test('what says the same as what is stored is no change and no clash', () => {
	const edits = { body: { value: 'Come in', base: 'something older' } };
	expect(mergeEdits(stored, edits)).toEqual({ kind: 'unchanged' });
});
