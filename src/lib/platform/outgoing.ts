/** One request that left this context, as the browser itself counted it. */
export interface Outgoing {
	/** Epoch milliseconds. */
	at: number;
	/** Address without its query; long parts, which may be keys, shortened. */
	where: string;
	/** HTTP status; 0 where none could be read. */
	status: number;
}

const longestPart = 24;
/** What the app itself is made of comes from its own origin: files, fetched to be run or shown. */
const appFile = /\.(js|css|svg|png|woff2|webmanifest|html|json)$/;

/**
 * Calls `note` for every request of this page that is not for a file of the app, those before the call
 * included. It is the browser's own count, so a library's requests are there too.
 */
export function observeOutgoing(note: (requests: Outgoing[]) => void): void {
	if (!PerformanceObserver.supportedEntryTypes?.includes('resource')) return;
	const observer = new PerformanceObserver((list) => {
		const requests = list.getEntries().flatMap((entry) => {
			const { name, startTime, responseStatus = 0 } = entry as PerformanceResourceTiming;
			const where = tellable(name);
			return where === ''
				? []
				: [{ at: performance.timeOrigin + startTime, where, status: responseStatus }];
		});
		if (requests.length > 0) note(requests);
	});
	observer.observe({ type: 'resource', buffered: true });
}

/**
 * The same for a service worker, whose own requests Chromium does not count: what calls `fetch` from now
 * on passes here.
 */
export function watchFetch(note: (requests: Outgoing[]) => void): void {
	const { fetch } = globalThis;
	globalThis.fetch = async (...asked) => {
		const [target] = asked;
		const where = tellable(target instanceof Request ? target.url : String(target));
		const at = Date.now();
		let status = 0;
		try {
			const answer = await fetch(...asked);
			({ status } = answer);
			return answer;
		} finally {
			if (where !== '') note([{ at, where, status }]);
		}
	};
}

/** '' for what does not leave: files of the app, data and blobs. */
function tellable(name: string): string {
	let address: URL;
	try {
		address = new URL(name, location.href);
	} catch {
		return '';
	}
	if (!address.protocol.startsWith('http')) return '';
	const { origin, pathname } = address;
	if (origin === location.origin && (pathname.endsWith('/') || appFile.test(pathname))) return '';
	const parts = pathname
		.split('/')
		.map((part) => (part.length > longestPart ? `${part.slice(0, 8)}…` : part));
	return origin + parts.join('/');
}
