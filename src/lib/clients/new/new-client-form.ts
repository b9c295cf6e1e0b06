import { isMinor, type ClientStatus } from '$lib/domain/client.ts';
import type { ContactDraft } from '../profile/contacts.ts';
import { blankContact, checkContact } from '../profile/contacts.ts';
import { addressError } from '../add-client.ts';

/** What a person types of a new client. */
export interface NewClient {
	/** '' for nobody. */
	professional: string;
	firstName: string;
	lastName: string;
	preferredName: string;
	emailAddress: string;
	phone: string;
	/** ISO 8601, or '' when not known. */
	dateOfBirth: string;
	status: ClientStatus;
}

export const blankClient: NewClient = {
	professional: '',
	firstName: '',
	lastName: '',
	preferredName: '',
	emailAddress: '',
	phone: '',
	dateOfBirth: '',
	status: 'active',
};

/** The whole of the pop-up: the client, and who of the two gets access to the portal. */
export interface NewClientForm {
	client: NewClient;
	/** 'Enroll in Client Portal'. */
	isEnrolled: boolean;
	/** 'Enroll Contact'. */
	isContactEnrolled: boolean;
	contact: ContactDraft;
	/** Whether the invitations are queued with it. */
	isSending: boolean;
}

export const blankForm = (): NewClientForm => ({
	client: { ...blankClient },
	isEnrolled: false,
	isContactEnrolled: false,
	contact: { ...blankContact },
	isSending: true,
});

export interface NewClientErrors {
	firstName: string;
	emailAddress: string;
	dateOfBirth: string;
	contactName: string;
	contactAddress: string;
}

/** What is wrong and how to mend it; a name is enough, but who is enrolled needs an address. `today`: ISO 8601. */
export function checkNewClient(form: NewClientForm, today: string): NewClientErrors {
	const { client, contact, isEnrolled, isContactEnrolled } = form;
	const { firstName, lastName, preferredName, dateOfBirth } = client;
	const contactErrors = checkContact(contact);
	const needed = 'Enter an email address: the portal knows people by theirs.';
	return {
		firstName: `${firstName}${lastName}${preferredName}`.trim() === '' ? 'Enter a name.' : '',
		emailAddress:
			isEnrolled && client.emailAddress.trim() === '' ? needed : addressError(client.emailAddress),
		dateOfBirth: dateOfBirth > today ? 'This day is yet to come.' : '',
		contactName: isContactEnrolled ? contactErrors.name : '',
		contactAddress: !isContactEnrolled
			? ''
			: contact.emailAddress.trim() === ''
				? needed
				: contactErrors.emailAddress,
	};
}

/** Whether anything was typed or chosen that closing would lose. */
export function isTouched(form: NewClientForm): boolean {
	return JSON.stringify(form) !== JSON.stringify(blankForm());
}

/** A minor's invitation usually goes to a guardian. */
export function isNewMinor({ dateOfBirth }: NewClient, now: number): boolean {
	return isMinor({ dateOfBirth, kind: 'adult' }, now);
}
