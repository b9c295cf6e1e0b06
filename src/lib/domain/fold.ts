/** Text as it is searched and sorted: without capitals and accents, so that "jose" finds "José". */
export function fold(text: string): string {
	const lower = text.toLowerCase();
	// Most names have nothing to take apart, and taking apart costs more than all the rest.
	return /[^ -~]/.test(lower) ? lower.normalize('NFKD').replace(/\p{M}+/gu, '') : lower;
}
