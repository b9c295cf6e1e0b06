import { choosableNames, knownProfessionals } from '$lib/domain/professional.ts';
import { live } from '$lib/vault/live.svelte.ts';
import { liveTable } from '$lib/vault/live-table.svelte.ts';

/** The professionals whom one may choose, by name: the practice's own, and those whom clients name. */
export function professionalNames(): { readonly current: readonly string[] } {
	const professionals = live('professionals');
	const clients = liveTable('clients');
	const names = $derived(
		choosableNames(knownProfessionals(professionals.current ?? [], clients.current ?? [])),
	);
	return {
		get current() {
			return names;
		},
	};
}
