import type { Client } from './client.ts';
import { isEmailAddress } from './email-address.ts';
import { fold } from './fold.ts';
import { asTable, type Table } from './table.ts';

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

type NamesProfessional = Pick<Client, 'professional'>;

/** Under what a professional is known: two spellings that fold alike are one. */
export function professionalKey(name: string): string {
	return fold(name.trim().replace(/\s+/gu, ' '));
}

/** All whom the practice or its clients name, by name. */
export function knownProfessionals(
	rows: readonly Professional[],
	clients: readonly NamesProfessional[] | Table<NamesProfessional>,
): KnownProfessional[] {
	const known = new Map<string, KnownProfessional>();
	for (const row of rows)
		known.set(professionalKey(row.name), { name: row.name, row, clientCount: 0 });
	for (const [name, count] of countByName(clients)) {
		const found = known.get(professionalKey(name));
		if (found) found.clientCount += count;
		else known.set(professionalKey(name), { name, row: undefined, clientCount: count });
	}
	return [...known.values()].sort((a, b) =>
		professionalKey(a.name) < professionalKey(b.name) ? -1 : 1,
	);
}

/** As written: few names fill a column, so each is folded once. */
function countByName(
	clients: readonly NamesProfessional[] | Table<NamesProfessional>,
): Map<string, number> {
	const counts = new Map<string, number>();
	for (const part of asTable(clients).parts) {
		const names = part.column('professional');
		for (let at = 0; at < part.length; at++) {
			const name = names.at(at).trim();
			if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
		}
	}
	return counts;
}

/** The names to choose from: all but those who were deactivated. */
export function choosableNames(known: readonly KnownProfessional[]): string[] {
	return known.filter(({ row }) => row?.isActive !== false).map(({ name }) => name);
}

/** The clients of `from`, now of `to`; '' for nobody. */
export function reassigned(
	clients: readonly Client[] | Table<Client>,
	from: string,
	to: string,
): Client[] {
	const key = professionalKey(from);
	const table = asTable(clients);
	const names = table.column('professional');
	const isFrom = new Map<string, boolean>();
	const moved: Client[] = [];
	for (let at = 0; at < table.length; at++) {
		const name = names.at(at);
		let is = isFrom.get(name);
		if (is === undefined) isFrom.set(name, (is = professionalKey(name) === key));
		if (is) moved.push({ ...table.row(at), professional: to });
	}
	return moved;
}

/** The active professional of this name; undefined where there is none, or only clients name one. */
export type ProfessionalOf = (name: string) => Professional | undefined;

export function professionalFinder(rows: readonly Professional[]): ProfessionalOf {
	const byKey = new Map<string, Professional>();
	for (const row of rows) if (row.isActive) byKey.set(professionalKey(row.name), row);
	const byName = new Map<string, Professional | undefined>();
	return (name) => {
		if (byKey.size === 0) return undefined;
		if (!byName.has(name)) byName.set(name, byKey.get(professionalKey(name)));
		return byName.get(name);
	};
}

/** "Dana Reyes, LCSW": the name with its credentials, each once. */
export function withCredentials(name: string, row: Professional | undefined): string {
	const credentials = row?.credentials.trim() ?? '';
	const has = fold(name).includes(fold(credentials));
	return credentials === '' || name === '' || has ? name : `${name}, ${credentials}`;
}

/** Where answers of this client go: to her professional, where that one has an address, else to the practice. */
export function replyToFor(
	client: NamesProfessional,
	practiceReplyTo: string,
	professionalOf: ProfessionalOf,
): string {
	const own = professionalOf(client.professional)?.replyTo.trim() ?? '';
	return isEmailAddress(own) ? own : practiceReplyTo;
}
