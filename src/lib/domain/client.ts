/** Where a client stands with the practice. A message has a state; a client has a status. */
export const clientStatuses = ['active', 'prospective', 'inactive', 'archived'] as const;

export type ClientStatus = (typeof clientStatuses)[number];

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
	/** Further addresses, which are never written to unasked; absent when there are none. */
	otherEmailAddresses?: readonly string[];
	phone: string;
	/** Further telephone numbers: at home, at work; absent when there are none. */
	otherPhones?: readonly string[];
	/** ISO 8601 calendar date, `yyyy-mm-dd`. */
	dateOfBirth: string;
	kind: ClientKind;
	status: ClientStatus;
	/** Name of the professional who looks after this client. */
	professional: string;
	/** The language to write in, BCP 47 ("es"); absent when it is the practice's own. */
	language?: string;
	/** The practice's own words for groups of clients; absent when there are none. */
	tags?: readonly string[];
	/** For the practice alone; never leaves the device. */
	notes?: string;
	/** Ids of profiles merged into this one: what they were sent counts as hers. */
	formerIds?: readonly string[];
	isDoNotEmail: boolean;
	/** Mail to this client came back, as the previous software or a person said. */
	hasBounced: boolean;
	/** When a person last mended what had made it come back; absent while nobody has. */
	bounceMendedAt?: number;
	isDeceased: boolean;
	/** Has a portal login already. */
	hasJoinedPortal: boolean;
	/** Which file said that she has; absent when a person did, and on clients of older versions. */
	joinedSource?: JoinedSource;
	/** When the practitioner revoked her own access to the portal; absent while she has not. */
	portalRevokedAt?: number;
	addedAt: number;
	/** The import that created this client; '' when added by hand. */
	importId: string;
}

/** What said of a client that she has a portal login: a file, or her own answer to an invitation. */
export interface JoinedSource {
	/** Name of the column that says so; '' for an answer. */
	column: string;
	/** When the file was taken in, or she answered; epoch milliseconds. */
	toldAt: number;
	/** Her own answer; absent for a file. */
	kind?: 'receipt';
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
