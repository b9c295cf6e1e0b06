import type { Page } from '@playwright/test';
import { makeCertificate } from '../support/certificate.ts';
import { type EmailJsStub, startEmailJsStub } from '../support/emailjs-stub.ts';
import { type GoogleStub, startGoogleStub } from '../support/google-stub.ts';
import { type MicrosoftStub, startMicrosoftStub } from '../support/microsoft-stub.ts';
import { test as deskTest, expect } from './desk.ts';

export { expect };

/** The services of others, each a stub that speaks its wire format over https. */
export interface Outside {
	emailJs: EmailJsStub;
	google: GoogleStub;
	microsoft: MicrosoftStub;
}

/** The browser finds the stubs at the services' own names: the app is the one that is shipped. */
export const test = deskTest.extend<{ outside: Outside }>({
	outside: async ({ browserName: _ }, use) => {
		const tls = makeCertificate();
		const outside = {
			emailJs: await startEmailJsStub({ tls }),
			google: await startGoogleStub({ tls }),
			microsoft: await startMicrosoftStub({ tls }),
		};
		await use(outside);
		for (const stub of Object.values(outside)) await stub.close();
	},
	context: async ({ playwright, outside, colorScheme, viewport }, use, info) => {
		const { launchOptions } = info.project.use;
		const { emailJs, google, microsoft } = outside;
		const rules = [
			`MAP api.emailjs.com 127.0.0.1:${emailJs.port}`,
			`MAP accounts.google.com 127.0.0.1:${google.port}`,
			`MAP openidconnect.googleapis.com 127.0.0.1:${google.port}`,
			`MAP gmail.googleapis.com 127.0.0.1:${google.port}`,
			`MAP login.microsoftonline.com 127.0.0.1:${microsoft.port}`,
			`MAP graph.microsoft.com 127.0.0.1:${microsoft.port}`,
		];
		const browser = await playwright.chromium.launch({
			...launchOptions,
			args: [
				...(launchOptions?.args ?? []),
				`--host-resolver-rules=${rules.join(',')}`,
				'--ignore-certificate-errors',
			],
		});
		const context = await browser.newContext({
			...(viewport === undefined ? {} : { viewport }),
			...(colorScheme === undefined ? {} : { colorScheme }),
		});
		await use(context);
		await browser.close();
	},
});

/** Settings → 'Email relay', with this kind chosen. */
export async function chooseRelay(page: Page, label: string | RegExp): Promise<void> {
	await page.evaluate(() => (location.hash = '#/settings/email-relay'));
	await page.getByRole('radio', { name: label }).check();
}

export async function save(page: Page): Promise<void> {
	await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
}
