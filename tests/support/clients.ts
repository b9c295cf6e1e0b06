import type { Client } from '$lib/domain/client.ts';
import { sampleClient } from '../../src/lib/invitations/sample-client.ts';

/** A fictional client; name the fields that matter to the test. */
export function aClient(fields: Partial<Client> & { id: string }): Client {
	return {
		...sampleClient({
			firstName: 'Maya',
			lastName: 'Okafor',
			emailAddress: `${fields.id}@example.com`,
		}),
		...fields,
	};
}
