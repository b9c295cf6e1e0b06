import { buildReport, type Report } from '$lib/domain/report.ts';
import { live } from '$lib/vault/live.svelte.ts';

/** The report as a rune: undefined until all that it is made of has been read. Use in components. */
export function liveReport(): { readonly current: Report | undefined } {
	const clients = live('clients');
	const contacts = live('contacts');
	const invitations = live('invitations');
	const messages = live('messages');
	const report = $derived.by(() => {
		const input = {
			clients: clients.current,
			contacts: contacts.current,
			invitations: invitations.current,
			messages: messages.current,
		};
		if (!input.clients || !input.contacts || !input.invitations || !input.messages)
			return undefined;
		return buildReport({
			clients: input.clients,
			contacts: input.contacts,
			invitations: input.invitations,
			messages: input.messages,
			now: Date.now(),
		});
	});
	return {
		get current() {
			return report;
		},
	};
}
