import { isEmailAddress, looksMistyped } from '$lib/domain/email-address.ts';
import { type Professional, professionalKey } from '$lib/domain/professional.ts';

/** What a person types of a professional. */
export type ProfessionalForm = Pick<Professional, 'name' | 'credentials' | 'replyTo'>;

export const professionalLabels: Record<keyof ProfessionalForm, string> = {
	name: 'Name',
	credentials: 'Credentials',
	replyTo: 'Reply-to address',
};

export interface ProfessionalErrors {
	name: string;
	replyTo: string;
}

/** What is wrong and how to mend it. `others`: all rows but the one that is edited. */
export function checkProfessional(
	{ name, replyTo }: ProfessionalForm,
	others: readonly Professional[],
): ProfessionalErrors {
	const key = professionalKey(name);
	const isTaken = others.some((other) => professionalKey(other.name) === key);
	const address = replyTo.trim();
	const suggestion = looksMistyped(address);
	return {
		name:
			key === '' ? 'Enter a name.' : isTaken ? 'A professional of this name is here already.' : '',
		replyTo:
			address === '' || isEmailAddress(address)
				? ''
				: suggestion
					? `This is not an email address. Did you mean ${suggestion}?`
					: 'Enter an email address, as in rowan@example.com, or leave it empty.',
	};
}

/** Without blanks around, and one where there were several. */
export function tidied({ name, credentials, replyTo }: ProfessionalForm): ProfessionalForm {
	const tidy = (text: string) => text.replace(/\s+/gu, ' ').trim();
	return { name: tidy(name), credentials: tidy(credentials), replyTo: replyTo.trim() };
}
