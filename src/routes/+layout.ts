import type { LayoutLoad } from './$types';

/** The app's frame opens the vault and sets the outbox going: a client who is invited gets none of it. */
export const load: LayoutLoad = async ({ route }) => {
	if (route.id?.startsWith('/welcome')) return { AppFrame: undefined };
	return { AppFrame: (await import('./AppFrame.svelte')).default };
};
