import type { ProfileErrors, ProfileForm } from '../profile-form.ts';

/** What every section of the profile's form gets. */
export interface SectionProps {
	form: ProfileForm;
	/** Of fields that were judged. */
	errors: ProfileErrors;
	edit: <Field extends keyof ProfileForm>(field: Field, value: ProfileForm[Field]) => void;
	/** The person has left the field. */
	onjudge: (field: keyof ProfileErrors) => void;
}
