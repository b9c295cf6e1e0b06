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
