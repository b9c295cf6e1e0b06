import { goto } from '$app/navigation';
import { newClient } from '$lib/clients/new/new-client.svelte.ts';
import type { Shortcut } from '$lib/platform/shortcuts.svelte.ts';

/** The keys that work on every screen. */
export function frameKeys(showShortcuts: () => void): readonly Shortcut[] {
	return [
		{ keys: '/', label: 'Search on this screen', run: searchHere },
		{ keys: 'c', label: 'New client', run: () => newClient.ask() },
		{ keys: 'g h', label: 'Go to Home', run: () => void goto('#/') },
		{ keys: 'g c', label: 'Go to Clients', run: () => void goto('#/clients') },
		{ keys: 'g o', label: 'Go to the Outbox', run: () => void goto('#/outbox') },
		{ keys: 'g s', label: 'Go to Account Settings', run: () => void goto('#/settings') },
		{ keys: '?', label: 'Show these keys', run: showShortcuts },
	];
}

function searchHere(): void {
	const field = document.querySelector('[data-search]');
	const input = field?.matches('input') ? field : field?.querySelector('input');
	if (input instanceof HTMLInputElement) {
		input.focus();
		input.select();
	}
}
