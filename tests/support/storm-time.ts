// To be imported before anything that imports Dexie: what hangs on the machine's speed would make a
// storm unrepeatable. Dexie tells other contexts of each write through a channel, which all contexts
// of one process hear anyway; and its live queries wait for timers of no length.
Reflect.deleteProperty(globalThis, 'BroadcastChannel');
const setTimer = globalThis.setTimeout;
Object.assign(globalThis, {
	setTimeout: (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
		ms > 1 ? setTimer(callback, ms, ...args) : setImmediate(callback, ...args),
});
