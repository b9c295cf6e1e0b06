const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** "1.4 MB", in powers of a thousand as devices' shops count them. */
export function bytesInWords(bytes: number): string {
	let size = bytes;
	let unit = 0;
	while (size >= 1000 && unit < units.length - 1) {
		size /= 1000;
		unit += 1;
	}
	const digits = size < 10 && unit > 0 ? 1 : 0;
	return `${size.toLocaleString('en', { maximumFractionDigits: digits })} ${units[unit]}`;
}
