import { version } from '$app/environment';
import { keepDelivering } from '$lib/outbox/wake.ts';
import { watchOver } from '$lib/outbox/witness.ts';
import { discoverRelay } from '$lib/settings/discover-relay.ts';
import { VaultProblem } from '$lib/vault/problems.ts';
import { theKeyHolder, theVault, whenHeldUp, whenWaitingToUnlock } from '$lib/vault/the-vault.ts';
import type { Vault } from '$lib/vault/types.ts';
import { tick } from 'svelte';

const longestLeavingMs = 4_000;
const quietStartMs = 3_000;
const heldUpWords =
	'Another tab holds an older form of your data. Close the other tabs of Portico: this one goes on by itself.';
const noWatchWords =
	'Portico could not load what locks it after idle time. Lock it by hand, or reload.';

/** Opens the vault and sets the outbox going; what went wrong stands in its fields, for the frame to say. */
export class StartUp {
	/** Why nothing could be opened; '' when it could. */
	failure = $state('');
	/** What part of the data could not be read, or what it waits for. */
	damage = $state('');
	/** The database is empty, and this device remembers that it was not. */
	isLost = $state(false);
	/** The browser took the database away while this page was open. */
	isTakenAway = $state(false);
	/** A passphrase is set, and nobody has unlocked yet. */
	isLocked = $state(false);
	/** All that is on the screen and in memory goes, by a reload that is under way. */
	isLocking = $state(false);
	/** A passphrase is set. */
	isProtected = $state(false);

	/** Returns a function that stops the outbox in this page. */
	run(): () => void {
		const noting = setTimeout(() => void keepRequestLog(), quietStartMs);
		let stopDelivering: (() => void) | undefined;
		let stopWatching: (() => void) | undefined;
		let isGone = false;
		const keys = theKeyHolder();
		const stopListening = [
			whenWaitingToUnlock(() => (this.isLocked = true)),
			whenHeldUp(() => (this.damage = heldUpWords)),
			keys.whenReleased(() => {
				this.isProtected = false;
				stopWatching?.();
			}),
			keys.whenLocked(() => {
				this.isLocking = true;
				stopDelivering?.();
				void reloadAtRest();
			}),
		];
		const start = async () => {
			const vault = await theVault().catch((error: unknown) => {
				this.failure = wordsOf(error);
			});
			this.isLocked = false;
			if (this.damage === heldUpWords) this.damage = '';
			if (!vault) return;
			const watch = async () => {
				if (this.isProtected || !keys.isHolding) return;
				this.isProtected = true;
				// Its code comes only where a passphrase is set.
				const { keepWatch } = await import('$lib/security/keep-watch.ts');
				const stop = await keepWatch(vault);
				if (this.isProtected && !isGone) stopWatching = stop;
				else stop();
			};
			// It would never lock by itself: that must not go unsaid.
			const keepWatching = () => void watch().catch(() => (this.damage = noWatchWords));
			keepWatching();
			stopListening.push(keys.whenGiven(keepWatching));
			vault.whenLost(() => {
				this.isTakenAway = true;
				stopDelivering?.();
			});
			this.isLost = (await watchOver(vault, Date.now())) === 'gone';
			// After a loss nothing is written until the person has answered: the loss must not look mended.
			if (!this.isLost) void discoverRelay(vault);
			const stop = await keepDelivering(vault);
			backUpByItself(vault).catch(() => {});
			if (this.isProtected) tellInterrupted(vault).catch(() => {});
			if (isGone) stop();
			else stopDelivering = stop;
		};
		start().catch((error: unknown) => (this.damage = wordsOf(error)));
		return () => {
			isGone = true;
			clearTimeout(noting);
			stopDelivering?.();
			stopWatching?.();
			for (const stop of stopListening) stop();
		};
	}
}

/** The browser remembers what was requested before: the first screen does not wait for it. */
async function keepRequestLog(): Promise<void> {
	try {
		const { noteRequests } = await import('$lib/security/note-requests.ts');
		noteRequests('page');
	} catch {
		// Offline before anything was kept for it: the next start has it.
	}
}

/** A message that is leaving is waited for, but not for long: nothing else of this page outlives the lock. */
async function reloadAtRest(): Promise<void> {
	const signal = AbortSignal.timeout(longestLeavingMs);
	// The screen is empty by then, and asks nothing about what was typed.
	await tick();
	await navigator.locks?.request('portico/outbox', { signal }, () => {}).catch(() => {});
	location.reload();
}

/** Its code comes only where somebody unlocked. */
async function tellInterrupted(vault: Vault): Promise<void> {
	const told = await import('$lib/security/tell-interrupted.ts');
	await told.tellInterrupted(vault);
}

/** Its code comes only where a person asked for it; trouble is told in the settings. */
async function backUpByItself(vault: Vault): Promise<void> {
	const rows = (await vault.load('settings')).rows('settings');
	if (!rows.some((row) => row.id === 'auto-backup' && row.isOn)) return;
	const { keepDaily } = await import('$lib/backup/auto/run-daily.ts');
	await keepDaily(vault, version);
}

function wordsOf(error: unknown): string {
	if (error instanceof VaultProblem) return error.message;
	const name = error instanceof Error ? ` (${error.name})` : '';
	return `Something unexpected stopped it${name}. Nothing was changed. Reload to try again.`;
}
