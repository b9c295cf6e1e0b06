import { handleSink, type FileSink } from './file-sink.ts';

/** What a browser that has it knows beyond TypeScript's library: https://wicg.github.io/file-system-access/ */
interface Folder extends FileSystemDirectoryHandle {
	queryPermission?(mode: { mode: 'readwrite' }): Promise<PermissionState>;
	requestPermission?(mode: { mode: 'readwrite' }): Promise<PermissionState>;
	keys(): AsyncIterableIterator<string>;
}
interface FolderPicker {
	showDirectoryPicker?(options: { id: string; mode: 'readwrite' }): Promise<Folder>;
}

const databaseName = 'portico-folder';
const storeName = 'folders';
const key = 'backups';

/** Whether this browser can write into a folder that a person chose. */
export function canKeepFolder(): boolean {
	return 'showDirectoryPicker' in globalThis;
}

/**
 * A folder that a person chose once, and that the browser remembers across visits. Its handle can only
 * live in IndexedDB, which knows its name and nothing of what is in it.
 */
export class KeptFolder {
	readonly #folder: Folder;

	constructor(folder: FileSystemDirectoryHandle) {
		this.#folder = folder as Folder;
	}

	get name(): string {
		return this.#folder.name;
	}

	/** Whether it can be written without asking. */
	async isOpen(): Promise<boolean> {
		return (await this.#folder.queryPermission?.({ mode: 'readwrite' })) !== 'prompt';
	}

	/** Asks for it again; at once when a button is pressed. */
	async askAgain(): Promise<boolean> {
		return (await this.#folder.requestPermission?.({ mode: 'readwrite' })) !== 'denied';
	}

	async names(): Promise<string[]> {
		const names: string[] = [];
		for await (const name of this.#folder.keys()) names.push(name);
		return names;
	}

	async openFile(name: string): Promise<FileSink> {
		return handleSink(await this.#folder.getFileHandle(name, { create: true }));
	}

	async remove(name: string): Promise<void> {
		await this.#folder.removeEntry(name);
	}
}

/** Asks for a folder and remembers it; undefined when the person decided otherwise. */
export async function chooseFolder(): Promise<KeptFolder | undefined> {
	const { showDirectoryPicker } = globalThis as FolderPicker;
	if (!showDirectoryPicker) return undefined;
	try {
		const folder = await showDirectoryPicker.call(globalThis, {
			id: 'portico-backups',
			mode: 'readwrite',
		});
		await inStore('readwrite', (store) => store.put(folder, key));
		return new KeptFolder(folder);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return undefined;
		throw error;
	}
}

export async function keptFolder(): Promise<KeptFolder | undefined> {
	const folder = await inStore('readonly', (store) => store.get(key));
	return folder ? new KeptFolder(folder as FileSystemDirectoryHandle) : undefined;
}

export async function forgetFolder(): Promise<void> {
	await inStore('readwrite', (store) => store.delete(key));
}

async function inStore(
	mode: IDBTransactionMode,
	task: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
	const opening = indexedDB.open(databaseName, 1);
	opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
	const database = (await done(opening)) as IDBDatabase;
	try {
		return await done(task(database.transaction(storeName, mode).objectStore(storeName)));
	} finally {
		database.close();
	}
}

function done(request: IDBRequest): Promise<unknown> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('The folder is not to be had'));
	});
}
