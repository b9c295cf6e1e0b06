import type { Confidence } from '$lib/domain/column-confidence.ts';
import type { ColumnRole } from '$lib/domain/column-role.ts';

/** What a column can be, as a person says it; in the order of the choice. */
export const roleWords: Record<ColumnRole, string> = {
	ignore: 'Leave out',
	fullName: 'Full name',
	firstName: 'First name',
	middleName: 'Middle name',
	lastName: 'Last name',
	preferredName: 'Preferred name',
	emailAddress: 'Email address',
	otherEmailAddress: 'Another email address',
	phone: 'Phone',
	otherPhone: 'Another phone',
	dateOfBirth: 'Date of birth',
	kind: 'Adult, minor or couple',
	status: 'Status',
	isActive: 'Active, yes or no',
	professional: 'Professional',
	language: 'Language',
	tags: 'Tags',
	doNotEmail: 'Do not email',
	mayEmail: 'May be emailed',
	emailStatus: 'State of the email address',
	portalLogin: 'Portal login',
	deceasedAt: 'Deceased',
	dischargedAt: 'Discharged',
	addedAt: 'Client since',
	externalId: 'Client number',
	guardianName: "Guardian's name",
	contactName: "Contact's name",
	contactEmailAddress: "Contact's email address",
	contactPhone: "Contact's phone",
	emergencyName: "Emergency contact's name",
	emergencyEmailAddress: "Emergency contact's email address",
	emergencyPhone: "Emergency contact's phone",
};

/** How sure Portico is of a column, as a person says it. */
export const confidenceWords: Record<Confidence, string> = {
	sure: 'Sure',
	likely: 'Likely',
	doubtful: 'Please check',
};
