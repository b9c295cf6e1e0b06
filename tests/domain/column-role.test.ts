import { recogniseColumns, type ColumnRole } from '$lib/domain/column-role.ts';
import { looksLikeValues, recogniseByValues } from '$lib/domain/column-values.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makePracticeFile, type PracticeShape } from '../support/practice-file.ts';

function columnsByRole(header: string[]): Partial<Record<ColumnRole, string>> {
	const found: Partial<Record<ColumnRole, string>> = {};
	recogniseColumns(header).forEach((role, at) => {
		if (role !== 'ignore') found[role] = header[at] as string;
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
			dateOfBirth: 'Birth Date',
			doNotEmail: 'Do Not Email',
			guardianName: 'Guardian Name',
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
	['Prénom', 'firstName'],
] satisfies [string, ColumnRole][])('%s is %s', (name, role) => {
	expect(recogniseColumns([name])).toEqual([role]);
});

it.each(
	'Doctor Email,Therapist Email,Referring Provider,Emergency Contact Email,Insurance Phone,Employer Email,Spouse Name,Marketing Email Opt In,Member ID,Address,City,Fax,Email 2,Clinic Email,Work Email Label,Referral Email,__proto__,constructor,toString,'.split(
		',',
	),
)("'%s' is never the client's", (name) => {
	expect(recogniseColumns([name])).toEqual(['ignore']);
});

it('gives each role to one column at most, the likeliest', () => {
	expect(recogniseColumns(['Home Phone', 'Mobile Phone', 'Phone'])).toEqual([
		'ignore',
		'phone',
		'ignore',
	]);
	expect(recogniseColumns(['Email', 'Email', ''])).toEqual(['emailAddress', 'ignore', 'ignore']);
	fc.assert(
		fc.property(
			fc.array(fc.oneof(fc.string(), fc.constantFrom('Email', 'Name', 'DOB', 'Phone'))),
			(header) => {
				const roles = recogniseColumns(header).filter((role) => role !== 'ignore');
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
