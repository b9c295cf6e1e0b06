import type { Client } from '$lib/domain/client.ts';

/** Somebody made up, of whom nothing is known but what is given. */
export function sampleClient(about: Partial<Client>): Client {
	return {
		id: 'sample',
		externalId: '',
		firstName: '',
		lastName: '',
		preferredName: '',
		emailAddress: '',
		phone: '',
		dateOfBirth: '',
		kind: 'adult',
		status: 'active',
		professional: '',
		isDoNotEmail: false,
		hasBounced: false,
		isDeceased: false,
		hasJoinedPortal: false,
		addedAt: 0,
		importId: '',
		...about,
	};
}
