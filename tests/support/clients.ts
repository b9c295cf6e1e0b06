import type { Client } from '$lib/domain/client.ts';

/** A fictional client; name the fields that matter to the test. */
export function aClient(fields: Partial<Client> & { id: string }): Client {
	return {
		externalId: '',
		firstName: 'Maya',
		lastName: 'Okafor',
		preferredName: '',
		emailAddress: `${fields.id}@example.com`,
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
		...fields,
	};
}
