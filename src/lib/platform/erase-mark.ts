const key = 'portico-erasing';

/** Says to all tabs that everything is being erased: none of them may put anything back. */
export const eraseMark = {
	/** Goes with everything else. */
	set(): void {
		try {
			localStorage.setItem(key, '1');
		} catch {
			// Without storage there is nothing that could be put back.
		}
	},
	get isSet(): boolean {
		try {
			return localStorage.getItem(key) !== null;
		} catch {
			return false;
		}
	},
};
