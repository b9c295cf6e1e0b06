import type { Page } from '@playwright/test';
import { makePracticeFile } from '../support/practice-file.ts';
import { lookAt } from './axe.ts';
import { expect, test, type Practice } from './desk.ts';

const bar = (page: Page) =>
	page.getByRole('region', { name: 'All clients on the way to the portal' });
const steps = (page: Page) => page.getByRole('region', { name: 'Next steps' });

/** The number of a link such as "31 Joined". */
async function countOf(page: Page, words: string): Promise<number> {
	const name = await bar(page).getByRole('link', { name: words }).innerText();
	return Number(name.replace(/\D/g, ''));
}

async function home(practice: Practice): Promise<void> {
	await practice.goTo('');
	await expect(bar(practice.page)).toBeVisible();
}

/** What the chart draws, read from its lines: counts, by the axis's own marks. */
async function drawn(page: Page, line: 'invited' | 'joined'): Promise<number[]> {
	const chart = page.getByRole('img', { name: /^From .* invited .* joined / });
	const marks = await chart.locator('text.count').evaluateAll((texts) =>
		texts.map((text) => ({
			count: Number(text.textContent?.replace(/\D/g, '')),
			y: Number(text.getAttribute('y')),
		})),
	);
	const zero = marks.find(({ count }) => count === 0);
	const most = marks.reduce((top, mark) => (mark.count > top.count ? mark : top));
	if (!zero || most.count === 0) throw new Error('The axis has no marks');
	const path = (await chart.locator(`path.${line}`).getAttribute('d')) ?? '';
	return path
		.slice(1)
		.split('L')
		.map((point) => Number(point.split(',')[1]))
		.map((y) => Math.round(((zero.y - y) / (zero.y - most.y)) * most.count));
}

test('the start screen counts, charts, tells the week and says what is due', async ({
	practice,
	page,
}) => {
	await practice.open();
	await practice.importFile({
		name: 'clients.csv',
		content: makePracticeFile({ rows: 24, seed: 7, shape: 'therapyappointment' }),
	});
	await home(practice);

	// Numbers: the parts are all there, and sum to the whole.
	const all = await countOf(page, 'Clients in all');
	expect(all).toBe(24);
	const parts = ['Ready to invite', 'Held', 'Waiting', 'Invited', 'Joined', 'Left out'];
	let sum = 0;
	for (const part of parts) sum += await countOf(page, part);
	expect(sum).toBe(all);
	const ready = await countOf(page, 'Ready to invite');
	const joined = await countOf(page, 'Joined');
	expect(ready).toBeGreaterThan(5);
	expect(joined).toBeGreaterThan(0);
	await expect(page.getByRole('region', { name: 'This week' })).toContainText(
		'24 clients were added',
	);

	// Before anything can leave, the next steps say what it takes; this computer's relay was found.
	await expect(steps(page).getByRole('link')).toContainText([
		'Complete the details of your practice',
		`Invite ${ready} clients never invited before`,
		/^Look at \d+ clients held back$/,
		/^Ask \d+ clients? for an email address$/,
	]);
	await steps(page).getByRole('link', { name: 'Complete the details' }).click();
	await expect(page.getByLabel('Practice name')).toBeVisible();
	await practice.fillInPractice();
	await practice.setPace(50);
	await practice.goTo('settings/invitation');
	await page.getByLabel('Time to undo a sending').selectOption({ index: 0 });

	// A number leads to the list that it counts.
	await home(practice);
	await expect(steps(page).getByRole('link', { name: 'Complete the details' })).toBeHidden();
	await bar(page).getByRole('link', { name: 'Joined' }).click();
	await expect(page).toHaveURL(/#\/clients\?portal=joined$/);
	await expect(
		page.getByText(new RegExp(`\\b${joined} of 24\\b|\\b${joined} clients\\b`)).first(),
	).toBeVisible();
	await home(practice);
	await bar(page).getByRole('link', { name: 'Ready to invite' }).click();
	await expect(page.getByRole('heading', { name: 'Clients not yet invited' })).toBeVisible();

	// Who shares an inbox shares a message.
	const said = await page.getByText(/^\d+ people, \d+ inbox/).innerText();
	const mails = Number(/(\d+) inbox/.exec(said)?.[1]);
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect(page.getByText(new RegExp(`${mails} sent`)).first()).toBeVisible({
		timeout: 300_000,
	});
	await home(practice);
	await expect.poll(() => countOf(page, 'Invited')).toBe(ready);
	await expect(page.getByRole('region', { name: 'This week' })).toContainText(
		`${ready} clients were invited for the first time`,
	);

	// The table says what the chart shows.
	const table = page.getByRole('table').filter({ hasText: 'Invited' });
	await expect(table).toBeHidden();
	await page.getByText('Show as a table').click();
	const rows = await table
		.locator('tbody tr')
		.evaluateAll((found) =>
			found.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))),
		);
	expect(await drawn(page, 'invited')).toEqual(rows.map(([invited]) => invited));
	expect(await drawn(page, 'joined')).toEqual(rows.map(([, joined]) => joined));
	expect(rows.at(-1)).toEqual([ready, joined]);
	await lookAt(page, 'the start screen');

	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	await page.setViewportSize({ width: 320, height: 700 });
	await lookAt(page, 'the start screen, dark and narrow');
});

test('without anybody invited or joined there is no chart, and its code is not loaded', async ({
	practice,
	page,
}) => {
	const withChart: string[] = [];
	page.on('response', async (response) => {
		if (!response.url().endsWith('.js')) return;
		const text = await response.text().catch(() => '');
		if (text.includes('layercake-container')) withChart.push(response.url());
	});
	await practice.open();
	await practice.importFile({
		name: 'clients.csv',
		content: makePracticeFile({ rows: 5, seed: 7, isPlain: true }),
	});
	await home(practice);
	await expect(page.getByRole('region', { name: 'This week' })).toContainText(
		'5 clients were added',
	);
	await expect(page.getByText('Show as a table')).toBeHidden();
	await expect(page.getByRole('img')).toHaveCount(0);
	expect(withChart).toEqual([]);

	// The listener hears of it when there is something to chart.
	await practice.importFile({
		name: 'more.csv',
		content: makePracticeFile({ rows: 24, seed: 7, shape: 'therapyappointment' }),
	});
	await home(practice);
	await expect(page.getByRole('img', { name: /joined rose from 0 to \d/ })).toBeVisible();
	// Its text is read after it came.
	await expect.poll(() => withChart).toHaveLength(1);
});
