import type { IncomingMessage } from 'node:http';

/** Takes one from the bucket: 0 when there was one, else the whole seconds until there will be. */
export type TakeOne = (nowMs: number) => number;

/**
 * A token bucket that holds `perMinute` and refills evenly. `nowMs` must come from a clock that
 * never jumps.
 */
export function createBucket(perMinute: number): TakeOne {
	let tokens = perMinute;
	let filledAtMs: number | undefined;
	return (nowMs) => {
		const passedMs = filledAtMs === undefined ? 0 : Math.max(0, nowMs - filledAtMs);
		filledAtMs = nowMs;
		tokens = Math.min(perMinute, tokens + (passedMs / 60_000) * perMinute);
		if (tokens >= 1) {
			tokens -= 1;
			return 0;
		}
		return Math.max(1, Math.ceil(((1 - tokens) / perMinute) * 60));
	};
}

export type ReadBody = { kind: 'whole'; text: string } | { kind: 'too-large' } | { kind: 'broken' };

/** Reads a request's body up to `maxBytes`, then stops reading. `broken`: cut short or not UTF-8. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<ReadBody> {
	const announced = Number(request.headers['content-length'] ?? 0);
	if (announced > maxBytes) return Promise.resolve({ kind: 'too-large' });
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const end = (result: ReadBody) => {
			request.off('data', onData).off('end', onEnd).off('close', onClose);
			resolve(result);
		};
		const onData = (chunk: Buffer) => {
			size += chunk.length;
			if (size <= maxBytes) return void chunks.push(chunk);
			request.pause();
			end({ kind: 'too-large' });
		};
		const onEnd = () => {
			try {
				const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
				end({ kind: 'whole', text });
			} catch {
				end({ kind: 'broken' });
			}
		};
		const onClose = () => end({ kind: 'broken' });
		request.on('data', onData).on('end', onEnd).on('close', onClose);
		// Without a listener a connection that drops in mid-body would end the process.
		request.on('error', () => undefined);
	});
}
