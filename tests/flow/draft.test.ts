import { Draft } from '$lib/platform/draft.svelte.ts';
import { describe, expect, it } from 'vitest';

const place = { label: 'A form', href: '#/form' };

describe('a draft', () => {
	it('of a row that its screen shows before it is read here stands on what is shown', () => {
		const draft = new Draft<{ language: string }>(place, () => undefined);
		expect(draft.on({ language: 'en' })).toEqual({ language: 'en' });
		draft.edit('language', 'es');
		expect(draft.edits).toEqual({ language: { value: 'es', base: 'en' } });
	});

	it('stands on what is read once it is', () => {
		let stored = { language: 'en' };
		const draft = new Draft<{ language: string }>(place, () => stored);
		draft.on(stored);
		stored = { language: 'de' };
		draft.edit('language', 'es');
		expect(draft.edits).toEqual({ language: { value: 'es', base: 'de' } });
	});
});
