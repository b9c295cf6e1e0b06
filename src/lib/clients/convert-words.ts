import type { GoesWith } from '$lib/domain/what-goes-with.ts';
import { alsoForInWords } from './bulk/bulk-words.ts';
import { clientsInWords } from './clients-in-words.ts';

export function convertedInWords(count: number): string {
	return `${clientsInWords(count)} turned into ${count === 1 ? 'a contact' : 'contacts'}.`;
}

/** The question of what becomes of invitations that have not left, and what happens otherwise. */
export function callBackInWords({ waiting, alsoFor }: GoesWith): { label: string; hint: string } {
	const isOne = waiting === 1;
	return {
		label: isOne
			? 'Call back the invitation that has not left yet'
			: `Call back the ${waiting.toLocaleString('en')} invitations that have not left yet`,
		hint: `Otherwise ${isOne ? 'it goes on its way' : 'they go on their way'}.${alsoForInWords(alsoFor)}`,
	};
}

/** What hangs on those who are converted; '' for nothing. */
export function waitsInWords({ clients, contacts, portalUsers }: GoesWith): string {
	const parts = [
		...(contacts > 0
			? [`${contacts.toLocaleString('en')} ${contacts === 1 ? 'contact' : 'contacts'}`]
			: []),
		...(portalUsers > 0
			? [
					`${portalUsers.toLocaleString('en')} ${portalUsers === 1 ? 'portal user' : 'portal users'}`,
				]
			: []),
	];
	if (parts.length === 0) return '';
	const verb = contacts + portalUsers === 1 ? 'waits' : 'wait';
	return `${parts.join(' and ')} of ${clients === 1 ? 'this client' : 'these clients'} ${verb} until ${clients === 1 ? 'the profile is' : 'the profiles are'} converted back.`;
}
