import { expect, test } from './desk.ts';

test('what was typed and not saved survives another screen, is spoken of, and can be discarded and brought back', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.fillInPractice();
	const name = page.getByLabel('Practice name');
	await name.fill('Vale Practice');
	await expect(page.getByText('Not in effect until you save.')).toBeVisible();
	// By a link: an address that is typed in loads the app anew.
	await page.getByRole('link', { name: 'Clients', exact: true }).click();
	await expect(page.getByText("Your changes in 'Practice' are not in effect")).toBeVisible();
	await page.getByRole('link', { name: 'Go there' }).click();
	await expect(name).toHaveValue('Vale Practice');
	await expect(page.getByText("Your changes in 'Practice'")).toBeHidden();

	await page.getByRole('button', { name: 'Discard', exact: true }).click();
	await expect(name).toHaveValue('Harbor Practice');
	await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
	await expect(name).toHaveValue('Vale Practice');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('Not in effect until you save.')).toBeHidden();
});

test('closing the tab asks while something is not saved, and only then', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.fillInPractice();
	const asked: string[] = [];
	page.on('dialog', (dialog) => {
		asked.push(dialog.type());
		void dialog.accept();
	});
	await page.reload();
	expect(asked).toEqual([]);
	await page.getByLabel('Practice name').fill('Vale Practice');
	await page.reload();
	expect(asked).toEqual(['beforeunload']);
});

test('a message in the making survives the dialog; two tabs: the later is shown both texts', async ({
	practice,
	page,
	context,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.goTo('settings/invitation');
	await page.getByLabel('Subject').fill('My subject');
	await page.getByRole('tab', { name: 'Practice', exact: true }).click();
	await expect(page.getByText("Your changes in 'The message'")).toBeVisible();
	await page.getByRole('tab', { name: 'Invitation', exact: true }).click();
	await expect(page.getByLabel('Subject')).toHaveValue('My subject');

	const other = await practice.inNewTab(context);
	await other.goTo('settings/invitation');
	await other.page.getByLabel('Subject').fill('Their subject');
	// The link's own form below has one too.
	await other.page.getByRole('button', { name: 'Save', exact: true }).first().click();
	await expect(other.page.getByText('The message is saved')).toBeVisible();

	const save = page.getByRole('button', { name: 'Save', exact: true }).first();
	await save.click();
	const clash = page.getByRole('alert').filter({ hasText: 'Changed in another tab' });
	await expect(clash).toContainText('Their subject');
	await expect(page.getByLabel('Subject')).toHaveValue('My subject');
	await save.click();
	await expect(clash).toBeHidden();
	await other.page.reload();
	await expect(other.page.getByLabel('Subject')).toHaveValue('My subject');
});

test("an 'Undo' that comes too late says so", async ({ practice, page, context }) => {
	await practice.open();
	await practice.fillInPractice();
	await page.getByLabel('Practice name').fill('Vale Practice');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	const undo = page.getByRole('button', { name: 'Undo', exact: true }).last();
	await undo.focus();

	const other = await practice.inNewTab(context);
	await other.goTo('settings/practice');
	await other.page.getByLabel('Practice name').fill('Third Practice');
	await other.page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByLabel('Practice name')).toHaveValue('Third Practice');
	await undo.click();
	await expect(page.getByText('Nothing was put back: it was changed since.')).toBeVisible();
	await expect(page.getByLabel('Practice name')).toHaveValue('Third Practice');
});
