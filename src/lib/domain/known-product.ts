import { columnWords } from './column-words.ts';

/** Names of columns as these products export them; what everybody has proves little, so most must be there. */
const headersByProduct: Record<string, string> = {
	SimplePractice:
		'Client,Client type,Date added,Primary clinician,Last appointment,Next appointment,Address,City,State,ZIP,Phone number,Email,Contact name,Contact phone,Contact email,Primary insurance,Insurance ID,Status',
	Jane: 'patient_guid,Patient Number,Member Since,First Name,Preferred Name,Middle Name,Last Name,Email,Email Status,Home Phone,Mobile Phone,Work Phone,Fax Phone,Birth Date,Marketing Email Opt In,Do Not Email,Family Doctor,Family Doctor Phone,Family Doctor Email,Guardian Name,Medical Alert,Emergency Contact Name,Emergency Contact Phone,Emergency Contact Relationship,Referring Professional,Referring Professional Email,Referring Professional Phone,First Visit,Last Visit,Deceased At,Discharged At,Active,Online Booking Policy',
	TherapyAppointment:
		'CLIENT_ID,STATUS,LASTNAME,FIRSTNAME,PREFERRED_NAME,DOB,GENDER,EMAIL,PHONE1,ADDED_DATE,LOGIN_NAME,USER_ADDRESS_ADDRESS1,USER_ADDRESS_CITY,USER_ADDRESS_STATE,USER_ADDRESS_ZIP',
	'Google Contacts':
		'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels',
};

/** Programs leave columns out, or a person deletes some, before a list travels. */
const enough = 0.7;

const plain = (name: string) => columnWords(name).join(' ');
const products = Object.entries(headersByProduct).map(([product, names]) => ({
	product,
	names: names.split(',').map(plain),
}));

/** The product that a file's column names look like, '' when they look like none. */
export function productOf(header: readonly string[]): string {
	const present = new Set(header.map(plain));
	let best = { product: '', share: enough };
	for (const { product, names } of products) {
		const share = names.filter((name) => present.has(name)).length / names.length;
		if (share >= best.share) best = { product, share };
	}
	return best.product;
}
