import { dropNetwork } from '$lib/imports/no-network.ts';
import { expect, it } from 'vitest';

it('leaves a worker no way out, and none can be put back', () => {
	const base = { fetch: () => 1, WebSocket: () => 2 };
	const scope = Object.create(base) as {
		fetch?: unknown;
		XMLHttpRequest?: unknown;
		WebSocket?: unknown;
	};
	scope.XMLHttpRequest = () => 2;
	dropNetwork(scope);
	expect([scope.fetch, scope.XMLHttpRequest, scope.WebSocket]).toEqual([
		undefined,
		undefined,
		undefined,
	]);
	expect('fetch' in base).toBe(false);
	expect(Reflect.set(scope, 'fetch', () => 2)).toBe(false);
});
