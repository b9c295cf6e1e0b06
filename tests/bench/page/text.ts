import { fullName, type Client } from '$lib/domain/client.ts';
import { fold } from '$lib/domain/fold.ts';

export const nameKey = (client: Client) => fold(fullName(client) || client.preferredName);

export const searchText = (client: Client) =>
	fold(`${fullName(client)} ${client.preferredName} ${client.emailAddress} ${client.professional}`);

export const wordsOf = (query: string) => fold(query).split(/\s+/).filter(Boolean);
