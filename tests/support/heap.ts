import type { CDPSession } from '@playwright/test';

/** Every string in a context's memory, as its heap snapshot has them. Garbage is collected first. */
export async function heapStrings(session: CDPSession): Promise<string> {
	const pieces: string[] = [];
	const take = ({ chunk }: { chunk: string }) => pieces.push(chunk);
	session.on('HeapProfiler.addHeapSnapshotChunk', take);
	await session.send('HeapProfiler.enable');
	await session.send('HeapProfiler.collectGarbage');
	await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
	session.off('HeapProfiler.addHeapSnapshotChunk', take);
	await session.send('HeapProfiler.disable');
	const { strings } = JSON.parse(pieces.join('')) as { strings: string[] };
	return strings.join('\n');
}
