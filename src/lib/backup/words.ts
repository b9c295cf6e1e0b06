import type { CollectionName } from '$lib/domain/collections.ts';

const nouns: { readonly [N in CollectionName]: readonly [one: string, many: string] } = {
	clients: ['client', 'clients'],
	contacts: ['contact', 'contacts'],
	portalUsers: ['portal user', 'portal users'],
	professionals: ['professional', 'professionals'],
	merges: ['merged profile', 'merged profiles'],
	clientChanges: ['note of a change', 'notes of changes'],
	imports: ['import', 'imports'],
	invitations: ['invitation', 'invitations'],
	messages: ['message', 'messages'],
	letters: ['letter', 'letters'],
	templates: ['invitation message', 'invitation messages'],
	settings: ['section of settings', 'sections of settings'],
	journal: ['entry of the history', 'entries of the history'],
};

/** The order in which a person cares. */
export const shownCollections = Object.keys(nouns) as readonly CollectionName[];

/** "1 client", "1,204 clients". */
export function countOf(count: number, name: CollectionName): string {
	return `${count.toLocaleString('en')} ${nouns[name][count === 1 ? 0 : 1]}`;
}

/** "Clients", as the head of a row. */
export function collectionTitle(name: CollectionName): string {
	const [, many] = nouns[name];
	return many.charAt(0).toUpperCase() + many.slice(1);
}

/** A field's name in code as a person reads it: "emailAddress" is "Email address". */
export function fieldInWords(field: string): string {
	const words = field.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A section of the settings as its tab is called. */
export function sectionInWords(id: string): string {
	const titles: Record<string, string> = {
		practice: 'Practice',
		relay: 'Email relay',
		emailjs: 'EmailJS',
		gmail: 'Gmail',
		microsoft: 'Microsoft 365',
		jmap: 'JMAP',
		invitation: 'Invitation',
		'portal-door': 'Where the invitation’s link goes',
	};
	return titles[id] ?? id;
}
