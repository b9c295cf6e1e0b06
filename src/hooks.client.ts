import type { ClientInit } from '@sveltejs/kit';

/**
 * A link that was cut or changed on its way may hold a `%` that stands for nothing. The router decodes an
 * address twice and would show an empty page; without these marks it is an address that nobody knows.
 */
export const init: ClientInit = () => {
	const { pathname, search, hash } = location;
	try {
		decodeURI(decodeURIComponent(hash).split('?')[0] ?? '');
	} catch {
		history.replaceState(history.state, '', `${pathname}${search}${hash.replaceAll('%', '')}`);
	}
};
