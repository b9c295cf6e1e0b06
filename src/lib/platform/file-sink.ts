type Bytes = Uint8Array<ArrayBuffer>;

/** A file that is being written. */
export interface FileSink {
	write(piece: Bytes): Promise<void>;
	/** The file is whole; resolves to it. Only now does it take the place of an older one of its name. */
	close(): Promise<Blob>;
	/** It is not wanted: nothing is left of it. */
	abort(): Promise<void>;
}

export interface FileKind {
	/** In words, for the browser's window. */
	description: string;
	/** MIME type. */
	type: string;
	/** With its dot. */
	ending: `.${string}`;
}

/** Not in every browser, nor in TypeScript's library: https://wicg.github.io/file-system-access/ */
interface SavePicker {
	showSaveFilePicker?(options: {
		suggestedName: string;
		types: { description: string; accept: Record<string, string[]> }[];
	}): Promise<FileSystemFileHandle>;
}

/** Pieces of a download are handed to the browser by the megabyte, which may put them on disk. */
const blobBytes = 4_000_000;

/**
 * Asks where a file is to go, and writes it piece by piece; where the browser can't ask, it is a download.
 * Call it at once when a button is pressed: browsers allow the question for a few seconds only. Undefined
 * when the person decided otherwise.
 */
export async function openFileSink(name: string, kind: FileKind): Promise<FileSink | undefined> {
	const { showSaveFilePicker } = globalThis as SavePicker;
	if (!showSaveFilePicker) return downloadSink(name, kind.type);
	try {
		const handle = await showSaveFilePicker.call(globalThis, {
			suggestedName: name,
			types: [{ description: kind.description, accept: { [kind.type]: [kind.ending] } }],
		});
		return await handleSink(handle);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return undefined;
		return downloadSink(name, kind.type);
	}
}

/** Writes a file that the browser lets us write. */
export async function handleSink(handle: FileSystemFileHandle): Promise<FileSink> {
	const writable = await handle.createWritable();
	return {
		write: (piece) => writable.write(piece),
		async close() {
			await writable.close();
			return handle.getFile();
		},
		abort: () => writable.abort().catch(() => {}),
	};
}

function downloadSink(name: string, type: string): FileSink {
	let pieces: BlobPart[] = [];
	let bytes = 0;
	let whole = new Blob([], { type });
	const fold = () => {
		whole = new Blob([whole, ...pieces], { type });
		pieces = [];
		bytes = 0;
	};
	return {
		async write(piece) {
			pieces.push(piece);
			bytes += piece.length;
			if (bytes > blobBytes) fold();
		},
		async close() {
			fold();
			const link = document.createElement('a');
			link.href = URL.createObjectURL(whole);
			link.download = name;
			link.click();
			// The browser has to have begun with it before its address goes.
			setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
			return whole;
		},
		async abort() {
			pieces = [];
			whole = new Blob([]);
		},
	};
}
