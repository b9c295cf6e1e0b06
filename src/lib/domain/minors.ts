import type { Client } from './client.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}$/;

/** How far ahead 'Turns 18 soon' looks. */
export const soonInDays = 90;

/** `isMinor` for many clients at one `now`: the day that parts minors from adults is worked out once. */
export function minorTest(now: number): (client: Pick<Client, 'dateOfBirth' | 'kind'>) => boolean {
	const lastAdultBirthday = lastBirthdayOfAdults(now);
	return ({ dateOfBirth, kind }) =>
		isoDate.test(dateOfBirth) ? dateOfBirth > lastAdultBirthday : kind === 'minor';
}

/** Who was born after that day is a minor at `now`; ISO 8601. */
export function lastBirthdayOfAdults(now: number): string {
	return eighteenYearsBefore(new Date(now));
}

/**
 * Whether a client who is a minor today comes of age within the next 90 days, the last one included.
 * Who has died does not. `now` in epoch milliseconds, on the device's calendar.
 */
export function turns18SoonTest(
	now: number,
): (client: Pick<Client, 'dateOfBirth' | 'isDeceased'>) => boolean {
	const today = new Date(now);
	const lastDay = new Date(today.getFullYear(), today.getMonth(), today.getDate() + soonInDays);
	const [after, upTo] = [eighteenYearsBefore(today), eighteenYearsBefore(lastDay)];
	return ({ dateOfBirth, isDeceased }) =>
		!isDeceased && isoDate.test(dateOfBirth) && dateOfBirth > after && dateOfBirth <= upTo;
}

/** ISO 8601; of a 29 February whichever day of that year the text names, existing or not. */
function eighteenYearsBefore(day: Date): string {
	const year = String(day.getFullYear() - 18).padStart(4, '0');
	const month = String(day.getMonth() + 1).padStart(2, '0');
	return `${year}-${month}-${String(day.getDate()).padStart(2, '0')}`;
}
