import type { ColumnRole } from './column-role.ts';

/** Names as `essence` leaves them, the likeliest first: among several columns the earlier name wins. */
const namesByRole: [ColumnRole, string][] = [
	[
		'externalId',
		'guid uuid externalid id clientid patientid recordid personid identifier mrn medicalrecordnumber recordnumber chartnumber chartid clientnumber patientnumber accountnumber kundennummer klientennummer patientennummer numerodeclient caseid casenumber fileid',
	],
	[
		'fullName',
		'fullname name client patient clientname namelastfirst namefirstlast lastfirst lastnamefirst lastnamefirstname who wer qui quien patientname displayname clients patients',
	],
	[
		'firstName',
		'firstname first givenname given forename fname vorname prenom nombre nombres voornaam',
	],
	['middleName', 'middlename middle middleinitial mi middlenames secondname additionalname'],
	[
		'lastName',
		'lastname last surname familyname family lname nachname familienname nom nomdefamille apellido apellidos achternaam',
	],
	[
		'preferredName',
		'preferredname preferredfirstname preferred nickname goesby knownas chosenname alias callname rufname',
	],
	[
		'emailAddress',
		'email emailaddress emailvalue emailid emailaddr personalemail personalemailaddress homeemail homeemailaddress mail mailid courriel correo correoelectronico emails emailaddresses loginemail portalemail workemail workemailaddress officeemail schoolemail',
	],
	[
		'phone',
		'mobile mobilephone mobilenumber mobilephonenumber cell cellphone cellphonenumber cellnumber phone phonenumber phonevalue telephone telephonenumber tel phoneno mobileno contactnumber homephone homephonenumber hometelephone hometel handy telefon telefono daytimephone dayphone eveningphone workphone workphonenumber worktelephone phones',
	],
	[
		'dateOfBirth',
		'dateofbirth dob birthdate birthday birth bday born dateborn birthdt geburtsdatum geburtstag datedenaissance datenaissance fechadenacimiento',
	],
	['kind', 'clienttype patienttype type kind clientkind agegroup'],
	[
		'status',
		'status clientstatus patientstatus recordstatus statut estado accountstatus casestatus activestatus activeinactive',
	],
	['isActive', 'active isactive activeclient activepatient enabled'],
	[
		'professional',
		'clinician clinicianname therapeut therapeutin behandler therapeute terapeuta psicologo therapist therapistname provider providername practitioner practitionername professional counselor counsellor psychologist coach assignedclinician assignedtherapist assignedprovider assignedpractitioner assignedto renderingprovider treatingclinician treatingprovider',
	],
	[
		'doNotEmail',
		'donotemail noemail noemails donotsendemail donotsendemails optedoutofemail emailoptout emailoptedout unsubscribed optedout optout donotcontact desabonne abgemeldet keineemail keineemails keinemail',
	],
	['emailStatus', 'emailstatus emailaddressstatus emaildeliverystatus emailstate'],
	[
		'deceasedAt',
		'deceasedat deceased isdeceased deceaseddate datedeceased dateofdeath deathdate died',
	],
	[
		'dischargedAt',
		'dischargedat dischargedate datedischarged discharged dateofdischarge terminationdate closedat closeddate dateclosed archivedat inactivesince',
	],
	[
		'portalLogin',
		'loginname portallogin portalusername username login portaluser portalstatus clientportalstatus clientportal portal portalaccess clientportalaccess portalaccount haslogin hasportal hasportalaccess hasportallogin joinedportal portaljoined joined registeredforportal portalregistered portalactive portalenabled portalactivated lastlogin lastloginat hasloggedin loggedin lastportallogin loginstatus',
	],
	[
		'addedAt',
		'dateadded addeddate addedat addedon added membersince clientsince patientsince since createdat createddate datecreated createdon created registrationdate registered dateregistered intakedate',
	],
	['guardianName', ''],
	['contactName', ''],
	['contactEmailAddress', ''],
	['contactPhone', ''],
	['emergencyName', ''],
	['emergencyEmailAddress', ''],
	['emergencyPhone', ''],
];

const places = new Map<string, { role: ColumnRole; rank: number }>();
for (const [role, names] of namesByRole)
	names
		.split(' ')
		.filter(Boolean)
		.forEach((name, rank) => {
			if (!places.has(name)) places.set(name, { role, rank });
		});

const words = (list: string) => new Set(list.split(' '));
/** A column with one of these speaks of somebody or something else: never of the client. */
const others = words(
	'doctor doctors physician physicians gp pcp nurse dentist psychiatrist referring referral referrals referrer referred refer emergency insurance insurances insured insurer subscriber policy policyholder plan payer payor payee payment copay claim claims employer employers employee company organization organisation business spouse spouses partner partners husband wife sibling brother sister friend relative kin school teacher attorney lawyer solicitor caseworker worker pharmacy pharmacist guarantor responsible billing billed invoice supervisor staff author creator sender assistant agency hospital clinic practice office location facility phonetic fax diagnosis appointment appointments session visit prefix suffix label labels photo previous former maiden alternate alternative secondary other old marketing reminder reminders opt in',
);
const guardians = words(
	'guardian guardians parent parents mother mothers father fathers mom mum dad caregiver carer',
);
const professionals = words(
	'clinician clinicians therapist therapists provider providers practitioner practitioners professional counselor counsellor psychologist coach',
);
/** Say nothing of what is in the column. */
const qualifiers = words(
	'client clients patient patients customer person legal primary main default current personal child kid student pupil mm dd yyyy yy format the a s of value 1 0 your my',
);
/** With these an address or telephone number is a further one of the client. */
const furtherWords = words(
	'secondary second alternate alternative alt other additional backup 2 3 4 5',
);
/** These would be read as somebody else's, were it not for what they say together. */
const exceptions = new Set([
	'email opt out',
	'email opted out',
	'opted out of email',
	'opt out',
	'opted out',
]);

/** Parts a column's name into plain words: "E-mail 1 - Value" is `email 1 value`, PHONE1 `phone 1`. */
export function columnWords(name: string): string[] {
	return name
		.normalize('NFKD')
		.replace(/[\p{M}\ufeff]/gu, '')
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.toLowerCase()
		.replace(/([a-z])(\d)/gu, '$1 $2')
		.replace(/#/gu, ' number ')
		.replace(/['’]s?\b/gu, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim()
		.replace(/\be mail/gu, 'email')
		.replace(/\bd o b\b/gu, 'dob')
		.replace(/\bi d\b/gu, 'id')
		.split(' ')
		.filter(Boolean);
}

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
