import type { RelayHealth } from './relay.ts';

/** A send that takes longer has an unknown outcome. */
export const sendLimitMs = 30_000;
export const askLimitMs = 10_000;
const reachLimitMs = 5_000;

/** What every request of a relay has in common: nothing of the page goes along, nothing is kept. */
export const privately = {
	cache: 'no-store',
	credentials: 'omit',
	redirect: 'error',
	referrerPolicy: 'no-referrer',
} as const satisfies RequestInit;

/** Whether anything answers there at all; what it answers is not even readable. */
export async function isThere(url: string): Promise<boolean> {
	try {
		await fetch(url, {
			...privately,
			method: 'HEAD',
			mode: 'no-cors',
			redirect: 'follow',
			signal: AbortSignal.timeout(reachLimitMs),
		});
		return true;
	} catch {
		return false;
	}
}

export function isOffline(): boolean {
	return globalThis.navigator?.onLine === false;
}

export const wasOffline = { kind: 'unreachable', detail: 'This device was offline.' } as const;

/** A `fetch` cannot tell "offline" from "sent, answer lost": no answer is never "not sent". */
export function unknownAfter(error: unknown, name: string) {
	const isLate = error instanceof DOMException && error.name === 'TimeoutError';
	const detail = isLate
		? `${name} did not answer in time.`
		: `The connection broke before ${name} answered.`;
	return { kind: 'unknown', detail } as const;
}

export function trouble(words: string): RelayHealth {
	return { kind: 'trouble', words };
}

/** What was answered, as JSON of unknown shape; undefined when it is none. */
export async function jsonOf(answer: Response): Promise<unknown> {
	try {
		return (await answer.json()) as unknown;
	} catch {
		return undefined;
	}
}

/** A member of a value of unknown shape; undefined when it has none of that name. */
export function member(value: unknown, ...path: string[]): unknown {
	let at = value;
	for (const name of path) {
		if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
		at = (at as Record<string, unknown>)[name];
	}
	return at;
}

/** The same as a text of bearable length; '' when it is none. */
export function textAt(value: unknown, ...path: string[]): string {
	const text = member(value, ...path);
	return typeof text === 'string' ? text.slice(0, 300) : '';
}
