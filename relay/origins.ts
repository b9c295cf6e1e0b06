import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

export function isLoopback(host: string): boolean {
	return loopbackNames.has(host) || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Whether the Host header names a relay that listens on loopback only. A page elsewhere could
 * otherwise point its own name at 127.0.0.1 and read the mailbox as its own (DNS rebinding).
 */
export function isKnownHost(
	header: string | undefined,
	boundTo: string,
	origins: string[],
): boolean {
	if (!isLoopback(boundTo)) return true;
	const url = URL.canParse(`http://${header}`) ? new URL(`http://${header}`) : undefined;
	if (!url || !header) return false;
	return isLoopback(url.hostname) || origins.some((origin) => new URL(origin).host === url.host);
}

export type Caller = 'same' | 'allowed' | 'foreign';

/** Whence a request comes: from the relay's own pages (or from no page), a configured origin, elsewhere. */
export function callerOf(headers: IncomingHttpHeaders, origins: string[]): Caller {
	const { origin, host } = headers;
	if (origin === undefined) return 'same';
	if (origins.includes(origin)) return 'allowed';
	return URL.canParse(origin) && new URL(origin).host === host ? 'same' : 'foreign';
}

/** Whether another site's page asked (not by a link a person followed); browsers say so, others say nothing. */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
	const site = headers['sec-fetch-site'];
	if (headers['sec-fetch-mode'] === 'navigate') return false;
	return site === 'cross-site' || site === 'same-site';
}

export function corsHeaders(headers: IncomingHttpHeaders, caller: Caller): OutgoingHttpHeaders {
	if (caller !== 'allowed' || headers.origin === undefined) return {};
	return {
		'access-control-allow-origin': headers.origin,
		'access-control-expose-headers': 'Retry-After',
	};
}

export function preflightHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
	const asksForLocalNetwork = headers['access-control-request-private-network'] === 'true';
	return {
		'access-control-allow-methods': 'GET, POST, DELETE',
		'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key',
		'access-control-max-age': '7200',
		...(asksForLocalNetwork ? { 'access-control-allow-private-network': 'true' } : {}),
	};
}
