/** When anybody last did something in any tab; outside of the vault, because every tab must see it. */
const storageKey = 'portico-last-use';
/** A mark a few seconds old is as good as a new one. */
const graceMs = 5_000;
const lookEveryMs = 5_000;

const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Epoch milliseconds; 0 when unknown. */
export function lastUse(): number {
	try {
		return Number(localStorage.getItem(storageKey)) || 0;
	} catch {
		return 0;
	}
}

/** Notes now as the last use. */
export function noteUse(): void {
	try {
		localStorage.setItem(storageKey, String(Date.now()));
	} catch {
		// Without room for a mark each tab counts from its own start.
	}
}

/**
 * Calls `look` with how long nobody did anything in any tab (ms): every few seconds, and at once when
 * the page comes back to the front or out of sleep. Returns a function that stops it.
 */
export function watchIdleness(look: (idleMs: number) => void): () => void {
	const stop = new AbortController();
	const options = { signal: stop.signal, capture: true, passive: true };
	let noted = Date.now();
	noteUse();
	const use = () => {
		if (Math.abs(Date.now() - noted) < graceMs) return;
		noted = Date.now();
		noteUse();
	};
	// A clock that went back does not keep it open.
	const check = () => look(Math.abs(Date.now() - Math.max(lastUse(), noted)));
	for (const sign of signs) addEventListener(sign, use, options);
	document.addEventListener('visibilitychange', check, options);
	document.addEventListener('resume', check, options);
	const timer = setInterval(check, lookEveryMs);
	return () => {
		clearInterval(timer);
		stop.abort();
	};
}
