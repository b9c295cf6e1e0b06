/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
import { build, files, prerendered, version } from '$service-worker';
import { deliver } from '$lib/outbox/deliver.ts';
import { countOpen } from '$lib/outbox/open-messages.ts';
import { outboxPorts } from '$lib/outbox/ports.ts';
import { showAppBadge } from '$lib/platform/app-badge.ts';
import { outboxSyncTag, retireWorker } from '$lib/platform/background-sync.ts';
import { workerRelays } from '$lib/relay/worker-relays.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { noteRequests } from '$lib/security/note-requests.ts';
import type { Vault } from '$lib/vault/types.ts';
import { openWorkerVault } from '$lib/vault/sealed-vault.ts';
import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope;

interface SyncEvent extends ExtendableEvent {
	readonly tag: string;
}

/** An undo window that ends this soon is waited for; anything later is the browser's next sync. */
const longestWaitMs = 20_000;

/** A new version was agreed to: this worker must come to rest, or the browser keeps it for minutes. */
const retired = new AbortController();

// Built files carry their hash in the name; the others are known by the version.
const shell = new URL('./', self.location.href).pathname;
const shelf = new PrecacheController();
shelf.addToCacheList([
	...build.map((url) => ({ url, revision: null })),
	...[shell, ...files, ...prerendered].map((url) => ({ url, revision: version })),
]);
registerRoute(new PrecacheRoute(shelf));
cleanupOutdatedCaches();
// The router reads the hash, so every page of the app is the same document.
registerRoute(
	new NavigationRoute(shelf.createHandlerBoundToURL(shell), {
		allowlist: [new RegExp(`^${shell.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(index\\.html)?$`)],
	}),
);

noteRequests('worker');

self.addEventListener('message', (event: ExtendableMessageEvent) => {
	// A new version waits until the person says 'Update' (workbox-window's messageSkipWaiting).
	const { type } = (event.data ?? {}) as { type?: unknown };
	if (type === 'SKIP_WAITING') void self.skipWaiting();
	if (type === retireWorker) retired.abort();
});

self.addEventListener('install', (event: ExtendableEvent) => {
	event.waitUntil(shelf.install(event).catch(makeRoom));
});

self.addEventListener('activate', (event: ExtendableEvent) => {
	event.waitUntil(shelf.activate(event));
	// The first visit is offline-ready without a reload.
	event.waitUntil(self.clients.claim());
});

self.addEventListener('sync', ((event: SyncEvent) => {
	if (event.tag === outboxSyncTag) event.waitUntil(deliverOutbox());
}) as EventListener);

/** On a disk too small for the app's own files, half of them must not take the room of the clients. */
async function makeRoom(trouble: unknown): Promise<never> {
	// What an older version is served from stays.
	if (!self.registration.active) await caches.delete(shelf.strategy.cacheName);
	throw trouble;
}

/** Rejects while the relay is out of reach: the browser then tries again later, by its own backoff. */
async function deliverOutbox(): Promise<void> {
	const vault = await openUnlocked();
	// Nothing is sent until somebody unlocks; the page asks for another sync then.
	if (!vault) return;
	const locked = new AbortController();
	vault.whenLocked(() => locked.abort());
	const until = Date.now() + longestWaitMs;
	const stop = AbortSignal.any([retired.signal, locked.signal]);
	const ports = outboxPorts(vault, stop, workerRelays);
	try {
		for (;;) {
			const { nextAt, isReachable } = await deliver(ports);
			if (stop.aborted) return;
			if (!isReachable) throw new Error('The relay is out of reach');
			if (nextAt === undefined || nextAt > until) return;
			await pause(nextAt - Date.now(), stop);
		}
	} finally {
		if (!locked.signal.aborted) await showOpen(vault).catch(() => undefined);
		vault.close();
	}
}

/** Undefined while Portico is locked: an open page hands the key over, a locked one does not. */
async function openUnlocked(): Promise<Vault | undefined> {
	try {
		return await openWorkerVault();
	} catch (error) {
		if (error instanceof VaultProblem && error.kind === 'locked') return undefined;
		throw error;
	}
}

async function showOpen(vault: Vault): Promise<void> {
	const { waiting, needYou } = countOpen((await vault.load('messages')).rows('messages'));
	showAppBadge(waiting + needYou);
}

/** Ends early when this worker is to stop. */
function pause(ms: number, stop: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, Math.max(ms, 0));
		stop.addEventListener('abort', () => resolve(), { once: true });
	});
}
