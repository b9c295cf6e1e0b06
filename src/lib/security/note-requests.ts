import { observeOutgoing } from '$lib/platform/outgoing.ts';
import { logRequests } from '$lib/vault/request-log.ts';

/** Keeps a log of every request that this context makes from its start on. A full disk costs only the log. */
export function noteRequests(by: 'page' | 'worker'): void {
	observeOutgoing((requests) => {
		logRequests(requests.map((request) => ({ ...request, by }))).catch(() => undefined);
	});
}
