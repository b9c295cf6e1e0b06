import type { BrowserContext, Page } from '@playwright/test';

/**
 * A disk that can be filled up. Chromium remembers for half a minute how much room a site has, so its
 * limit stands before the site writes for the first time, and ballast takes up what is left.
 */
export async function openSmallDisk(
	context: BrowserContext,
	page: Page,
	origin: string,
	quotaSize: number,
): Promise<{ fill(): Promise<void>; free(): Promise<void> }> {
	const session = await context.newCDPSession(page);
	await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
	return {
		fill: () =>
			page.evaluate(async () => {
				const opening = indexedDB.open('ballast');
				opening.onupgradeneeded = () =>
					opening.result.createObjectStore('pieces', { autoIncrement: true });
				const database = await new Promise<IDBDatabase>((resolve, reject) => {
					opening.onsuccess = () => resolve(opening.result);
					opening.onerror = () => reject(opening.error);
				});
				const put = (bytes: number) =>
					new Promise<boolean>((resolve) => {
						const deed = database.transaction('pieces', 'readwrite');
						deed.objectStore('pieces').put(crypto.getRandomValues(new Uint8Array(bytes)));
						deed.oncomplete = () => resolve(true);
						deed.onabort = () => resolve(false);
					});
				for (let bytes = 65_536; bytes >= 16; bytes /= 4) while (await put(bytes));
				database.close();
			}),
		free: () =>
			page.evaluate(
				() =>
					new Promise<void>((resolve, reject) => {
						const request = indexedDB.deleteDatabase('ballast');
						request.onsuccess = () => resolve();
						request.onerror = () => reject(request.error);
					}),
			),
	};
}
