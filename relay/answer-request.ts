import type { IncomingMessage } from 'node:http';
import { callerOf, corsHeaders, isCrossSite, isKnownHost, preflightHeaders } from './origins.ts';
import { problem, type Answer } from './problems.ts';
import type { Relay } from './relay.ts';
import { routeOf, type Route } from './routes.ts';
import { safetyHeaders } from './safety-headers.ts';

export interface Answered {
	answer: Answer;
	/** What the log may tell of the path. */
	routeName: string;
	/** Where our own code failed, without the error's message: that could quote the request. */
	fault: string;
}

/** Answers one request; never rejects. */
export async function answerRequest(relay: Relay, raw: IncomingMessage): Promise<Answered> {
	const path = decodedPath(raw.url ?? '');
	const { route, parameter } = routeOf(path ?? '');
	const caller = callerOf(raw.headers, relay.origins);
	let answer: Answer;
	let fault = '';
	try {
		answer =
			refusal(relay, raw, route, path) ??
			(await callRoute(relay, raw, route, path ?? '', parameter));
	} catch (error) {
		const { code, name, stack = '' } = error as NodeJS.ErrnoException;
		fault = [code ?? name, ...stack.split('\n').filter((line) => /^ +at /.test(line))].join('\n');
		answer = problem(500, 'internal', 'An unexpected error stopped the request.');
	}
	const vary = ['Origin', answer.headers.vary].filter(Boolean).join(', ');
	const cors = route.isForOrigins ? corsHeaders(raw.headers, caller) : {};
	const headers = { ...safetyHeaders, ...answer.headers, ...cors, vary };
	return { answer: { ...answer, headers }, routeName: route.name, fault };
}

/** Why a request is not looked at, or undefined. */
function refusal(
	relay: Relay,
	raw: IncomingMessage,
	route: Route,
	path: string | undefined,
): Answer | undefined {
	if (!isKnownHost(raw.headers.host, relay.host, relay.origins)) {
		return problem(403, 'foreign-host', 'Use the address that the relay printed as it started.');
	}
	const caller = callerOf(raw.headers, relay.origins);
	const isForeign = caller === 'foreign' || (caller === 'allowed' && !route.isForOrigins);
	const isHidden = !route.isForOrigins && isCrossSite(raw.headers);
	if (isForeign || isHidden) {
		return problem(403, 'foreign-origin', 'The relay was not told to trust the page that asks.');
	}
	if (path === undefined) return problem(400, 'bad-request', 'The address cannot be read.');
	return undefined;
}

async function callRoute(
	relay: Relay,
	raw: IncomingMessage,
	route: Route,
	path: string,
	parameter: string,
): Promise<Answer> {
	const method = raw.method === 'HEAD' ? 'GET' : (raw.method ?? '');
	if (method === 'OPTIONS' && route.isForOrigins) {
		return { status: 204, headers: preflightHeaders(raw.headers), body: '' };
	}
	const answer = route.methods[method];
	if (answer) return answer(relay, { method, path, parameter, raw });
	const allow = Object.keys(route.methods).flatMap((name) =>
		name === 'GET' ? ['GET', 'HEAD'] : [name],
	);
	const headers = { allow: allow.join(', ') };
	return problem(405, 'method-not-allowed', 'This address does not take that.', { headers });
}

function decodedPath(url: string): string | undefined {
	try {
		return decodeURIComponent(url.split('?', 1)[0] ?? '');
	} catch {
		return undefined;
	}
}
