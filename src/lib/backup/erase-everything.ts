import { eraseMark } from '$lib/platform/erase-mark.ts';

/** What could not be removed, by kind; empty when nothing is left. */
export type Leftover = 'databases' | 'caches' | 'storage' | 'service-workers';

/** Another tab that hangs keeps its database open: longer than this nobody waits for it. */
const patienceMs = 8_000;
/** Other tabs hear of it before their storage goes; what a storage says travels between processes. */
const noticeMs = 250;

/**
 * Removes everything that Portico keeps in this browser: databases with their keys, caches, storages,
 * files, the service worker. Other tabs find their storage taken away. `letGo` closes this tab's own
 * vault. Resolves to what is left.
 */
export async function eraseEverything(letGo: () => void): Promise<Leftover[]> {
	eraseMark.set();
	await rest(noticeMs);
	letGo();
	// First of all: it would open the database anew.
	const workers = await navigator.serviceWorker?.getRegistrations().catch(() => []);
	await Promise.allSettled((workers ?? []).map((worker) => worker.unregister()));
	await Promise.allSettled((await databaseNames()).map(removeDatabase));
	const caches = globalThis.caches;
	if (caches) await Promise.allSettled((await caches.keys()).map((name) => caches.delete(name)));
	await removeFiles().catch(() => {});
	clearStorages();
	// What another tab still wrote as its storage went.
	await rest(noticeMs);
	clearStorages();
	return whatIsLeft();
}

/** Where a browser does not list them. */
const ownDatabases = ['portico', 'portico-folder', 'portico-requests'];

async function databaseNames(): Promise<string[]> {
	const listed = await indexedDB.databases?.().catch(() => undefined);
	return listed?.flatMap(({ name }) => name ?? []) ?? ownDatabases;
}

function removeDatabase(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new Error('The database stayed'));
		setTimeout(() => reject(new Error('Another tab keeps the database')), patienceMs);
	});
}

/** The site's own file system: nothing of ours lies there, and nothing may. */
async function removeFiles(): Promise<void> {
	const root = (await navigator.storage?.getDirectory?.()) as
		(FileSystemDirectoryHandle & { keys(): AsyncIterableIterator<string> }) | undefined;
	if (!root) return;
	const names: string[] = [];
	for await (const name of root.keys()) names.push(name);
	for (const name of names) await root.removeEntry(name, { recursive: true });
}

function clearStorages(): void {
	for (const storage of [globalThis.localStorage, globalThis.sessionStorage])
		try {
			storage.clear();
		} catch {
			// A browser that refuses storage keeps nothing in it.
		}
}

async function whatIsLeft(): Promise<Leftover[]> {
	const left: Leftover[] = [];
	const databases = await indexedDB.databases?.().catch(() => []);
	if (databases && databases.length > 0) left.push('databases');
	if (globalThis.caches && (await globalThis.caches.keys()).length > 0) left.push('caches');
	if (globalThis.localStorage.length > 0) left.push('storage');
	const workers = await navigator.serviceWorker?.getRegistrations().catch(() => []);
	// One that still looks after this page goes with it.
	if (workers?.some(({ active }) => active && active !== navigator.serviceWorker.controller))
		left.push('service-workers');
	return left;
}

function rest(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
