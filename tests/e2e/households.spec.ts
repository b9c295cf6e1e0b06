import { lookAt } from './axe.ts';
import { expect, test } from './desk.ts';

const family = [
	'First name,Last name,Email,Date of birth,Guardian name',
	'Sam,Ortiz,family@ortiz.example,1980-01-30,',
	'Alex,Ortiz,Family@Ortiz.example,1982-03-03,',
	'Lucia,Ortiz,family@ortiz.example,2000-06-18,',
	'Mateo,Ortiz,family@ortiz.example,1999-09-04,',
	'Oscar,Pell,oscar@pell.example,2016-12-22,',
	'Ines,Duarte,ines@duarte.example,2015-03-08,Rita Duarte',
	'Nora,Whitfield,nora@gmial.example,1990-10-05,',
	'Marcus,Hale,marcus.hale,1987-03-29,',
].join('\n');

interface Mail {
	to: { name: string; address: string };
	text: string;
}

test('a household gets one mail, a minor’s goes to the guardian, and what holds a row is mended in place', async ({
	practice,
	desk,
	page,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.goTo('settings/invitation');
	await page.getByLabel('Time to undo a sending').selectOption('None');
	await practice.importFile({ name: 'clients.csv', content: family });
	await practice.openReport();
	const row = (name: string) =>
		page.getByRole('row').filter({ has: page.getByRole('checkbox', { name, exact: true }) });
	const box = (name: string) => page.getByRole('checkbox', { name, exact: true });

	await expect(page.getByText('4 people, 1 inbox')).toBeVisible();
	await expect(page.getByText('Household of 4 · one mail to Sam Ortiz')).toBeVisible();
	await lookAt(page, 'the report of a household');

	// The choice, by keyboard alone.
	await box('Alex Ortiz').focus();
	const choice = page.getByRole('button', { name: 'One mail for the household' });
	await choice.focus();
	await page.keyboard.press('ArrowDown');
	await page.getByRole('menuitem', { name: 'One each' }).press('Enter');
	await expect(page.getByText('Household of 4 · one mail each')).toBeVisible();
	await expect(page.getByRole('button', { name: 'One each' })).toBeFocused();
	await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
	await expect(page.getByText('Household of 4 · one mail to Sam Ortiz')).toBeVisible();

	// A minor without a guardian.
	await row('Oscar Pell').getByRole('button', { name: 'Add guardian' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add guardian' });
	await dialog.getByRole('button', { name: 'Save guardian' }).click();
	await expect(dialog.getByLabel('Name')).toBeFocused();
	await dialog.getByLabel('Name').fill('Ruth Pell');
	await dialog.getByLabel('Email address').fill('ruth@pell.example');
	await lookAt(page, 'Add guardian');
	await dialog.getByRole('button', { name: 'Save guardian' }).click();
	await expect(row('Oscar Pell')).toContainText('To the guardian, Ruth Pell');
	await expect(box('Oscar Pell')).toBeChecked();
	await expect(box('Oscar Pell')).toBeFocused();

	// A guardian without an address.
	await expect(row('Ines Duarte')).toContainText('Guardian has no email address');
	await row('Ines Duarte').getByRole('button', { name: 'Fix the guardian’s address' }).click();
	await page.getByLabel('Email address of the guardian').fill('rita@duarte.example');
	await page.keyboard.press('Enter');
	await expect(row('Ines Duarte')).toContainText('To the guardian, Rita Duarte');

	// A slip, and what is no address at all.
	await row('Nora Whitfield').getByRole('button', { name: 'Use nora@gmail.example' }).click();
	await expect(row('Nora Whitfield')).toContainText('nora@gmail.example');
	await expect(box('Nora Whitfield')).toBeFocused();
	await page.getByRole('button', { name: /^\d+\s*Left out/ }).click();
	await row('Marcus Hale').getByRole('button', { name: 'Fix the address' }).click();
	await page.getByLabel('Email address', { exact: true }).fill('marcus@hale.example');
	await page.getByRole('button', { name: 'Save address' }).click();
	await expect(page.getByText('8 people, 5 inboxes')).toBeVisible();
	await page.getByRole('button', { name: /^\d+\s*To invite/ }).click();

	// A filter hides; who is checked stays so, and it is said.
	await page.getByRole('button', { name: 'Filter', exact: true }).click();
	await page.getByLabel('Added since').fill('2999-01-01');
	await expect(page.getByText('8 people, 5 inboxes none of them shown')).toBeVisible();
	await lookAt(page, 'a filtered report');
	await page.getByRole('button', { name: 'Clear filters' }).first().click();
	await expect(box('Sam Ortiz')).toBeChecked();

	await page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
	await expect(page.getByRole('alertdialog')).toContainText(
		'8 people, 5 inboxes. One household shares an inbox and gets one message together.',
	);
	await page.getByRole('alertdialog').getByRole('button', { name: 'Send 8 invitations' }).click();
	const mailbox = async (): Promise<Mail[]> =>
		(await page.request.get(`${desk.relay.url}/mailbox.json`)).json() as Promise<Mail[]>;
	await expect.poll(async () => (await mailbox()).length, { timeout: 300_000 }).toBe(5);
	const mails = await mailbox();
	expect(mails.map(({ to }) => `${to.name} <${to.address}>`).toSorted()).toEqual([
		'Marcus Hale <marcus@hale.example>',
		'Nora Whitfield <nora@gmail.example>',
		'Rita Duarte <rita@duarte.example>',
		'Ruth Pell <ruth@pell.example>',
		'Sam Ortiz <family@ortiz.example>',
	]);
	const all = mails.map(({ text }) => text).join('\n');
	for (const name of ['Alex', 'Lucia', 'Mateo', 'Oscar', 'Ines']) expect(all).not.toContain(name);
	await expect(page.getByText('0 people, 0 inboxes')).toBeVisible();

	// Everybody is left out by now, with the reason.
	await page.getByRole('button', { name: /^\d+\s*Left out/ }).click();
	const reasons = page.getByRole('group', { name: 'Reason' });
	await expect(reasons.getByRole('button', { name: /^All reasons 8/ })).toBeVisible();
	await reasons.getByRole('button', { name: /^Invited already 8/ }).click();
	await expect(page.getByRole('main').getByRole('checkbox')).toHaveCount(8);

	// Forty days later: the invitations have ended, and a reminder repeats them, one mail an inbox.
	await page.clock.setSystemTime(Date.now() + 40 * 86_400_000);
	// Opened anew: what is running keeps the clock that it was started with.
	await page.goto('about:blank');
	await practice.open();
	await practice.goTo('report');
	await page.getByRole('link', { name: 'Invited, not yet joined' }).click();
	await expect(page.getByRole('heading', { name: 'Invited, not yet joined' })).toBeVisible();
	await expect(page.getByText('8 people, 5 inboxes')).toBeVisible();
	await expect(page.getByText('Household of 4 · one mail to Sam Ortiz')).toBeVisible();
	await expect(row('Nora Whitfield')).toContainText(/Invited on .* · expired on/);
	await lookAt(page, 'Invited, not yet joined');
	await page.getByRole('button', { name: 'Send reminder', exact: true }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Send 8 reminders' }).click();
	await expect.poll(async () => (await mailbox()).length, { timeout: 30_000 }).toBe(10);
	const toSam = (await mailbox()).filter(({ to }) => to.address === 'family@ortiz.example');
	const [first = '', again = ''] = toSam.map(({ text }) => text);
	const codeIn = (text: string) => /invitation=(\w+)/.exec(text)?.[1];
	expect(again).toContain('invited you to the client portal of Harbor Practice some time ago');
	expect(codeIn(again)).toBe(codeIn(first));
	await expect(row('Nora Whitfield')).toContainText(/reminded on .* · open until/);
	// Nothing came back, which the third report says of each.
	await page.getByRole('link', { name: 'Bounced or refused' }).click();
	await expect(page.getByText('Nothing came back', { exact: true })).toBeVisible();
	await lookAt(page, 'Bounced or refused');
});
