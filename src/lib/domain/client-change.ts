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
		| 'taken-back';
	clientIds: readonly string[];
	/** The fields that were edited, by name. */
	fields: readonly string[];
}
