/** How many messages wait, kept where it can be read while Portico is locked. A count, and nothing of whom. */
const storageKey = 'portico-waiting';

export function noteWaiting(count: number): void {
	try {
		if (count > 0) localStorage.setItem(storageKey, String(count));
		else localStorage.removeItem(storageKey);
	} catch {
		// Then the locked screen does not say it.
	}
}

export function notedWaiting(): number {
	try {
		return Number(localStorage.getItem(storageKey)) || 0;
	} catch {
		return 0;
	}
}
