import type { ColumnRole } from './column-role.ts';

/** Names without what says nothing (`qualifiers`), the likeliest first: among several columns the earlier name wins. */
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
		'language',
		'language languages lang preferredlanguage spokenlanguage languagespoken communicationlanguage correspondencelanguage sprache muttersprache korrespondenzsprache langue langueparlee idioma lingua',
	],
	['tags', 'tags tag keywords keyword schlagworte schlagworter etiquetas etiquettes'],
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

/** Which role a name means, and how likely: the smaller the rank the likelier. */
export const places = new Map<string, { role: ColumnRole; rank: number }>();
for (const [role, names] of namesByRole)
	names
		.split(' ')
		.filter(Boolean)
		.forEach((name, rank) => {
			if (!places.has(name)) places.set(name, { role, rank });
		});

export const words = (list: string) => new Set(list.split(' '));
/** A column with one of these speaks of somebody or something else: never of the client. */
export const others = words(
	'doctor doctors physician physicians gp pcp nurse dentist psychiatrist referring referral referrals referrer referred refer emergency insurance insurances insured insurer subscriber policy policyholder plan payer payor payee payment copay claim claims employer employers employee company organization organisation business spouse spouses partner partners husband wife sibling brother sister friend relative kin school teacher attorney lawyer solicitor caseworker worker pharmacy pharmacist guarantor responsible billing billed invoice supervisor staff author creator sender assistant agency hospital clinic practice office location facility phonetic fax diagnosis appointment appointments session visit prefix suffix label labels photo previous former maiden alternate alternative secondary other old marketing reminder reminders opt in',
);
export const guardians = words(
	'guardian guardians parent parents mother mothers father fathers mom mum dad caregiver carer',
);
export const professionals = words(
	'clinician clinicians therapist therapists provider providers practitioner practitioners professional counselor counsellor psychologist coach',
);
/** Say nothing of what is in the column. */
export const qualifiers = words(
	'client clients patient patients customer person legal primary main default current personal child kid student pupil mm dd yyyy yy format the a s of value 1 0 your my',
);
/** With these an address or telephone number is a further one of the client. */
export const furtherWords = words(
	'secondary second alternate alternative alt other additional backup 2 3 4 5',
);
/** These would be read as somebody else's, were it not for what they say together. */
export const exceptions = new Set([
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
