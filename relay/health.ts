import { refusalOf } from './authorise.ts';
import { healthPage } from './health-page.ts';
import { isLoopback } from './origins.ts';
import { html, pagePolicy } from './page.ts';
import { json, problem, type Answer } from './problems.ts';
import type { Relay, RelayRequest } from './relay.ts';

/** `GET /health`: what this is; to who sends a key, also whether it is the right one. A person gets a page. */
export function getHealth(relay: Relay, { raw }: RelayRequest): Answer {
	const { authorization, accept = '' } = raw.headers;
	if (/\btext\/html\b/.test(accept)) return html(healthPage(relay), pagePolicy);
	const refusal = authorization === undefined ? undefined : refusalOf(relay, authorization);
	// Else tokens could be tried here at leisure.
	if (refusal?.status === 429) return refusal;
	return json(200, {
		service: 'portico-relay',
		version: relay.version,
		sender: relay.sender,
		delivers: relay.handOver !== undefined,
		limits: { messagesPerMinute: relay.messagesPerMinute, maxBytes: relay.maxBytes },
		...(relay.takesAnswers ? { answers: true } : {}),
		...(authorization === undefined ? {} : { authorised: refusal === undefined }),
	});
}

/**
 * `GET /portico.json`: by which the app that is served here finds this relay. It gives the key
 * away, so only pages of this origin get it, and none where others on the network could send mail.
 */
export function getIntroduction(relay: Relay, { raw }: RelayRequest): Answer {
	const { host = '', 'sec-fetch-site': site } = raw.headers;
	const isOpenToNetwork = !isLoopback(relay.host);
	if (relay.app.isEmpty || (isOpenToNetwork && relay.handOver)) {
		return problem(404, 'not-found', 'This relay is set up by hand.');
	}
	const isOwnPage = site === 'same-origin' || (site === undefined && namesLoopback(host));
	if (!isOwnPage) return problem(403, 'foreign-origin', 'Only pages of this address may ask.');
	return json(200, { relay: { url: `http://${host}`, token: relay.token } });
}

function namesLoopback(host: string): boolean {
	return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);
}
