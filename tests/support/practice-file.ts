/** Header rows as the programs write them; see the notes on recognition in `src/lib/domain/column-role.ts`. */
const headers = {
	simplepractice:
		'Client,Client type,Date added,Primary clinician,Last appointment,Next appointment,Address,City,State,ZIP,Phone number,Email,Contact name,Contact phone,Contact email,Primary insurance,Insurance ID,Status',
	jane: 'patient_guid,Patient Number,Member Since,First Name,Preferred Name,Middle Name,Last Name,Email,Email Status,Home Phone,Mobile Phone,Work Phone,Fax Phone,Street Address,Street Address 2,City,Province,Postal,Country,Birth Date,Sex,Gender,Pronouns,Insurance Company Name,Referral Source,Referred To,Marketing Email Opt In,Do Not Email,Family Doctor,Family Doctor Phone,Family Doctor Email,Guardian Name,Medical Alert,Emergency Contact Name,Emergency Contact Phone,Emergency Contact Relationship,Occupation,Employer,Referring Professional,Referring Professional Email,Referring Professional Phone,First Visit,Last Visit,Deceased At,Discharged At,Active,Online Booking Policy',
	therapyappointment:
		'CLIENT_ID,STATUS,LASTNAME,FIRSTNAME,PREFERRED_NAME,DOB,GENDER,EMAIL,PHONE1,ADDED_DATE,LOGIN_NAME,USER_ADDRESS_ADDRESS1,USER_ADDRESS_CITY,USER_ADDRESS_STATE,USER_ADDRESS_ZIP',
	google:
		'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Formatted',
} as const;

export type PracticeShape = keyof typeof headers;

export interface PracticeFileOptions {
	rows: number;
	seed?: number;
	shape?: PracticeShape;
	/** Every row a client with an address of its own who is to be invited: for counting mails. */
	isPlain?: boolean;
}

/** One fictional client, before a program's columns are filled. */
interface Person {
	first: string;
	last: string;
	preferred: string;
	email: string;
	phone: string;
	birth: [year: number, month: number, day: number];
	added: [year: number, month: number, day: number];
	kind: 'Adult' | 'Minor' | 'Couple';
	status: string;
	clinician: string;
	street: string;
	city: [city: string, state: string, zip: string];
	contact: [name: string, phone: string, email: string];
	hasLogin: boolean;
	isDoNotEmail: boolean;
	number: number;
}

const firstNames =
	'Maya,Noah,Amara,Liam,Sofía,Ethan,Aisha,Lucas,Chloé,Mateo,Priya,Oliver,Zoë,Kwame,Ingrid,Hiroshi,Fatima,Diego,Anneliese,Tomasz,Leila,Björn,Nia,Rafael,Mei,Søren,Yusuf,Elena,Declan,Thandiwe,Marisol,Anton,Keiko,Omar,Brigid,Jamal,Naomi,Viktor,Camille,Ravi,Hana,Caleb,Ximena,Idris,Greta,Malik,Lucía,Jonas,Adaeze,Theo,Wren,Saoirse,Emeka,Paloma,Arjun,Freya,Santiago,Imani,Léo,Tala'.split(
		',',
	);
const lastNames =
	"Okafor,Reyes,Nguyen,van der Berg,O'Connell,García,Müller,Haddad,Kowalski,de la Cruz,Johansson,Tanaka,Abiodun,MacLeod,Petrov,Silva,Bergström,Iyer,Dubois,Castellanos,Fitzgerald,Novák,Mensah,Lindqvist,Rossi,Al-Amin,Whitfield,Sørensen,Chowdhury,Ferreira,Yamamoto,Delacroix,Oyelaran,Hawthorne,Vasquez,Kaplan,Eriksen,Botha,Marchetti,Quispe,Sinclair,Ramanathan,Duarte,Weiss,Achebe,Laurent,Popescu,Bianchi,Tran,Underwood".split(
		',',
	);
const clinicians = ['Dr. Rowan Ellery', 'Imogen Castell, LMFT', 'Tobias Wynn'];
const streets = ['Alder Lane', 'Quarry Road', 'Harbour Street', 'Mill Row', 'Saffron Way'];
const cities: Person['city'][] = [
	['Portland', 'OR', '97201'],
	['Ashford', 'WA', '98304'],
	['St. Helens', 'OR', '97051'],
	['Winnipeg', 'MB', 'R3C 0A5'],
];

/** A small generator of numbers from 0 to 1, the same for the same seed: mulberry32. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

const asciiOf = (text: string) =>
	text
		.normalize('NFD')
		.replace(/[^A-Za-z]/g, '')
		.toLowerCase();
const two = (part: number) => (part < 10 ? `0${part}` : `${part}`);
const iso = ([year, month, day]: Person['birth']) => `${year}-${two(month)}-${two(day)}`;
const american = ([year, month, day]: Person['birth']) => `${two(month)}/${two(day)}/${year}`;
/** Numbers that are kept for fiction (555-0100 to 555-0199), no two alike. */
function phoneOf(number: number): string {
	const extension = number >= 70_000 ? ` ext. ${Math.floor(number / 70_000)}` : '';
	return `(${201 + (Math.floor(number / 100) % 700)}) 555-01${two(number % 100)}${extension}`;
}
const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`;
const cell = (text: string) => (/[",\n;]/.test(text) ? quoted(text) : text);

function makePerson(
	number: number,
	random: () => number,
	isPlain: boolean,
	before?: Person,
): Person {
	const pick = <Value>(from: readonly Value[]) => from[Math.floor(random() * from.length)] as Value;
	const upTo = (end: number) => Math.floor(random() * end);
	let first = pick(firstNames);
	const second = upTo(5) === 0 ? pick(firstNames) : '';
	const isFamily = !isPlain && before !== undefined && upTo(20) === 0;
	if (isFamily && before.first.startsWith(first)) first = `${first}-Ann`;
	const last = isFamily ? before.last : pick(lastNames);
	const draw = upTo(100);
	const kind = isPlain || draw < 85 ? 'Adult' : draw < 96 ? 'Minor' : 'Couple';
	const partner = kind === 'Couple' ? ` & ${pick(firstNames)}` : '';
	const own = `${asciiOf(first)}.${asciiOf(last)}${number}@${pick(['example.com', 'mail.example.com', 'post.example'])}`;
	const guardian = `${pick(firstNames)} ${last}`;
	const contactEmail = `${asciiOf(guardian)}${number}@example.com`;
	const statusDraw = upTo(100);
	const year = kind === 'Minor' ? 2012 + upTo(9) : 1945 + upTo(60);
	return {
		first: (second ? `${first} ${second}` : first) + partner,
		last,
		preferred: upTo(12) === 0 ? first.slice(0, 3) : '',
		email: isPlain ? own : isFamily ? before.email : draw % 12 === 0 ? '' : own,
		phone: phoneOf(number),
		birth: [year, 1 + upTo(12), 1 + upTo(28)],
		added: [2015 + upTo(10), 1 + upTo(12), 1 + upTo(28)],
		kind,
		status:
			isPlain || statusDraw < 78
				? 'Active'
				: statusDraw < 92
					? 'Inactive'
					: statusDraw < 97
						? 'Prospective'
						: 'Archived',
		clinician: pick(clinicians),
		street: `${1 + upTo(900)} ${pick(streets)}${upTo(4) === 0 ? `, Apt ${1 + upTo(40)}` : ''}`,
		city: pick(cities),
		contact:
			kind === 'Minor' ? [guardian, phoneOf(number + 7_000_000), contactEmail] : ['', '', ''],
		hasLogin: !isPlain && upTo(10) === 0,
		isDoNotEmail: !isPlain && upTo(50) === 0,
		number,
	};
}

function simplePracticeCells(person: Person): string[] {
	const name = `${person.first} ${person.last}`;
	return [
		name,
		person.kind,
		american(person.added),
		person.clinician,
		american(person.added),
		'',
		person.street,
		...person.city,
		person.phone,
		person.email,
		...person.contact,
		person.number % 3 === 0 ? 'Fictional Mutual, Inc.' : '',
		person.number % 3 === 0 ? `FM${person.number}` : '',
		person.status,
	];
}

function janeCells(person: Person): string[] {
	const isActive = person.status === 'Active' || person.status === 'Prospective';
	return [
		`00000000-0000-4000-8000-${String(person.number).padStart(12, '0')}`,
		String(person.number),
		iso(person.added),
		person.first,
		person.preferred,
		'',
		person.last,
		person.email,
		person.number % 60 === 1 ? 'Bounced' : 'OK',
		'',
		person.phone,
		'',
		'',
		person.street,
		'',
		...person.city,
		'Canada',
		iso(person.birth),
		...['', '', '', '', 'Word of mouth', '', ''],
		person.isDoNotEmail ? 'true' : 'false',
		'Dr. Una Hartley',
		'(503) 555-0100',
		'family.doctor@example.org',
		person.contact[0],
		...['', '', '', '', '', '', 'Dr. Per Lund', 'referring@example.org', '', '', '', ''],
		isActive ? '' : '2024-11-05',
		String(isActive),
		'',
	];
}

function therapyAppointmentCells(person: Person): string[] {
	return [
		String(100_000 + person.number),
		person.status.toUpperCase(),
		person.last,
		person.first,
		person.preferred,
		american(person.birth),
		'',
		person.email,
		person.phone,
		iso(person.added),
		person.hasLogin ? `${asciiOf(person.first)}${person.number}` : '',
		person.street,
		...person.city,
	];
}

function googleCells(person: Person): string[] {
	const note = person.number % 9 === 0 ? 'Prefers mornings.\nCalls back, "usually".' : '';
	return [
		person.first,
		'',
		person.last,
		...['', '', '', '', '', person.preferred, '', '', '', ''],
		iso(person.birth),
		note,
		'',
		'* myContacts ::: Clients',
		person.email === '' ? '' : '* Home',
		person.email,
		'',
		'',
		'Mobile',
		`${person.phone}${person.number % 7 === 0 ? ' ::: (503) 555-0101' : ''}`,
		'Home',
		`${person.street}\n${person.city.join(' ')}`,
	];
}

const cellsOf = {
	simplepractice: simplePracticeCells,
	jane: janeCells,
	therapyappointment: therapyAppointmentCells,
	google: googleCells,
} satisfies Record<PracticeShape, (person: Person) => string[]>;

/** The file in pieces of some thousand rows, so that a million rows need not be in memory at once. */
export function* practiceChunks(options: PracticeFileOptions): Generator<string> {
	const { rows, seed = 1, shape = 'simplepractice', isPlain = false } = options;
	const random = seededRandom(seed);
	const fill = cellsOf[shape];
	let text = `${shape === 'google' ? '\ufeff' : ''}${headers[shape]}\r\n`;
	let before: Person | undefined;
	for (let number = 1; number <= rows; number += 1) {
		const person = makePerson(number, random, isPlain, before);
		before = person;
		text += `${fill(person).map(cell).join(',')}\r\n`;
		if (number % 4_000 === 0) {
			yield text;
			text = '';
		}
	}
	if (text !== '') yield text;
}

/** A practice's client list as the program exports it: fictional, the same for the same seed. */
export function makePracticeFile(options: PracticeFileOptions): string {
	return [...practiceChunks(options)].join('');
}
