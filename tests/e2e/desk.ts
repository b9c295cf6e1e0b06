import { test as base, type BrowserContext, expect, type Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRelayHere } from '../support/relay-here.ts';
import { type RelayProcess, startRelayProcess } from '../support/relay-process.ts';
import { type Smtp, startSmtp } from '../support/smtp.ts';

export { expect };

/** Relay and app at one address, with SMTP behind it, or its own mailbox where a test wants that. */
export interface Desk {
	relay: Pick<RelayProcess, 'url' | 'port' | 'output' | 'kill'>;
	smtp: Smtp;
	dataFolder: string;
	/** Kills the relay as a power cut would, and starts it again where it was; it needs `hasRelayProcess`. */
	restartRelay(): Promise<void>;
}

interface Fixtures {
	hasSmtp: boolean;
	/** Where it is to be killed; otherwise it runs beside the test, which starts it sooner. */
	hasRelayProcess: boolean;
	desk: Desk;
	practice: Practice;
}

export const test = base.extend<Fixtures>({
	hasSmtp: [false, { option: true }],
	hasRelayProcess: [false, { option: true }],
	desk: async ({ hasSmtp, hasRelayProcess }, use) => {
		const startRelay = hasRelayProcess ? startRelayProcess : startRelayHere;
		const dataFolder = mkdtempSync(join(tmpdir(), 'portico-e2e-'));
		const smtp = await startSmtp();
		const env: Record<string, string> = {
			PORTICO_MESSAGES_PER_MINUTE: '100000',
			PORTICO_ANSWERS: 'on',
			...(hasSmtp ? { PORTICO_SMTP_URL: smtp.url } : {}),
		};
		const desk: Desk = {
			relay: await startRelay({ env, dataFolder }),
			smtp,
			dataFolder,
			async restartRelay() {
				const { port } = desk.relay;
				await desk.relay.kill('SIGKILL');
				desk.relay = await startRelayProcess({ env, dataFolder, port });
			},
		};
		await use(desk);
		await desk.relay.kill();
		await smtp.close();
		rmSync(dataFolder, { recursive: true, force: true });
	},
	practice: async ({ page, desk, serviceWorkers }, use) => {
		await use(new Practice(page, desk.relay.url, serviceWorkers === 'allow'));
	},
});

/** A practitioner at her desk: what she does, in the words on the screen. */
export class Practice {
	constructor(
		readonly page: Page,
		readonly url: string,
		readonly hasServiceWorker = true,
	) {}

	/** Opens the app and waits until it works offline too, where it may. */
	async open(): Promise<void> {
		await this.page.goto(`${this.url}/`);
		await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
		if (!this.hasServiceWorker) return;
		await this.page.evaluate(async () => {
			const registration = await navigator.serviceWorker.ready;
			const worker = registration.active;
			if (worker?.state === 'activated') return;
			await new Promise<void>((resolve) =>
				worker?.addEventListener('statechange', () => worker.state === 'activated' && resolve()),
			);
		});
	}

	/** In another tab of the same browser; this one has to be alive. */
	async inNewTab(context: BrowserContext): Promise<Practice> {
		const opening = context.waitForEvent('page');
		// In a window of its own: a tab behind another draws one frame a second.
		await this.page.evaluate(() => void window.open('about:blank', '_blank', 'popup,noopener'));
		const practice = new Practice(await opening, this.url, this.hasServiceWorker);
		await practice.page.goto(`${this.url}/`);
		await expect(practice.page.getByRole('heading', { level: 1 })).toBeVisible();
		return practice;
	}

	async fillInPractice(): Promise<void> {
		await this.goTo('settings/practice');
		await this.page.getByLabel('Practice name').fill('Harbor Practice');
		await this.page.getByLabel('Your name').fill('Dana Reyes');
		await this.page.getByLabel('Reply-to address').fill('dana@harbor.example');
		await this.page.getByLabel('Portal address').fill('https://portal.example/join');
		await this.page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(this.page.getByText('The practice details are saved.').first()).toBeVisible();
	}

	/** A test that waits for its letters need not wait out the time to undo them. */
	async sendAtOnce(): Promise<void> {
		await this.goTo('settings/invitation');
		await this.page.getByLabel('Time to undo a sending').selectOption('None');
		// Gone, so that nobody takes it for the word on something else that is saved.
		const toast = this.page
			.getByRole('region', { name: 'Notifications' })
			.getByRole('listitem')
			.filter({ hasText: 'It holds for what is sent' });
		await toast.getByRole('button', { name: 'Dismiss' }).click();
		await expect(toast).toBeHidden();
	}

	/** Messages a second; the default is too kind to a mail server for a test of many. */
	async setPace(messagesPerSecond: number): Promise<void> {
		await this.goTo('settings/email-relay');
		await this.page.getByLabel('Messages per second').fill(String(messagesPerSecond));
		await this.page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(this.page.getByText('The email relay is saved.').first()).toBeVisible();
	}

	/** By a link, as a person goes: setting the address by script would load the whole app anew. */
	async goTo(path: string): Promise<void> {
		// Before the first screen is there, the app does not listen yet.
		await this.page.locator('h1').first().waitFor({ state: 'attached' });
		await this.page.evaluate((href) => {
			const link = document.createElement('a');
			link.href = href;
			document.body.append(link);
			link.click();
			link.remove();
		}, `#/${path}`);
	}

	/** By a link in its panel: other screens have links of these names, which may go just as they are pressed. */
	async goToImportCenter(link: 'Import clients' | 'invite all clients to the portal') {
		await this.goTo('settings/import-center');
		const panel = this.page.getByRole('tabpanel', { name: 'Import Center' });
		await panel.getByRole('link', { name: link }).click();
	}

	/** Import Center → 'Import clients' → this file; stops at the review. */
	async chooseFile(file: { name: string; content: string | Buffer }): Promise<void> {
		await this.goToImportCenter('Import clients');
		await this.page.getByLabel('Choose file').setInputFiles({
			name: file.name,
			mimeType: 'text/csv',
			buffer: Buffer.from(file.content),
		});
	}

	/** The whole import; resolves with the result's counts. */
	async importFile(file: { name: string; content: string | Buffer }) {
		await this.chooseFile(file);
		await this.page.getByRole('button', { name: /^Import( |$)/ }).click();
		return this.importCounts();
	}

	async importCounts(): Promise<Record<string, number>> {
		const table = this.page.getByRole('table').filter({ hasText: 'Unchanged' });
		await expect(table).toBeVisible({ timeout: 300_000 });
		const counts: Record<string, number> = {};
		for (const row of await table.getByRole('row').all()) {
			const [name, count] = (await row.innerText()).split(/\t|\n/).filter(Boolean);
			if (name && count) counts[name.trim().toLowerCase()] = Number(count.replace(/\D/g, ''));
		}
		return counts;
	}

	async openReport(): Promise<void> {
		await this.goToImportCenter('invite all clients to the portal');
		await expect(this.page.getByRole('heading', { name: 'Clients not yet invited' })).toBeVisible();
	}

	/** Unchecks the client of this name, searching for her first. */
	async uncheck(name: string): Promise<void> {
		const search = this.page.getByRole('searchbox');
		await search.fill(name);
		await this.page.getByRole('checkbox', { name }).first().uncheck();
		await search.fill('');
	}

	async sendInvitations(): Promise<void> {
		await this.page.getByRole('button', { name: 'Send Invitation', exact: true }).click();
		await this.page
			.getByRole('alertdialog')
			.getByRole('button', { name: /^Send \d/ })
			.click();
		await expect(this.page.getByRole('alertdialog')).toBeHidden();
	}

	async openOutbox(): Promise<void> {
		await this.page
			.getByRole('navigation')
			.first()
			.getByRole('link', { name: /^Outbox/ })
			.click();
		await expect(this.page.getByRole('heading', { name: 'Outbox', level: 1 })).toBeVisible();
	}
}
