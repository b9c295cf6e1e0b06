import { lookAt } from './axe.ts';
import { expect, test } from './desk.ts';

const clients = `First name,Last name,Email
Maya,Okafor,maya@example.com
Lucía,Ortiz,lucia@example.com
`;

test('the letter is edited with fields by keyboard and looked over; each client gets hers, with her note, in her language', async ({
	practice,
	page,
	desk,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.sendAtOnce();
	await practice.importFile({ name: 'clients.csv', content: clients });

	// By keyboard: a field from the menu where the cursor is, and gone as a whole.
	await practice.goTo('settings/invitation');
	const subject = page.getByLabel('Subject');
	await subject.fill('For ');
	const insert = page.getByRole('button', { name: 'Insert a field' });
	await insert.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('menu', { name: 'Insert a field' })).toBeVisible();
	await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('menuitem', { name: 'client first name' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(subject).toBeFocused();
	await expect(subject).toHaveValue('For {client first name}');
	await page.keyboard.type(': your therapy session');
	await expect(page.getByText('For Alex: your therapy session')).toBeVisible();
	const notes = page.getByRole('region', { name: 'Worth a second look' });
	await expect(notes).toContainText("'therapy' in the subject tells that this is about care.");
	await expect(notes).toContainText('A subject shows on a locked phone');
	await subject.press('End');
	for (let at = 0; at < ': your therapy session'.length; at++)
		await page.keyboard.press('Backspace');
	await expect(subject).toHaveValue('For {client first name}');
	await page.keyboard.press('Backspace');
	await expect(subject).toHaveValue('For ');
	await page.keyboard.press('Control+z');
	await expect(subject).toHaveValue('For {client first name}');
	await expect(notes).toBeHidden();
	await page.getByLabel('Text', { exact: true }).fill('{nobody}');
	await expect(page.getByText('{nobody} is no merge field.')).toBeVisible();
	await page
		.getByLabel('Text', { exact: true })
		.fill('Dear {client first name},\n\n{invitation link}\n\nDana');
	await page.getByRole('button', { name: 'Save', exact: true }).first().click();
	await expect(page.getByText('The message is saved')).toBeVisible();

	// The test goes to the practice alone.
	await page.getByRole('button', { name: 'Send a test to myself' }).click();
	await expect(page.getByText('The test is on its way')).toBeVisible();

	await page.getByLabel('Letter in').selectOption('Spanish (draft)');
	await expect(page.getByText('Draft: have somebody who speaks it read it')).toBeVisible();
	await page.getByRole('button', { name: 'Plain text' }).click();
	await expect(page.getByRole('region', { name: 'Plain text of the message' })).toContainText(
		'Hola, Alex:',
	);
	await lookAt(page, 'a draft in Spanish');
	await page.getByRole('button', { name: 'It was read' }).click();
	await expect(page.getByLabel('Letter in')).toHaveText(/^English ?Spanish ?French \(draft\)/);

	// Her language is a fact of her profile.
	await practice.goTo('clients');
	await page.getByRole('link', { name: 'Lucía Ortiz' }).click();
	await page.getByLabel('Language').selectOption('Español');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('Saved.', { exact: true })).toBeVisible();

	await practice.openReport();
	const preview = page.getByRole('region', { name: 'Message preview' });
	await page.getByRole('checkbox', { name: 'Maya Okafor' }).focus();
	await preview.getByLabel('Note to Maya Okafor').fill('See you <soon> at {practice name}.');
	await preview.getByRole('button', { name: 'Plain text' }).click();
	await expect(preview).toContainText('See you <soon> at {practice name}.');
	await preview.getByRole('button', { name: 'What leaves this device' }).click();
	const panel = page.getByRole('dialog', { name: 'What leaves this device' });
	await expect(panel).toContainText('maya@example.com');
	await expect(panel).toContainText('"subject":"For Maya"');
	await page.keyboard.press('Escape');
	await practice.sendInvitations();

	await expect.poll(() => mailbox().then(({ length }) => length), { timeout: 300_000 }).toBe(3);
	const mails = await mailbox();
	const to = (address: string) => mails.find((mail) => mail.to.address === address);
	expect(to('dana@harbor.example')?.subject).toBe('For Alex');
	expect(to('maya@example.com')).toMatchObject({ subject: 'For Maya' });
	expect(to('maya@example.com')?.text).toMatch(
		/^Dear Maya,\n\nSee you <soon> at \{practice name\}\.\n\nhttps:\/\/portal\.example\/join\?invitation=/,
	);
	expect(to('lucia@example.com')?.subject).toBe('Su invitación al portal de Harbor Practice');
	expect(to('lucia@example.com')?.text).toMatch(/^Hola, Lucía:/);
	expect(to('lucia@example.com')?.html).toContain('Abrir el portal</a>');

	async function mailbox() {
		const answer = await page.request.get(`${desk.relay.url}/mailbox.json`);
		return (await answer.json()) as {
			to: { address: string };
			subject: string;
			text: string;
			html: string;
		}[];
	}
});

test('unchecking somebody does not load the letter in the preview anew: who reads it keeps the place', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.importFile({ name: 'clients.csv', content: clients });
	await practice.openReport();
	await page.getByRole('checkbox', { name: 'Maya Okafor' }).focus();
	const letter = page.frameLocator('iframe[title="The message as it will look"]').locator('body');
	await expect(letter).toContainText('Dear Maya,');
	await letter.evaluate((body) => (body.dataset.read = 'here'));
	await page.keyboard.press('Space');
	await expect(page.getByText('1 person, 1 inbox')).toBeVisible();
	await expect(page.getByText('nothing is, as long as the row is not checked')).toBeVisible();
	await expect(letter).toHaveAttribute('data-read', 'here');
});
