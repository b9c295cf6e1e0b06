/** Where a client stands with the practice. A message has a state; a client has a status. */
export type ClientStatus = 'active' | 'inactive' | 'prospective' | 'archived';

export type ClientKind = 'adult' | 'minor' | 'couple';

/** Whom the practice keeps. Every field is always present; '' means "not known". */
export interface Client {
	id: string;
	/** The id that the previous software gave, so that the same file taken in twice adds nobody. */
	externalId: string;
	firstName: string;
	lastName: string;
	preferredName: string;
	/** As it was written; `domain/email-address.ts` says whether mail can go there. */
	emailAddress: string;
	phone: string;
	/** ISO 8601 calendar date, `yyyy-mm-dd`. */
	dateOfBirth: string;
	kind: ClientKind;
	status: ClientStatus;
	/** Name of the professional who looks after this client. */
	professional: string;
	isDoNotEmail: boolean;
	/** Mail to this client came back, as the previous software or a person said. */
	hasBounced: boolean;
	isDeceased: boolean;
	/** Has a portal login already. */
	hasJoinedPortal: boolean;
	addedAt: number;
	/** The import that created this client; '' when added by hand. */
	importId: string;
}

/** The client's name as people write it: "Maya Okafor". */
export function fullName(client: Pick<Client, 'firstName' | 'lastName'>): string {
	return `${client.firstName} ${client.lastName}`.trim();
}

/** What a letter calls the client: the preferred name, else the first name, else the whole name. */
export function greetingName(
	client: Pick<Client, 'firstName' | 'lastName' | 'preferredName'>,
): string {
	return client.preferredName || client.firstName || fullName(client);
}

/** Whole years between an ISO date of birth and `now` (epoch ms, local calendar); undefined when unknown. */
export function ageInYears(dateOfBirth: string, now: number): number | undefined {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(dateOfBirth);
	if (!match) return undefined;
	const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
	const today = new Date(now);
	const hadBirthday =
		today.getMonth() + 1 > month || (today.getMonth() + 1 === month && today.getDate() >= day);
	return today.getFullYear() - year - (hadBirthday ? 0 : 1);
}

/** Under 18 by date of birth; without one, what the practice's records say. */
export function isMinor(client: Pick<Client, 'dateOfBirth' | 'kind'>, now: number): boolean {
	const age = ageInYears(client.dateOfBirth, now);
	return age === undefined ? client.kind === 'minor' : age < 18;
}
