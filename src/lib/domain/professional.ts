import type { Client } from './client.ts';
import { fold } from './fold.ts';

/** Someone who looks after clients. A client names hers by `name`, as imports do. */
export interface Professional {
	id: string;
	name: string;
	/** As they stand behind the name: "LCSW". */
	credentials: string;
	/** Where answers to invitations of this professional's clients go; '' for the practice's own. */
	replyTo: string;
	isActive: boolean;
	addedAt: number;
}

/** A professional as the practice sees one: also those whom only the clients name. */
export interface KnownProfessional {
	name: string;
	/** Undefined when only clients name this one. */
	row: Professional | undefined;
	clientCount: number;
}

/** All whom the practice or its clients name, by name; two spellings that fold alike are one. */
export function knownProfessionals(
	rows: readonly Professional[],
	clients: readonly Pick<Client, 'professional'>[],
): KnownProfessional[] {
	const known = new Map<string, KnownProfessional>();
	for (const row of rows) known.set(fold(row.name), { name: row.name, row, clientCount: 0 });
	for (const { professional } of clients) {
		const name = professional.trim();
		if (name === '') continue;
		const found = known.get(fold(name));
		if (found) found.clientCount += 1;
		else known.set(fold(name), { name, row: undefined, clientCount: 1 });
	}
	return [...known.values()].sort((a, b) => (fold(a.name) < fold(b.name) ? -1 : 1));
}

/** The clients of `from`, now of `to`; '' for nobody. */
export function reassigned(clients: readonly Client[], from: string, to: string): Client[] {
	const key = fold(from.trim());
	return clients
		.filter((client) => fold(client.professional.trim()) === key)
		.map((client) => ({ ...client, professional: to }));
}
