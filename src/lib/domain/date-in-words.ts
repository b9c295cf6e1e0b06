const months = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

/** "3 May 2026", in the device's calendar. Not `Intl`: its wording changes between browsers' versions. */
export function dateInWords(at: number): string {
	const date = new Date(at);
	return `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`;
}

/** "14:05", on the device's clock. */
export function clockTime(at: number): string {
	const date = new Date(at);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "2026-05-03T14:05": what a field for date and time holds, on the device's clock. */
export function fieldTime(at: number): string {
	const date = new Date(at);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${clockTime(at)}`;
}
