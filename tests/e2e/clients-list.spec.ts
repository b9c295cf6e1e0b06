import type { Locator, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { lookAt } from './axe.ts';
import { expect, type Practice, test } from './desk.ts';

const year = new Date().getFullYear();
/** Fictional: two professionals, an archived client, one without an address, a minor, an accent. */
const content = [
	'First name,Last name,Email address,Phone,Date of birth,Status,Professional',
	'Ada,Abiodun,ada@example.com,(503) 555-0101,1980-01-02,Active,Dana Reyes',
	'Ben,Botha,ben@example.com,(503) 555-0102,1971-05-06,Active,Tobias Wynn',
	'Cleo,Castellanos,,(503) 555-0103,1990-07-08,Active,Dana Reyes',
	'Dina,Dubois,dina@example.com,(503) 555-0104,1965-03-04,Archived,Dana Reyes',
	`Eli,Eriksen,eli@example.com,(503) 555-0105,${year - 10}-01-01,Active,`,
	'Félix,Ferreira,felix@example.com,(503) 555-0106,1988-11-12,Active,Tobias Wynn',
].join('\n');

async function openList(practice: Practice): Promise<Locator> {
	await practice.open();
	await practice.importFile({ name: 'clients.csv', content });
	await practice.goTo('clients');
	const list = practice.page.getByRole('grid', { name: 'Clients' });
	await expect(list).toBeVisible();
	return list;
}

const names = (list: Locator) => list.getByRole('link').allInnerTexts();
const first = (name: string | undefined) => name?.slice(0, 3);
const order = async (list: Locator) => (await names(list)).map(first).join(' ');
const bar = (page: Page) => page.getByRole('region', { name: 'Selected clients' });

/** Whether a pointer at the box of this row finds it while the list still counts as scrolling. */
function isHitRightAfterScroll(list: Locator, index: number): Promise<boolean> {
	return list.evaluate(async (element, index) => {
		scrollTo(0, 0);
		await new Promise(requestAnimationFrame);
		const scrolled = new Promise((resolve) => addEventListener('scroll', resolve, { once: true }));
		scrollTo(0, document.documentElement.scrollHeight);
		await scrolled;
		await new Promise(requestAnimationFrame);
		const box = element.querySelector(`[data-index="${index}"] input`);
		const { x = 0, y = 0, width = 0, height = 0 } = box?.getBoundingClientRect() ?? {};
		return box !== null && document.elementFromPoint(x + width / 2, y + height / 2) === box;
	}, index);
}

test('filters combine, count, stand in the address and survive a reload; one is named and kept', async ({
	practice,
	page,
}) => {
	const list = await openList(practice);
	await page.getByRole('button', { name: 'Filter', exact: true }).click();
	await expect(page.getByRole('checkbox', { name: 'Active 5' })).toBeVisible();
	await page.getByRole('checkbox', { name: 'Active 5' }).check();
	await page.getByRole('checkbox', { name: 'Dana Reyes 2' }).check();
	await expect(page.getByRole('checkbox', { name: 'Archived 1' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: /^Filter/ })).toBeFocused();
	await expect.poll(() => order(list)).toBe('Ada Cle');
	await page.reload();
	await expect.poll(() => order(list)).toBe('Ada Cle');
	// The way back from a client leads to the list as it was.
	await list.getByRole('link').first().click();
	await page.getByRole('tab', { name: 'History' }).click();
	await page.getByRole('main').getByRole('link', { name: 'Clients', exact: true }).click();
	await expect.poll(() => order(list)).toBe('Ada Cle');

	await list.getByRole('button', { name: 'Name' }).click();
	await expect(list.getByRole('button', { name: 'Name' })).toBeFocused();
	await expect.poll(() => order(list)).toBe('Cle Ada');
	await page.getByRole('button', { name: 'Save view' }).click();
	await page.getByLabel('Name', { exact: true }).fill('Dana’s own');
	await page.keyboard.press('Enter');
	const views = page.getByRole('navigation', { name: 'Views' });
	await expect(views.getByRole('link', { name: 'Dana’s own' })).toHaveAttribute(
		'aria-current',
		'true',
	);
	await views.getByRole('link', { name: 'All' }).click();
	await expect.poll(() => order(list)).toBe('Ada Ben Cle Din Eli Fél');
	await views.getByRole('link', { name: 'Dana’s own' }).click();
	await expect.poll(() => order(list)).toBe('Cle Ada');
	await page.getByRole('button', { name: 'Remove filter Professional Dana Reyes' }).click();
	await expect(page.getByRole('button', { name: 'Remove filter Active' })).toBeFocused();
	await expect.poll(() => order(list)).toBe('Fél Eli Cle Ben Ada');
	await page.goBack();
	await expect.poll(() => order(list)).toBe('Ada Ben Cle Din Eli Fél');

	await views.getByRole('link', { name: 'Dana’s own' }).click();
	await page.getByRole('button', { name: 'Options of this view' }).click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	await expect(views.getByRole('link', { name: 'Dana’s own' })).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(views.getByRole('link', { name: 'Dana’s own' })).toBeVisible();
});

test('search, order and columns: accents aside, by head and by keyboard, remembered', async ({
	practice,
	page,
}) => {
	const list = await openList(practice);
	const search = page.getByRole('searchbox', { name: 'Search clients' });
	await search.fill('ferreira felix');
	await expect.poll(() => order(list)).toBe('Fél');
	await search.fill('5550103');
	await expect.poll(() => order(list)).toBe('Cle');
	await search.fill('');
	await list.getByRole('button', { name: 'Email address' }).focus();
	await page.keyboard.press('Enter');
	await page.keyboard.press('Enter');
	await expect(list.getByRole('columnheader', { name: 'Email address' })).toHaveAttribute(
		'aria-sort',
		'descending',
	);
	await expect.poll(() => order(list)).toBe('Fél Eli Din Ben Ada Cle');

	await page.getByRole('button', { name: 'Columns' }).click();
	await page.getByRole('menuitemcheckbox', { name: 'Professional' }).click();
	await page.getByRole('menuitemcheckbox', { name: 'Portal' }).click();
	await page.keyboard.press('Escape');
	const heads = async () => (await list.getByRole('columnheader').allInnerTexts()).slice(1);
	await expect.poll(heads).toEqual(['Name', 'Email address', 'Status', 'Professional']);
	await page.reload();
	await expect.poll(heads).toEqual(['Name', 'Email address', 'Status', 'Professional']);
	await page.getByRole('link', { name: 'Turns 18 soon' }).click();
	await expect(page.getByText('Nobody turns 18 soon')).toBeVisible();
});

test('a selection by Shift, by keyboard and of all survives a filter and is exported', async ({
	practice,
	page,
}) => {
	const list = await openList(practice);
	await list.getByRole('checkbox', { name: 'Ada' }).click();
	await list.getByRole('checkbox', { name: 'Cleo' }).click({ modifiers: ['Shift'] });
	await expect(bar(page)).toContainText('3 selected');
	await expect(page.getByRole('checkbox', { name: 'Select all' })).toHaveJSProperty(
		'indeterminate',
		true,
	);
	await page.getByRole('searchbox').fill('dina');
	await expect(bar(page)).toContainText('not shown');
	await page.getByRole('searchbox').fill('');
	await list.getByRole('checkbox', { name: 'Cleo' }).focus();
	await page.keyboard.press('Escape');
	await expect(bar(page)).toHaveCount(0);

	await page.keyboard.press('Home');
	await page.keyboard.press('Space');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Shift+ArrowDown');
	await page.keyboard.press('Shift+ArrowDown');
	await page.keyboard.press('Shift+ArrowUp');
	await expect(bar(page)).toContainText('3 selected');
	await page.keyboard.press('Control+a');
	await expect(bar(page)).toContainText('6 selected');
	await expect(page.getByRole('checkbox', { name: 'Select all' })).toBeChecked();
	await lookAt(page, 'six selected');
	await bar(page).getByRole('button', { name: 'Clear selection' }).click();
	await expect(list).toBeFocused();

	await page.setViewportSize({ width: 1280, height: 400 });
	expect(await isHitRightAfterScroll(list, 5)).toBe(true);
	await page.setViewportSize({ width: 1280, height: 720 });
	await list.getByRole('checkbox', { name: 'Félix' }).click();
	await bar(page).getByRole('button', { name: 'Export' }).click();
	const dialog = page.getByRole('alertdialog', { name: 'This file is not sealed' });
	const [saved] = await Promise.all([
		page.waitForEvent('download'),
		dialog.getByRole('button', { name: 'Export 1 client' }).click(),
	]);
	expect(saved.suggestedFilename()).toMatch(/^clients-\d{4}-\d\d-\d\d\.csv$/);
	const lines = (await readFile(await saved.path(), 'utf8')).trim().split('\r\n');
	expect(lines).toHaveLength(2);
	expect(lines[1]).toContain('"Félix","Ferreira","","felix@example.com"');

	await list.getByRole('checkbox', { name: 'Félix' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Félix Ferreira' })).toBeVisible();
});
