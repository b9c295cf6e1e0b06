import { confidenceOf } from '$lib/domain/column-confidence.ts';
import { manyRoles, recogniseColumns, type ColumnRole } from '$lib/domain/column-role.ts';
import { looksLikeValues, recogniseByValues } from '$lib/domain/column-values.ts';
import { productOf } from '$lib/domain/known-product.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePracticeFile, type PracticeShape } from '../support/practice-file.ts';

function columnsByRole(header: string[]): Partial<Record<ColumnRole, string>> {
	const found: Partial<Record<ColumnRole, string>> = {};
	recogniseColumns(header).forEach((role, at) => {
		if (role === 'ignore') return;
		found[role] = found[role] ? `${found[role]}, ${header[at]}` : (header[at] as string);
	});
	return found;
}

const headerOf = (shape: PracticeShape) =>
	makePracticeFile({ rows: 0, shape }).replace('\ufeff', '').trim().split(',');

describe('the columns of known programs are recognised', () => {
	it('SimplePractice', () => {
		expect(columnsByRole(headerOf('simplepractice'))).toEqual({
			fullName: 'Client',
			kind: 'Client type',
			addedAt: 'Date added',
			professional: 'Primary clinician',
			phone: 'Phone number',
			emailAddress: 'Email',
			contactName: 'Contact name',
			contactPhone: 'Contact phone',
			contactEmailAddress: 'Contact email',
			status: 'Status',
		});
	});

	it("Jane, and neither the family doctor's nor the referring professional's address", () => {
		expect(columnsByRole(headerOf('jane'))).toEqual({
			externalId: 'patient_guid',
			addedAt: 'Member Since',
			firstName: 'First Name',
			preferredName: 'Preferred Name',
			middleName: 'Middle Name',
			lastName: 'Last Name',
			emailAddress: 'Email',
			emailStatus: 'Email Status',
			phone: 'Mobile Phone',
			otherPhone: 'Home Phone, Work Phone',
			dateOfBirth: 'Birth Date',
			doNotEmail: 'Do Not Email',
			guardianName: 'Guardian Name',
			emergencyName: 'Emergency Contact Name',
			emergencyPhone: 'Emergency Contact Phone',
			deceasedAt: 'Deceased At',
			dischargedAt: 'Discharged At',
			isActive: 'Active',
		});
	});

	it('TherapyAppointment', () => {
		expect(columnsByRole(headerOf('therapyappointment'))).toEqual({
			externalId: 'CLIENT_ID',
			status: 'STATUS',
			lastName: 'LASTNAME',
			firstName: 'FIRSTNAME',
			preferredName: 'PREFERRED_NAME',
			dateOfBirth: 'DOB',
			emailAddress: 'EMAIL',
			phone: 'PHONE1',
			addedAt: 'ADDED_DATE',
			portalLogin: 'LOGIN_NAME',
		});
	});

	it('Google Contacts', () => {
		expect(columnsByRole(headerOf('google'))).toEqual({
			firstName: 'First Name',
			middleName: 'Middle Name',
			lastName: 'Last Name',
			preferredName: 'Nickname',
			dateOfBirth: 'Birthday',
			emailAddress: 'E-mail 1 - Value',
			otherEmailAddress: 'E-mail 2 - Value',
			phone: 'Phone 1 - Value',
		});
	});
});

it.each([
	['Client E-Mail Address', 'emailAddress'],
	['emailAddress', 'emailAddress'],
	['\ufeffPrimary Email', 'emailAddress'],
	["Patient's Surname", 'lastName'],
	['Legal First Name', 'firstName'],
	['D.O.B.', 'dateOfBirth'],
	['Cell', 'phone'],
	['Therapist', 'professional'],
	['Parent/Guardian Email', 'contactEmailAddress'],
	["Mother's Name", 'guardianName'],
	['Do not contact', 'doNotEmail'],
	['Emergency Contact Email', 'emergencyEmailAddress'],
	['Emergency contact', 'emergencyName'],
	['emergency_phone', 'emergencyPhone'],
	['Prénom', 'firstName'],
] satisfies [string, ColumnRole][])('%s is %s', (name, role) => {
	expect(recogniseColumns([name])).toEqual([role]);
});

it.each(
	'Doctor Email,Therapist Email,Referring Provider,Emergency Contact Relationship,Emergency Contact Address,Family Doctor Email,Referring Professional Email,Insurance Phone,Employer Email,Spouse Name,Marketing Email Opt In,Member ID,Address,City,Fax,Clinic Email,Work Email Label,Referral Email,__proto__,constructor,toString,'.split(
		',',
	),
)("'%s' is never the client's", (name) => {
	expect(recogniseColumns([name])).toEqual(['ignore']);
});

it('gives each role to one column at most, the likeliest; further addresses and phones are kept', () => {
	expect(recogniseColumns(['Home Phone', 'Mobile Phone', 'Phone'])).toEqual([
		'otherPhone',
		'phone',
		'otherPhone',
	]);
	expect(recogniseColumns(['Email', 'Email', ''])).toEqual([
		'emailAddress',
		'otherEmailAddress',
		'ignore',
	]);
	expect(recogniseColumns(['DOB', 'Birth Date'])).toEqual(['dateOfBirth', 'ignore']);
	fc.assert(
		fc.property(
			fc.array(fc.oneof(fc.string(), fc.constantFrom('Email', 'Name', 'DOB', 'Phone'))),
			(header) => {
				const roles = recogniseColumns(header).filter(
					(role) => role !== 'ignore' && !manyRoles.has(role),
				);
				expect(new Set(roles).size).toBe(roles.length);
			},
		),
	);
});

it('knows columns without names by their values', () => {
	const rows = [
		['Maya', 'Okafor', 'maya@example.com', '1989-08-05', '(503) 555-0101'],
		['Noah', 'van der Berg', '', '1975-12-30', ''],
	];
	expect(looksLikeValues(rows[0] as string[], 2026)).toBe(true);
	expect(looksLikeValues(['First', 'Email', 'DOB'], 2026)).toBe(false);
	expect(recogniseByValues(rows, 2026)).toEqual([
		'firstName',
		'lastName',
		'emailAddress',
		'dateOfBirth',
		'phone',
	]);
});

describe('names and values are looked at together', () => {
	const addresses = [['maya@example.com'], ['noah@example.com'], ['']];

	it('a column of addresses is the address column, whatever it is called', () => {
		expect(recogniseColumns(['Erreichbar unter'], addresses)).toEqual(['emailAddress']);
		expect(recogniseColumns(['Name', ''], [['Maya Okafor', 'maya@example.com']])).toEqual([
			'fullName',
			'emailAddress',
		]);
	});

	it.each([
		'Family Doctor Email',
		'Referring Professional Email',
		'Therapist',
		'Insurance contact',
		'Other',
		"Husband's inbox",
	])("but '%s' is never the client's own", (name) => {
		expect(recogniseColumns([name], addresses)).not.toContain('emailAddress');
	});

	it('values speak against a name', () => {
		expect(
			recogniseColumns(
				['Email', 'Reach at', 'Phone'],
				[
					['yes', 'maya@example.com', '(503) 555-0101'],
					['no', 'noah@example.com', '(503) 555-0102'],
				],
			),
		).toEqual(['ignore', 'emailAddress', 'phone']);
		expect(
			recogniseColumns(
				['Client', 'First Name', 'Last Name'],
				[
					['1001', 'Maya', 'Okafor'],
					['1002', 'Noah', 'Reyes'],
				],
			),
		).toEqual(['externalId', 'firstName', 'lastName']);
	});

	it('one bad address does not cost the column its role', () => {
		expect(recogniseColumns(['Email'], [['maya at example']])).toEqual(['emailAddress']);
		expect(recogniseColumns(['Email'], [['']])).toEqual(['emailAddress']);
	});

	it('of two columns for one role the filled one is taken', () => {
		expect(recogniseColumns(['Mobile', 'Home phone'], [['', '(503) 555-0101']])).toEqual([
			'otherPhone',
			'phone',
		]);
	});

	it('a column of whole names is found when no name says so', () => {
		expect(
			recogniseColumns(
				['Wer', 'City', 'Email'],
				[
					['Okafor, Maya', 'Portland', 'maya@example.com'],
					['Reyes, Noah', 'Salem', 'noah@example.com'],
				],
			),
		).toEqual(['fullName', 'ignore', 'emailAddress']);
	});
});

describe('how sure it is', () => {
	const sure = (name: string, role: ColumnRole, values: string[], hasHeader = true) =>
		confidenceOf({ name, role, values, hasHeader });

	it('name and values agree', () => {
		expect(sure('Email', 'emailAddress', ['maya@example.com', 'n/a'])).toBe('likely');
		expect(sure('Email', 'emailAddress', ['maya@example.com'])).toBe('sure');
		expect(sure('DOB', 'dateOfBirth', ['05/08/1989'])).toBe('sure');
		expect(sure('Clinician', 'professional', ['Robin Vale'])).toBe('sure');
	});

	it('only one of them speaks', () => {
		expect(sure('Email', 'emailAddress', [])).toBe('likely');
		expect(sure('Kontakt an', 'emailAddress', ['maya@example.com'])).toBe('likely');
		expect(sure('Column 2', 'emailAddress', ['maya@example.com'], false)).toBe('likely');
	});

	it('they disagree', () => {
		expect(sure('Email', 'emailAddress', ['on paper'])).toBe('doubtful');
		expect(sure('Phone', 'phone', ['maya@example.com'])).toBe('doubtful');
		expect(sure('First Name', 'firstName', ['maya@example.com'])).toBe('doubtful');
		expect(sure('Family Doctor Email', 'emailAddress', ['una@example.org'])).toBe('doubtful');
		expect(sure('Column 1', 'firstName', ['Maya'], false)).toBe('doubtful');
	});
});

describe('the product that a file looks like', () => {
	it.each([
		['simplepractice', 'SimplePractice'],
		['jane', 'Jane'],
		['therapyappointment', 'TherapyAppointment'],
		['google', 'Google Contacts'],
	] as const)('%s', (shape, product) => {
		const header = headerOf(shape);
		expect(productOf(header)).toBe(product);
		expect(productOf(header.slice(2).map((name) => name.toUpperCase()))).toBe(product);
	});

	it('is none when only what everybody has is there', () => {
		expect(productOf(['First Name', 'Last Name', 'Email', 'Phone', 'Status'])).toBe('');
		expect(productOf([])).toBe('');
	});
});
