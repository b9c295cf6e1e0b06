let left = '#/clients';

/** Keeps the address of the list as it is left, for as long as this tab lives. */
export function leaveList(hash: string): void {
	left = hash;
}

/** The way back to the list as it was: its filters and its order. Names no person. */
export function listHref(): string {
	return left;
}
