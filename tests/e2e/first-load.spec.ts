import { expect, test } from './desk.ts';

test('the start screen loads less than 90 kB of compressed JavaScript', async ({ page, desk }) => {
	const sizes: Promise<number>[] = [];
	const texts: Promise<string>[] = [];
	page.on('response', (response) => {
		if (response.request().resourceType() !== 'script') return;
		texts.push(response.text());
		sizes.push(
			response
				.request()
				.sizes()
				.then((size) => size.responseBodySize),
		);
	});
	await page.goto(`${desk.relay.url}/`);
	await expect(page.getByRole('link', { name: 'Import clients' })).toBeVisible();
	await page.waitForLoadState('networkidle');
	const loaded = await Promise.all(sizes);
	const total = loaded.reduce((sum, size) => sum + size, 0);
	console.log(`first load: ${loaded.length} scripts, ${total} bytes compressed`);
	expect(loaded.length).toBeGreaterThan(3);
	expect(total).toBeGreaterThan(10_000);
	expect(total).toBeLessThan(90_000);
	// Chromium compiles each as it arrives, where that stands first.
	for (const text of await Promise.all(texts))
		expect(text).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/);
});
