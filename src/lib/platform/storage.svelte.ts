/** Bytes, as the browser tells them: an estimate, rounded by some browsers to keep sites apart. */
export interface StorageEstimateInBytes {
	used: number;
	quota: number;
	/** The browser has promised not to clear it under pressure. */
	isPersistent: boolean;
}

/**
 * Asks that the browser never clears this practice's data to make room. Call once data exists: some
 * browsers decide by how the app is used, Firefox asks the person. Resolves to whether it is promised.
 */
export async function askPersistence(): Promise<boolean> {
	try {
		if (!navigator.storage?.persist) return false;
		return (await navigator.storage.persisted()) || (await navigator.storage.persist());
	} catch {
		return false;
	}
}

/** How much room there is; undefined where the browser does not say. */
export async function storageEstimate(): Promise<StorageEstimateInBytes | undefined> {
	try {
		if (!navigator.storage?.estimate) return undefined;
		const [{ usage = 0, quota = 0 }, isPersistent] = await Promise.all([
			navigator.storage.estimate(),
			navigator.storage.persisted?.() ?? false,
		]);
		return { used: usage, quota, isPersistent };
	} catch {
		return undefined;
	}
}

/**
 * Whether this browser clears what a site keeps when nobody visits it for seven days of use: Safari does,
 * unless the site was installed (https://webkit.org/blog/10218/full-third-party-cookie-blocking-and-more/).
 */
export function clearsUnvisited(): boolean {
	if (matchMedia('(display-mode: standalone)').matches) return false;
	const { userAgent } = navigator;
	return /AppleWebKit/.test(userAgent) && !/Chrom(e|ium)|Edg|Android/.test(userAgent);
}

/**
 * Whether this is a private window, in which the browser forgets everything once it is closed: Firefox and
 * Safari keep a site's own files from it there. Chromium lets no site know; then it is false.
 */
export async function isPrivateWindow(): Promise<boolean> {
	try {
		await navigator.storage?.getDirectory?.();
		return false;
	} catch (error) {
		const { name } = Object(error) as { name?: unknown };
		return name === 'SecurityError' || name === 'UnknownError';
	}
}

class StorageRoom {
	#estimate = $state.raw<StorageEstimateInBytes>();
	#isPrivate = $state(false);

	/** The last estimate; undefined until `look` has answered. */
	get current(): StorageEstimateInBytes | undefined {
		return this.#estimate;
	}

	/** See `isPrivateWindow`. */
	get isPrivate(): boolean {
		return this.#isPrivate;
	}

	async look(): Promise<void> {
		[this.#estimate, this.#isPrivate] = await Promise.all([storageEstimate(), isPrivateWindow()]);
	}

	/** Asks for persistence and looks again. */
	async persist(): Promise<boolean> {
		const isPersistent = await askPersistence();
		await this.look();
		return isPersistent;
	}
}

/** The storage's room as a rune, for the screen that shows it. */
export const storageRoom = new StorageRoom();
