import { fullName, type Client } from '$lib/domain/client.ts';
import { foldToFind } from '$lib/domain/fold.ts';

export const nameKey = (client: Client) => foldToFind(fullName(client) || client.preferredName);

export const searchText = (client: Client) =>
	foldToFind(
		`${fullName(client)} ${client.preferredName} ${client.emailAddress} ${client.professional}`,
	);

export const wordsOf = (query: string) => foldToFind(query).split(/\s+/).filter(Boolean);
