import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { createBucket, type TakeOne } from './limits.ts';
import { isLoopback } from './origins.ts';

/**
 * Whence a request comes, to be counted by and never kept. A web server on this computer, which adds HTTPS,
 * says for whom it asks; anybody else who says so is not believed.
 */
export function callerAddress({ socket, headers }: IncomingMessage): string {
	const direct = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
	const said = headers['x-forwarded-for'];
	if (!isLoopback(direct) || said === undefined) return networkOf(direct);
	const hops = (Array.isArray(said) ? said.join(',') : said).split(',');
	return networkOf(hops.at(-1)?.trim() || direct);
}

/** One connection has 2^64 addresses of IPv6, which count as one; an address of IPv4 is its own network. */
function networkOf(address: string): string {
	if (!isIPv6(address)) return address;
	const { hostname } = new URL(`http://[${address.split('%', 1)[0]}]`);
	const [head = '', tail = ''] = hostname.slice(1, -1).split('::');
	const groups = head === '' ? [] : head.split(':');
	const known = groups.length + (tail === '' ? 0 : tail.split(':').length);
	const filled = hostname.includes('::') ? Array.from({ length: 8 - known }, () => '0') : [];
	const last = tail === '' ? [] : tail.split(':');
	return [...groups, ...filled, ...last].slice(0, 4).join(':');
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
