import type { Page } from '@playwright/test';
import { lookAt } from './axe.ts';
import { expect, test } from './desk.ts';

const clients = [
	'Client ID,First Name,Last Name,Email,Phone,Date of Birth,Do Not Email',
	'1,Maya,Okafor,maya@example.com,(503) 555-0100,1984-03-09,no',
	',Mayra,Okafor,okafor@example.com,(503) 555-0100,1984-03-09,yes',
	'3,Ada,Vale,family@example.com,(503) 555-0177,2015-02-01,no',
	'4,Ben,Vale,family@example.com,(503) 555-0177,2017-04-11,no',
].join('\n');

async function look(page: Page, what: string, place = 'main'): Promise<void> {
	await lookAt(page, what, { place });
}

/** Presses Tab until the control of this name has the focus. */
async function tabTo(page: Page, name: string | RegExp, role: 'button' | 'link' | 'radio') {
	const control = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
	await expect(control).toBeVisible();
	for (let presses = 0; presses < 60; presses++) {
		if (await control.evaluate((element) => element === document.activeElement)) return control;
		await page.keyboard.press('Tab');
	}
	throw new Error(`Tab does not lead to ${name}`);
}

test('two profiles of one person are merged by keyboard alone, taken back, and merged from a client’s page', async ({
	practice,
	page,
}) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await practice.open();
	await practice.importFile({ name: 'clients.csv', content: clients });
	await practice.goTo('clients/duplicates');
	await expect(page.getByRole('heading', { name: 'Merge duplicates', level: 1 })).toBeVisible();
	// A family that shares an inbox and a telephone is not listed.
	await expect(page.getByText('Two profiles may be of one person.')).toBeVisible();
	await look(page, 'list');

	await tabTo(page, 'Compare Maya Okafor and Mayra Okafor', 'link');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'What will happen' })).toBeVisible();
	await expect(page.getByText('One profile asks not to be emailed.')).toBeVisible();
	await look(page, 'comparison');
	await tabTo(page, /maya@example\.com/, 'radio');
	await page.keyboard.press('ArrowRight');
	await expect(page.getByRole('radio', { name: /okafor@example\.com/ })).toBeChecked();
	await tabTo(page, 'Merge', 'button');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'No duplicates found' })).toBeVisible();
	await expect(page.getByText('The two profiles are one now.')).toBeVisible();
	await tabTo(page, 'Undo', 'button');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Two profiles may be of one person.')).toBeVisible();

	await page.getByRole('button', { name: /^Not the same person/ }).click();
	await expect(page.getByRole('heading', { name: 'No duplicates found' })).toBeVisible();
	await page.getByText('Not the same person (1)').click();
	await page.getByRole('button', { name: 'List again' }).click();
	await expect(page.getByText('Two profiles may be of one person.')).toBeVisible();

	// From a client's page, and back again later.
	await page.getByRole('link', { name: /^Compare/ }).click();
	await page.getByRole('link', { name: 'Maya Okafor' }).click();
	await page.getByRole('button', { name: 'More', exact: true }).click();
	await page.getByRole('menuitem', { name: 'Merge with another client…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Merge with another client' });
	await dialog.getByRole('combobox', { name: 'Other profile of this person' }).click();
	await page.keyboard.type('mayra');
	await page.getByRole('option', { name: /Mayra Okafor/ }).click();
	await look(page, 'dialog', '[role=dialog]');
	await dialog.getByRole('button', { name: 'Compare' }).click();
	await page.getByRole('button', { name: 'Merge', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Maya Okafor', level: 1 })).toBeVisible();
	await expect(page.getByRole('checkbox', { name: 'Do not email' })).toBeChecked();
	await page.getByRole('button', { name: 'More', exact: true }).click();
	await page.getByRole('menuitem', { name: 'Unmerge…' }).click();
	await look(page, 'unmerge', '[role=dialog]');
	await page.getByRole('dialog').getByRole('button', { name: 'Unmerge', exact: true }).click();
	await expect(page.getByText('They are two profiles again.').last()).toBeVisible();
	await expect(page.getByRole('checkbox', { name: 'Do not email' })).not.toBeChecked();
});
