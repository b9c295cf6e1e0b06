import { observeOutgoing, type Outgoing, watchFetch } from '$lib/platform/outgoing.ts';
import { logRequests } from '$lib/vault/request-log.ts';

/** Keeps a log of every request that this context makes. A full disk costs only the log. */
export function noteRequests(by: 'page' | 'worker'): void {
	const note = (requests: Outgoing[]) => {
		logRequests(requests.map((request) => ({ ...request, by }))).catch(() => undefined);
	};
	if (by === 'page') observeOutgoing(note);
	else watchFetch(note);
}
