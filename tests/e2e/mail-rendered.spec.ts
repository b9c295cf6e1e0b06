import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { composeMessage } from '../../src/lib/domain/compose.ts';
import { frozenLetters } from '../../src/lib/domain/frozen-letters.ts';
import { letterLanguages } from '../../src/lib/domain/letter-language.ts';
import { fieldValues } from '../../src/lib/domain/merge-fields.ts';
import { wordingFrom } from '../../src/lib/domain/wording.ts';
import { aClient } from '../support/clients.ts';

const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/join',
};
const link = 'https://portal.example/join?invitation=kq3vY7Zr0c1pX9bN2mW8sT5uJ4hL6gFd';

function mailIn(language: string) {
	const client = aClient({ id: 'c1', language });
	const letter = frozenLetters(wordingFrom([], 'en'), practice, [], { newId: () => 'l', now: 1 });
	const { fieldNames, ...frozen } = letter.for(client);
	const invitation = { code: link.split('=')[1] ?? '', expiresAt: Date.UTC(2026, 4, 3, 12) };
	const fields = fieldValues(fieldNames, { client, practice, invitation, language });
	return composeMessage(
		{ ...frozen, fieldNames },
		{ toName: 'Maya', toAddress: 'maya@example.com', fields },
	);
}

for (const language of letterLanguages)
	test(`the ${language} letter reads on phone and desktop, light and dark, and fetches nothing`, async ({
		page,
	}, info) => {
		const asked: string[] = [];
		page.on('request', (request) => asked.push(request.url()));
		const { html, text } = mailIn(language);
		expect(text).toContain(`\n${link}\n`);
		const papers = new Set<string>();
		for (const width of [320, 640])
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.setViewportSize({ width, height: 800 });
				await page.emulateMedia({ colorScheme });
				await page.setContent(html);
				const look = await page.evaluate(() => ({
					over: document.documentElement.scrollWidth - innerWidth,
					paper: getComputedStyle(document.querySelector('.paper') as Element).backgroundColor,
				}));
				expect(look.over, `${width} px`).toBeLessThanOrEqual(0);
				papers.add(look.paper);
				for (const address of await page.getByRole('link').all())
					expect(await address.getAttribute('href')).toBe(link);
				await info.attach(`${language}-${width}-${colorScheme}`, {
					body: await page.screenshot({ fullPage: true }),
					contentType: 'image/png',
				});
				if (width !== 320) continue;
				// A mail has no frames to gather from.
				const { violations } = await new AxeBuilder({ page })
					.setLegacyMode()
					.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
					.analyze();
				expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
			}
		expect(papers.size, 'the dark scheme has a paper of its own').toBe(2);
		expect(asked).toEqual([]);
	});
