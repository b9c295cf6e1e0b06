import { expect, test } from './desk.ts';

const known = 'Client,Email,DOB\nMaya Okafor,maya@example.com,1989-08-25\n';
const later = `Client,Email,DOB,Notes
Maya Okafor,maya@home.example,1989-08-25,
Amara Silva,amara at example.com,,
Tom Lee,tom at example.com,,
,,,only a note
`;

test('the keyboard alone imports a file: chosen, looked at, mended, decided, taken in, undone', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.importFile({ name: 'clients.csv', content: known });
	await practice.goTo('settings/import-center');
	// Asked for early: the browser has to know that its own window is not wanted.
	const chooser = page.waitForEvent('filechooser', { timeout: 0 });
	const press = (key: string) => page.keyboard.press(key);
	/** Presses Tab until what has the focus bears this name. */
	async function tabTo(name: RegExp, key = 'Tab'): Promise<void> {
		const names: string[] = [];
		for (let presses = 0; presses < 80; presses += 1) {
			await press(key);
			const focused = await page.evaluate(() => {
				const element = document.activeElement as HTMLInputElement | null;
				return (
					element?.ariaLabel ||
					element?.labels?.[0]?.textContent ||
					element?.textContent ||
					''
				).trim();
			});
			if (name.test(focused)) return;
			names.push(focused.slice(0, 40));
		}
		throw new Error(`${name} cannot be reached by ${key}: ${names.join(' | ')}`);
	}

	await tabTo(/^Import clients$/);
	await press('Enter');
	await expect(page.getByRole('heading', { name: 'Import clients', level: 1 })).toBeFocused();
	await tabTo(/^Choose file$/);
	await press('Enter');
	await (
		await chooser
	).setFiles({ name: 'later.csv', mimeType: 'text/csv', buffer: Buffer.from(later) });
	await expect(page.getByRole('heading', { name: 'Review' })).toBeFocused();

	// How it was read, and its columns, are behind.
	await tabTo(/^Change columns$/, 'Shift+Tab');
	await press('Enter');
	await expect(page.getByRole('heading', { name: 'Columns' })).toBeVisible();
	await tabTo(/^Not taken in: 1 column$/);
	await press('Enter');
	const notes = page.getByRole('combobox', { name: 'What Portico takes it for: Notes' });
	await press('Tab');
	await expect(notes).toBeFocused();
	await page.keyboard.type('Professional');
	await expect(notes).toHaveValue('professional');
	await expect(notes).toBeFocused();
	await press('Home');
	await expect(notes).toHaveValue('ignore');

	// A row of its own decision.
	await tabTo(/^New\s*\d/);
	await press('ArrowRight');
	const changed = page.getByRole('tab', { name: /^Changed/ });
	await expect(changed).toBeFocused();
	await expect(changed).toHaveAttribute('aria-selected', 'true');
	await tabTo(/^What becomes of line 2, Maya Okafor$/);
	await page.keyboard.type('Skip');
	await expect(changed).toHaveText(/Changed\s*0/);

	// A cell mended in the grid.
	await tabTo(/^Changed/, 'Shift+Tab');
	await press('End');
	await expect(page.getByRole('tab', { name: /^Problems\s*3$/ })).toBeFocused();
	const errors = page.getByRole('grid', { name: 'Errors' });
	const warnings = page.getByRole('grid', { name: 'Warnings' });
	await expect(warnings).toBeVisible();
	await tabTo(/^Edit Client in line 5/);
	await press('ArrowRight');
	await expect(page.getByRole('button', { name: /^Edit Email in line 5/ })).toBeFocused();
	await press('F2');
	await page.keyboard.type('nobody');
	await press('Escape');
	await expect(page.getByRole('button', { name: /^Edit Email in line 5: blank/ })).toBeFocused();
	await press('Tab');
	const amara = page.getByRole('button', { name: /^Edit Email in line 3/ });
	await expect(amara).toBeFocused();
	await press('ArrowDown');
	await expect(page.getByRole('button', { name: /^Edit Email in line 4/ })).toBeFocused();
	await press('ArrowUp');
	await press('Enter');
	await page.keyboard.type('amara@example.com');
	await press('Enter');
	await expect(page.getByRole('button', { name: /^Edit Email in line 4/ })).toBeFocused();
	await expect(amara).toBeHidden();
	await expect(page.getByText('Line 3, Email is mended. 2 problems left.')).toBeAttached();
	// What is typed on a cell stands in its place.
	await page.keyboard.type('tom@example.com');
	await press('Enter');
	await expect(warnings).toBeHidden();
	await expect(errors.getByRole('button', { name: /^Edit Client in line 5/ })).toBeFocused();

	await tabTo(/^Import$/);
	await press('Space');
	expect(await practice.importCounts()).toMatchObject({
		rows: 4,
		created: 2,
		updated: 0,
		unchanged: 0,
		skipped: 1,
		rejected: 1,
	});
	await expect(page.getByRole('heading', { name: 'Result' })).toBeFocused();
	await expect(page).toHaveTitle(/^✓/);
	await tabTo(/^Undo import$/);
	await press('Enter');
	// What it would do is said first.
	const undo = page.getByRole('dialog', { name: 'Undo this import?' });
	await expect(undo.getByText('All 2 clients will be removed.')).toBeVisible();
	await tabTo(/^Undo import$/);
	await press('Enter');
	await expect(undo).toBeHidden();
	await expect(page.getByText('All 2 clients were removed.').first()).toBeVisible();
	await practice.goTo('clients');
	await expect(page.getByText('Maya Okafor').first()).toBeVisible();
	await expect(page.getByText('Amara Silva')).toHaveCount(0);
});
