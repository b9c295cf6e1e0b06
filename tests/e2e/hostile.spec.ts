import { expect, test } from './desk.ts';

test.use({ hasSmtp: true, serviceWorkers: 'allow' });

/** Each would call home if anything of it ran or were fetched. */
const attacks = [
	'<img src=x onerror="ran(1)">',
	'"><script>ran(2)</script>',
	"'-ran(3)-'",
	'<svg/onload=ran(4)>',
	'{{constructor.constructor("ran(5)")()}}',
	'<iframe srcdoc="<script>parent.ran(6)</script>"></iframe>',
	'javascript:ran(7)',
	'</title></style></textarea><script>ran(8)</script>',
	'__proto__',
	'=HYPERLINK("https://evil.example","x")',
];

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

test('hostile names, notes, settings and letters are shown as they are, and nothing of them runs', async ({
	practice,
	page,
	desk,
	context,
}) => {
	const ran: string[] = [];
	await context.exposeFunction('ran', (what: unknown) => ran.push(`ran ${String(what)}`));
	await context.addInitScript(() =>
		addEventListener('securitypolicyviolation', (event) =>
			(window as unknown as { ran: (what: string) => void }).ran(event.effectiveDirective),
		),
	);
	page.on('dialog', (dialog) => {
		ran.push(dialog.message());
		void dialog.dismiss();
	});
	const fetched: string[] = [];
	page.on('request', (request) => fetched.push(request.url()));

	const header = `First name,Last name,Email,Preferred Name,Tags,Notes,Status,${quoted(attacks[0] ?? '')},__proto__`;
	const rows = attacks.map((attack, i) =>
		[
			attack,
			`Okafor ${attack}`,
			`client${i}@example.com`,
			attack,
			attack,
			attack,
			'',
			attack,
			attack,
		]
			.map(quoted)
			.join(','),
	);
	await practice.open();
	await practice.fillInPractice();
	const first = attacks[0] ?? '';
	await practice.goTo('settings/practice');
	await page.getByLabel('Practice name').fill(`Harbor ${first}`);
	await page.getByLabel('Your name').fill(attacks[1] ?? '');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByText('Saved').first()).toBeVisible();
	await practice.importFile({ name: `${first}.csv`, content: [header, ...rows].join('\n') });

	// Every screen that shows a client, and her own page with its tabs.
	await practice.goTo('clients');
	await expect(page.getByText(first).first()).toBeVisible();
	await page.getByRole('link', { name: first }).first().click();
	for (const tab of ['Contacts', 'Client Portal', 'History']) {
		await page.getByRole('tab', { name: tab }).click();
		await expect(page.getByRole('tabpanel')).toBeVisible();
	}
	await practice.goTo('settings/import-center');
	await expect(page.getByText(`${first}.csv`).first()).toBeVisible();

	// The letter, as it is edited, previewed and sent.
	await practice.goTo('settings/invitation');
	await page.getByLabel('Subject').fill(`For {client first name} ${first}`);
	await page
		.getByLabel('Text', { exact: true })
		.fill(
			`${attacks.filter((attack) => !/[{}]/.test(attack)).join('\n')}\n\n{client preferred name}\n\n{invitation link}`,
		);
	await page.getByRole('button', { name: 'Save', exact: true }).first().click();
	await expect(page.getByText('The message is saved')).toBeVisible();
	await practice.openReport();
	await expect(page.getByText(first).first()).toBeVisible();
	await practice.sendInvitations();
	await practice.openOutbox();
	await expect
		.poll(() => desk.smtp.mails.length, { timeout: 300_000, intervals: [500] })
		.toBe(attacks.length);
	for (const mail of desk.smtp.mails) {
		expect(mail.html).not.toMatch(/<(script|svg|iframe)|<img src=x/i);
	}
	// The log of what left knows the relay, and nothing of whom it was about.
	const log = page.getByRole('region', { name: 'Requests' });
	await expect(async () => {
		// It is written behind the requests, and read as the page opens.
		await practice.goTo('settings/security');
		await practice.goTo('settings/security/requests');
		await expect(log.getByText(`${desk.relay.url}/messages`).first()).toBeVisible({
			timeout: 2_000,
		});
	}).toPass();
	await page.goto(`${desk.relay.url}/mailbox`);
	await page.goto(`${desk.relay.url}/`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await practice.goTo('settings/security/requests');
	await expect(log).toBeVisible();
	expect(await log.innerText()).not.toMatch(/example\.com|Okafor/);
	expect(ran).toEqual([]);
	expect(
		fetched.filter((url) => !url.startsWith(desk.relay.url) && !/^(data|blob):/.test(url)),
	).toEqual([]);
});
