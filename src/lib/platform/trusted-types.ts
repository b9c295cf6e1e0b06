/** Where the browser has Trusted Types, a worker's address must come from a policy; elsewhere it is a string. */
interface ScriptUrlPolicy {
	createScriptURL(url: string): unknown;
}
interface PolicyFactory {
	createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
}

let policy: ScriptUrlPolicy | undefined;

function onlyOurs(url: string): string {
	const address = new URL(url, location.href);
	if (address.origin !== location.origin) {
		throw new TypeError('A worker may only come from the address that Portico came from.');
	}
	return address.href;
}

/**
 * The address of a worker or service worker, vouched for: it is of our own origin, or this throws a
 * TypeError. Typed as the string that `Worker` and `register` are typed to take.
 */
export function trustedWorkerUrl(url: string | URL): string {
	const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
	if (!trustedTypes) return onlyOurs(String(url));
	policy ??= trustedTypes.createPolicy('portico-worker', { createScriptURL: onlyOurs });
	return policy.createScriptURL(String(url)) as string;
}
