/** What was done to clients, kept for their history; the journal counts, this names them by id. */
export interface ClientChange {
	id: string;
	at: number;
	what:
		| 'added'
		| 'edited'
		| 'bulk-edited'
		| 'converted'
		| 'converted-back'
		| 'merged'
		| 'parted'
		| 'contact-saved'
		| 'contact-removed'
		| 'marked-joined'
		| 'marked-bounced'
		| 'revoked'
		| 'unmarked'
		| 'answered'
		| 'taken-back';
	clientIds: readonly string[];
	/** The fields that were edited, by name. */
	fields: readonly string[];
}

/** When a change is made, and the id of its note: taken before a commit, whose `build` may run again. */
export interface Stamp {
	id: string;
	at: number;
}

/** What is kept for the history of these clients. */
export function noted(
	what: ClientChange['what'],
	clients: readonly { id: string }[],
	{ id, at }: Stamp,
	fields: readonly string[] = [],
): ClientChange {
	return { id, at, what, clientIds: clients.map((client) => client.id), fields };
}
