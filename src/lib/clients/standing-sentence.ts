import type { OverviewPlace } from '$lib/domain/overview.ts';
import { clientsInWords } from './clients-in-words.ts';

/** Where the practice stands, and the one thing to do next. */
export interface NextThing {
	sentence: string;
	lead: string;
	action: { label: string; href: string } | undefined;
}

/** `counts` sum to all clients. */
export function nextThing(counts: Readonly<Record<OverviewPlace, number>>): NextThing {
	const { ready, held, waiting, invited, joined } = counts;
	const notInvited = ready + held;
	if (notInvited > 0)
		return {
			sentence: `${clientsInWords(notInvited)} ${notInvited === 1 ? 'has' : 'have'} not been invited yet`,
			lead: heldWords(notInvited, held),
			action: { label: notInvited === 1 ? 'Invite this client' : 'Invite them', href: '#/report' },
		};
	if (waiting > 0)
		return {
			sentence: `${waiting.toLocaleString('en')} ${waiting === 1 ? 'invitation is' : 'invitations are'} on the way`,
			lead: 'Everyone else who can be invited has been.',
			action: { label: 'Open the Outbox', href: '#/outbox' },
		};
	if (invited + joined > 0)
		return {
			sentence: 'Everyone who can be invited has been',
			lead: `${clientsInWords(invited + joined)} ${invited + joined === 1 ? 'has' : 'have'} an invitation or ${joined === 1 && invited === 0 ? 'has' : 'have'} joined.`,
			action: undefined,
		};
	return {
		sentence: 'Nobody here can be invited yet',
		lead: 'See in the list what each client lacks: most often an email address.',
		action: { label: 'Look at the clients', href: '#/clients?portal=left-out' },
	};
}

function heldWords(count: number, held: number): string {
	if (held === 0) return 'Look at the message once, and send it to all of them.';
	if (held === count) return `${held === 1 ? 'This one needs' : 'All of them need'} a look first.`;
	const ready = (count - held).toLocaleString('en');
	return `${ready} ${count - held === 1 ? 'is' : 'are'} ready; ${held.toLocaleString('en')} ${held === 1 ? 'needs' : 'need'} a look first.`;
}
