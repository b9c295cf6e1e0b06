import type { Client } from './client.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}$/;

/** `isMinor` for many clients at one `now`: the day that parts minors from adults is worked out once. */
export function minorTest(now: number): (client: Pick<Client, 'dateOfBirth' | 'kind'>) => boolean {
	const today = new Date(now);
	const year = String(today.getFullYear() - 18).padStart(4, '0');
	const month = String(today.getMonth() + 1).padStart(2, '0');
	const lastAdultBirthday = `${year}-${month}-${String(today.getDate()).padStart(2, '0')}`;
	return ({ dateOfBirth, kind }) =>
		isoDate.test(dateOfBirth) ? dateOfBirth > lastAdultBirthday : kind === 'minor';
}
