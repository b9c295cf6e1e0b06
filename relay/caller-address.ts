import type { IncomingMessage } from 'node:http';
import { createBucket, type TakeOne } from './limits.ts';
import { isLoopback } from './origins.ts';

/**
 * Whence a request comes, to be counted by and never kept. A web server on this computer, which adds HTTPS,
 * says for whom it asks; anybody else who says so is not believed.
 */
export function callerAddress({ socket, headers }: IncomingMessage): string {
	const direct = socket.remoteAddress ?? '';
	const said = headers['x-forwarded-for'];
	if (!isLoopback(direct.replace(/^::ffff:/, '')) || said === undefined) return direct;
	const hops = (Array.isArray(said) ? said.join(',') : said).split(',');
	return hops.at(-1)?.trim() || direct;
}

/** Takes one for an address: 0 when it may, else the whole seconds until it may. */
export type TakeOneOf = (address: string, nowMs: number) => number;

/** More addresses than these are counted together: nobody fills the memory by coming from everywhere. */
const mostAddresses = 5_000;

/** A bucket for each address that was seen lately, and one for all the others. */
export function createBuckets(perMinute: number): TakeOneOf {
	let buckets = new Map<string, TakeOne>();
	let startedAtMs: number | undefined;
	const others = createBucket(perMinute * 10);
	return (address, nowMs) => {
		startedAtMs ??= nowMs;
		// A bucket is full again after a minute: to forget it then changes nothing.
		if (nowMs - startedAtMs > 120_000) [buckets, startedAtMs] = [new Map(), nowMs];
		let take = buckets.get(address);
		if (!take) {
			if (buckets.size >= mostAddresses) return others(nowMs);
			buckets.set(address, (take = createBucket(perMinute)));
		}
		return take(nowMs);
	};
}
