import type { Leftover } from './erase-everything.ts';

const words: Record<Leftover, string> = {
	databases: 'its database, which another tab or window holds open',
	caches: 'its cache',
	storage: 'a small storage',
	'service-workers': 'its service worker',
};

/**
 * The end: a plain page in place of the app, made without it, because nothing of it can be loaded any
 * more and what is in memory must not come back.
 */
export function showErased(left: readonly Leftover[]): void {
	const main = document.createElement('main');
	main.id = 'main';
	main.tabIndex = -1;
	main.style.cssText = 'max-width:36rem;margin:15vh auto 0;padding:1.5rem;display:grid;gap:1rem';
	const title = document.createElement('h1');
	const told = document.createElement('p');
	const further = document.createElement('p');
	if (left.length === 0) {
		title.textContent = 'Everything was erased';
		told.textContent =
			'Nothing of Portico is left in this browser: no clients, no messages, no key, no cache. Backups that you saved as files are where you put them.';
		further.textContent = 'You can close this tab. Opening Portico again begins anew.';
	} else {
		title.textContent = 'Not everything could be erased';
		told.textContent = `The browser kept ${left.map((what) => words[what]).join(' and ')}.`;
		further.textContent =
			'Close all other tabs and windows of Portico, then clear the data of this site in the browser’s settings.';
	}
	main.append(title, told, further);
	document.body.replaceChildren(main);
	document.title = title.textContent;
	main.focus();
}
