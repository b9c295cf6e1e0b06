import { problem, type Answer } from './problems.ts';
import type { Relay } from './relay.ts';
import { bearsToken } from './token.ts';

/**
 * Why a request without the right token is turned away; undefined for the right one. Wrong ones are
 * counted, so that nobody can try tokens at leisure; the right one is never held up by others' tries.
 */
export function refusalOf(relay: Relay, authorization: string | undefined): Answer | undefined {
	if (bearsToken(authorization, relay.token)) return undefined;
	const waitSeconds = relay.takeWrongToken(performance.now());
	if (waitSeconds > 0) {
		const detail = 'Too many requests came with a wrong key.';
		return problem(429, 'too-many', detail, { retryAfterSeconds: waitSeconds });
	}
	const detail = 'The header Authorization must bear the key of this relay.';
	return problem(401, 'unauthorised', detail, { headers: { 'www-authenticate': 'Bearer' } });
}
