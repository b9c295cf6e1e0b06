import type { ColumnRole } from './column-role.ts';
import {
	columnWords,
	exceptions,
	furtherWords,
	guardians,
	others,
	places,
	professionals,
	qualifiers,
	words,
} from './column-words.ts';

/** What a column's name says it is. */
export interface RoleCandidate {
	role: ColumnRole;
	/** The smaller the likelier. */
	rank: number;
}

/** Whether a column's name says that it is about somebody or something else than the client. */
export function speaksOfOthers(name: string): boolean {
	const spoken = columnWords(name);
	return spoken.some(
		(word) =>
			others.has(word) ||
			guardians.has(word) ||
			professionals.has(word) ||
			word === 'contact' ||
			word === 'contacts',
	);
}

/** What a column is by its name alone; undefined when the name says nothing of the client. */
export function roleByName(name: string): RoleCandidate | undefined {
	const spoken = columnWords(name);
	if (spoken.length === 0) return undefined;
	if (spoken[0] === 'emergency') return emergencyRole(spoken);
	const isException = exceptions.has(spoken.join(' '));
	if (isConsent(spoken)) return { role: 'mayEmail', rank: 0 };
	const further = furtherRole(spoken);
	if (further) return { role: further, rank: 0 };
	if (!isException && spoken.some((word) => others.has(word))) return undefined;
	if (spoken.some((word) => guardians.has(word))) return guardianRole(spoken);
	if (spoken.some((word) => professionals.has(word)) && !isProfessionalName(spoken))
		return undefined;
	const asWritten = places.get(spoken.join(''));
	if (asWritten) return { role: asWritten.role, rank: asWritten.rank * 2 };
	if (spoken.includes('contact') || spoken.includes('contacts'))
		return contactRole(
			spoken.filter((word) => word !== 'contact' && word !== 'contacts'),
			0,
		);
	const rest = spoken.filter((word) => !qualifiers.has(word));
	const essence = places.get(rest.join(''));
	if (essence) return { role: essence.role, rank: essence.rank * 2 + 1 };
	const kind = phoneKind(spoken);
	return kind < 0 ? undefined : { role: 'phone', rank: kind * 20 };
}

const consenting = words(
	'ok okay permission permitted allowed allow consent consents accepts accepted agreed erlaubt einwilligung zustimmung autorise permitido may can optin',
);
/** Not every mail is an invitation. */
const otherMail = words(
	'marketing newsletter newsletters reminder reminders appointment appointments sms text texts status type not no never',
);

/** "Email Opt-In", "OK to email?", "E-Mail erlaubt": whether a client may be written to. */
function isConsent(spoken: string[]): boolean {
	if (!spoken.some((word) => word === 'email' || word === 'emails' || word === 'mail'))
		return false;
	if (spoken.some((word) => otherMail.has(word) || guardians.has(word))) return false;
	const isOptIn = /\bopt(?:ed)? in\b/.test(spoken.join(' '));
	return isOptIn || spoken.some((word) => consenting.has(word));
}

/** What a telephone column's name may be made of, the likeliest number to reach somebody first. */
const phoneKinds = [
	words('mobile cell handy mobil mobiltelefon portable movil cellular'),
	words('phone telephone tel telefon telefono number no nr numero nummer'),
	words('home private privat house landline festnetz domicile casa evening'),
	words('work office day daytime dienstlich geschaftlich arbeit bureau travail trabajo'),
];
const phoneNouns = words(
	'phone telephone tel telefon telefono mobile cell handy mobil mobiltelefon portable cellular',
);

/** "Phone Number (Mobile)", "Telefon privat": which kind of number it is, by its rarest word; -1 for none. */
function phoneKind(spoken: string[]): number {
	if (!spoken.some((word) => phoneNouns.has(word))) return -1;
	const rest = spoken.filter((word) => !qualifiers.has(word));
	const kinds = rest.map((word) => phoneKinds.findIndex((kind) => kind.has(word)));
	if (kinds.includes(-1)) return -1;
	return kinds.includes(0) ? 0 : Math.max(...kinds);
}

/** "Secondary Email", PHONE2, "E-mail 2 - Value": the client's own, but not the first. */
function furtherRole(spoken: string[]): ColumnRole | undefined {
	const rest = spoken.filter((word) => !furtherWords.has(word) && !qualifiers.has(word));
	if (spoken.every((word) => !furtherWords.has(word))) return undefined;
	const role = places.get(rest.join(''))?.role;
	if (role === 'emailAddress') return 'otherEmailAddress';
	return role === 'phone' || phoneKind(rest) >= 0 ? 'otherPhone' : undefined;
}

function isProfessionalName(spoken: string[]): boolean {
	return !spoken.some((word) =>
		/^(?:email|mail|phone|mobile|cell|id|number|address|status|type|npi)$/.test(word),
	);
}

function guardianRole(spoken: string[]): RoleCandidate | undefined {
	const rest = spoken.filter(
		(word) => !guardians.has(word) && !qualifiers.has(word) && word !== 'or',
	);
	if (
		rest.length === 0 ||
		(rest.length === 1 && rest[0] === 'name') ||
		rest.join('') === 'fullname'
	)
		return { role: 'guardianName', rank: rest.length };
	return contactRole(rest, 1);
}

/** "Emergency Contact Phone"; what else is said of an emergency is not taken in. */
function emergencyRole(spoken: string[]): RoleCandidate | undefined {
	const rest = spoken.slice(1).filter((word) => word !== 'contact' && word !== 'contacts');
	if (rest.length === 0) return { role: 'emergencyName', rank: 1 };
	const found = contactRole(rest, 0);
	if (!found) return undefined;
	const role = emergencyRoles[found.role];
	return role && { role, rank: found.rank };
}

const emergencyRoles: Partial<Record<ColumnRole, ColumnRole>> = {
	contactName: 'emergencyName',
	contactEmailAddress: 'emergencyEmailAddress',
	contactPhone: 'emergencyPhone',
};

function contactRole(rest: string[], rank: number): RoleCandidate | undefined {
	const place = places.get(rest.filter((word) => !qualifiers.has(word)).join(''));
	if (place?.role === 'fullName') return { role: 'contactName', rank };
	if (place?.role === 'emailAddress') return { role: 'contactEmailAddress', rank };
	if (place?.role === 'phone') return { role: 'contactPhone', rank: rank * 100 + place.rank };
	return undefined;
}
