import type { Browser, Page } from '@playwright/test';
import { lookAt } from './axe.ts';
import { expect, test } from './desk.ts';

const day = 86_400_000;
const clients = [
	'First name,Last name,Email',
	'Maya,Okafor,maya@example.com',
	'Noor,Haddad,noor@example.com',
	'Ola,Lind,ola@example.com',
	'Ada,Byron,ada@example.com',
].join('\n');

test.use({ hasSmtp: true, serviceWorkers: 'allow' });

test('a letter’s link opens the welcome page, and what is answered there comes back as a fact', async ({
	practice,
	desk,
	page,
	browser,
}) => {
	await practice.open();
	await practice.fillInPractice();
	await practice.goTo('settings/invitation');
	await page.getByRole('radio', { name: 'Portico’s welcome page' }).check();
	await expect(page.getByLabel('Address of this app')).toHaveValue(`${desk.relay.url}/`);
	await expect(page.getByText('opens on this computer alone')).toBeVisible();
	await page.getByLabel('Ask ‘I have joined’').check();
	await page.getByLabel('Let answers come through the relay').check();
	const form = page.locator('form').filter({ hasText: 'Where the invitation’s link goes' });
	await form.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'The key that signs' })).toBeVisible();
	await lookAt(page, 'settings of the invitation’s link');
	await page.getByLabel('Time to undo a sending').selectOption('None');
	await practice.importFile({ name: 'clients.csv', content: clients });
	await practice.openReport();
	await practice.sendInvitations();
	await expect.poll(() => desk.smtp.mails.length).toBe(4);
	const linkTo = (address: string) => {
		const mail = desk.smtp.mails.find(({ recipients }) => recipients.includes(address));
		const link = /\S+#\/welcome\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
		expect(mail?.html).toContain(`href="${link}"`);
		return link;
	};

	const maya = await openedBy(browser, linkTo('maya@example.com'));
	await expect(
		maya.page.getByRole('heading', {
			level: 1,
			name: 'Dana Reyes invites you to the client portal of Harbor Practice',
		}),
	).toBeVisible();
	await expect(maya.page.getByText('For Maya')).toBeVisible();
	await expect(maya.page.getByText('It leads to portal.example.')).toBeVisible();
	const portal = maya.page.getByRole('link', { name: 'Open the portal' });
	await expect(portal).toHaveAttribute('href', 'https://portal.example/join');
	await expect(portal).toHaveAttribute('rel', 'noreferrer');
	for (const colorScheme of ['light', 'dark'] as const) {
		await maya.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await lookAt(maya.page, `the welcome page, ${colorScheme}`);
	}
	await maya.page.getByLabel('Language').selectOption('Español');
	await expect(maya.page.getByRole('heading', { level: 1 })).toContainText('le invita al portal');
	await expect(maya.page.locator('html')).toHaveAttribute('lang', 'es');
	await maya.page.getByLabel('Idioma').selectOption('English');

	// With the keyboard alone, as somebody who sees nothing would.
	await maya.page.getByRole('button', { name: 'I have joined' }).focus();
	await maya.page.keyboard.press('Enter');
	const heading = maya.page.getByRole('heading', { name: 'Your answer: I have joined' });
	await expect(heading).toBeFocused();
	await lookAt(maya.page, 'an answer');
	const receipt = await maya.page.getByLabel('Your answer, as a link').inputValue();
	const mail = await maya.page.getByRole('link', { name: 'Write the mail' }).getAttribute('href');
	expect(mail).toMatch(/^mailto:dana@harbor\.example\?subject=My%20answer&body=/);
	expect(mail?.length).toBeLessThanOrEqual(2000);
	expect(decodeURIComponent(mail ?? '')).toContain(receipt);
	await keptNothing(maya.page);
	expect(maya.asked.every((url) => url.startsWith(`${desk.relay.url}/`))).toBe(true);
	expect(maya.asked.filter((url) => !/\.(js|css|woff2|svg)$|\/$/.test(url))).toEqual([
		`${desk.relay.url}/door.json`,
	]);
	expect(maya.errors).toEqual([]);

	await page.goto(receipt);
	await expect(page.getByText('‘I have joined’')).toBeVisible();
	await expect(page.getByText(/Maya Okafor is marked as joined/)).toBeVisible();
	await page.getByRole('button', { name: 'Apply', exact: true }).click();
	await expect(page.getByText(/already applied on/)).toBeVisible();
	await lookAt(page, 'an answer pasted');

	const noor = await openedBy(browser, linkTo('noor@example.com'));
	await noor.page.getByRole('button', { name: 'Please do not email me' }).click();
	const answer = await noor.page.getByLabel('Your answer, as a link').inputValue();
	await practice.goTo('settings/invitation');
	await page.getByRole('link', { name: 'Open an answer' }).click();
	await page.getByLabel('The answer').fill(`Please do not email me.\n\n${answer}\n\nNoor`);
	await page.getByRole('button', { name: 'Open an answer' }).click();
	await expect(page.getByText('Noor Haddad is marked ‘Do not email’.')).toBeVisible();
	await page.getByRole('button', { name: 'Apply', exact: true }).click();
	await expect(page.getByText(/already applied on/)).toBeVisible();
	// Who opens the same mail again is told, and nothing is done twice.
	await page.goto(receipt);
	await expect(page.getByText(/already applied on/)).toBeVisible();

	// A third answers with the page's own button, and the relay keeps that until the app asks.
	const ada = await openedBy(browser, linkTo('ada@example.com'));
	await ada.page.getByRole('button', { name: 'Please do not email me' }).click();
	await ada.page.getByRole('button', { name: 'Send my answer' }).click();
	await expect(ada.page.getByText('Your answer is sent.')).toBeVisible();
	await lookAt(ada.page, 'an answer that went');
	await keptNothing(ada.page);
	expect(ada.errors).toEqual([]);
	await practice.openOutbox();
	await expect(
		page.getByText('An answer came through the relay: one person asked not to be emailed.'),
	).toBeVisible();

	// The same file again changes nothing of what they asked for.
	await practice.importFile({ name: 'clients.csv', content: clients });
	await practice.openReport();
	await page.getByRole('button', { name: /Left out/ }).click();
	const reasons = page.getByRole('group', { name: 'Reason' });
	await expect(reasons.getByRole('button', { name: /^Asked not to be emailed 2/ })).toBeVisible();
	await expect(page.getByText(/has joined the portal, said the answer of/i)).toBeVisible();
	await expect(page.getByText(/asked not to be emailed/i).first()).toBeVisible();

	const ola = linkTo('ola@example.com');
	const expired = await openedBy(browser, ola, { after: 40 * day });
	await expect(
		expired.page.getByRole('heading', { name: 'This invitation has ended' }),
	).toBeVisible();
	await expect(expired.page.getByRole('button')).toHaveText([
		'This was not meant for me',
		'Please do not email me',
	]);
	await expect(expired.page.getByRole('link')).toHaveText(['dana@harbor.example']);
	await lookAt(expired.page, 'an expired link');
	const early = await openedBy(browser, ola, { after: -40 * day });
	await expect(early.page.getByRole('heading', { level: 1 })).toContainText('date of this device');
	const head = ola.indexOf('.') + 40;
	const changed = ola.slice(0, head) + (ola[head] === 'A' ? 'B' : 'A') + ola.slice(head + 1);
	for (const [link, title] of [
		[ola.slice(0, -20), 'This link is not whole'],
		[`${ola.split('#')[0]}#/welcome/`, 'There is no invitation in this link'],
		[`${ola.split('#')[0]}#/welcome`, 'There is no invitation in this link'],
		[`${ola.split('#')[0]}#/welcome/%E0%A4%A`, 'This link is not whole'],
		[`${ola}/../%00%`, 'This link is not whole'],
		[`${ola.slice(0, -1)}${ola.endsWith('A') ? 'Q' : 'A'}`, /was changed|not whole/],
		[changed, /was changed|not whole|does not understand/],
	] as const) {
		const bad = await openedBy(browser, link);
		await expect(bad.page.getByRole('heading', { level: 1 })).toHaveText(title);
		await expect(bad.page.getByRole('button')).toHaveCount(0);
		if (title === 'This link is not whole') await lookAt(bad.page, title);
		await keptNothing(bad.page);
		expect(bad.errors).toEqual([]);
		await bad.page.context().close();
	}
	const elsewhere = await openedBy(browser, ola, { list: '{"keys":[{"x":"a","y":"b"}]}' });
	await expect(elsewhere.page.getByRole('heading', { level: 1 })).toContainText(
		'Nobody here knows',
	);

	await page.goto(`${receipt.slice(0, -30)}${'A'.repeat(30)}`);
	await expect(page.getByRole('alert')).toContainText('not a whole answer');
	await page.goto(`${receipt.split('#')[0]}#/receipt/%E0%A4%A`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

/** A phone that never saw the app. `after`: how far its clock is ahead; `list`: what the host's list holds. */
async function openedBy(
	browser: Browser,
	link: string,
	{ after = 0, list = '' }: { after?: number; list?: string } = {},
) {
	const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
	const page = await context.newPage();
	const asked: string[] = [];
	const errors: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	page.on('pageerror', (error) => errors.push(error.message));
	page.on('console', (message) => {
		// A browser says of every 404 that there was one: most hosts keep no list.
		if (message.type() === 'error' && !message.location().url.endsWith('/door.json'))
			errors.push(message.text());
	});
	if (list) await page.route('**/door.json', (route) => route.fulfill({ body: list }));
	if (after !== 0) await page.clock.setFixedTime(Date.now() + after);
	await page.goto(link);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	return { page, asked, errors };
}

/** Neither a vault nor anything else of the app is on this device. */
async function keptNothing(page: Page): Promise<void> {
	const kept = await page.evaluate(async () => ({
		databases: await indexedDB.databases(),
		workers: (await navigator.serviceWorker.getRegistrations()).length,
		local: localStorage.length,
		isPersistent: await navigator.storage.persisted(),
		cookies: document.cookie,
		caches: await caches.keys(),
	}));
	expect(kept).toEqual({
		databases: [],
		workers: 0,
		local: 0,
		isPersistent: false,
		cookies: '',
		caches: [],
	});
}
