/** Renders the app's icons from static/favicon.svg: `node --import tsx scripts/icons.ts`. */
import { chromium } from '@playwright/test';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const drawing = readFileSync(new URL('static/favicon.svg', root), 'utf8');
const ground = '#0b5a5e';

/** A maskable icon keeps the drawing inside the middle 80 %, whatever shape the system cuts. */
const icons = [
	{ file: 'static/icons/icon-192.png', size: 192, share: 1, isFilled: false },
	{ file: 'static/icons/icon-512.png', size: 512, share: 1, isFilled: false },
	{ file: 'static/icons/maskable-512.png', size: 512, share: 0.82, isFilled: true },
	{ file: 'static/apple-touch-icon.png', size: 180, share: 1, isFilled: true },
];

const systemChromium = '/usr/bin/chromium';
const browser = await chromium.launch({
	...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
	args: ['--no-sandbox', '--disable-gpu'],
});
try {
	const page = await browser.newPage();
	for (const { file, size, share, isFilled } of icons) {
		await page.setViewportSize({ width: size, height: size });
		await page.setContent(`<style>
			html { background: ${isFilled ? ground : 'transparent'}; }
			body { margin: 0; display: grid; place-items: center; height: 100vh; }
			svg { display: block; width: ${share * 100}vw; height: ${share * 100}vw; }
		</style>${drawing}`);
		const png = await page.screenshot({ omitBackground: !isFilled, type: 'png' });
		writeFileSync(new URL(file, root), png);
		console.log(`${file}: ${png.length} bytes`);
	}
} finally {
	await browser.close();
}
