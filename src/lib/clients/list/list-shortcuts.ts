import type { Shortcut } from '$lib/platform/shortcuts.svelte.ts';

/** Keys that the list answers itself. */
export const listKeys: readonly Shortcut[] = [
	{ keys: '↑ ↓', label: 'Go through the clients' },
	{ keys: 'Space', label: 'Select a client' },
	{ keys: 'Shift ↑ ↓', label: 'Select further clients' },
	{ keys: 'Ctrl A', label: 'Select all clients that are shown' },
	{ keys: 'Escape', label: 'Select nobody' },
	{ keys: 'Enter', label: 'Open a client' },
];
