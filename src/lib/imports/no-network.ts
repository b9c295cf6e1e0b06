/** Whatever could send what a file holds. Modules that are not loaded yet still load. */
const waysOut = [
	'fetch',
	'XMLHttpRequest',
	'WebSocket',
	'WebSocketStream',
	'WebTransport',
	'EventSource',
	'RTCPeerConnection',
	'importScripts',
	'Worker',
	'SharedWorker',
	'caches',
];

/** Takes the network away from this context for good: a policy in a `<meta>` does not bind workers. */
export function dropNetwork(scope: object = globalThis): void {
	for (const name of waysOut) {
		for (let at: object | null = scope; at; at = Object.getPrototypeOf(at) as object | null)
			if (Object.hasOwn(at, name)) Reflect.deleteProperty(at, name);
		Reflect.defineProperty(scope, name, { value: undefined, writable: false, configurable: false });
	}
}
