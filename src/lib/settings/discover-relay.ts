import { settingsFrom } from '$lib/domain/settings.ts';
import type { Vault } from '$lib/vault/types.ts';

const patienceMs = 5_000;

/**
 * Where none is set up, looks for a relay that is served beside the app (`npm start` does) and keeps
 * its address and token. Only the app's own origin is asked; elsewhere nothing answers and nothing
 * happens. Resolves to whether a relay was found. Never throws: the next start looks again.
 */
export async function discoverRelay(vault: Vault, ask: typeof fetch = fetch): Promise<boolean> {
	try {
		const before = await vault.load('settings');
		if (hasRelay(before.rows('settings'))) return false;
		const found = await introduction(ask);
		return found !== undefined && (await keep(vault, found));
	} catch {
		// What is wrong with the vault is said by the frame.
		return false;
	}
}

interface Introduction {
	url: string;
	token: string;
}

async function keep(vault: Vault, found: Introduction): Promise<boolean> {
	const receipt = await vault.commit(
		(now) => {
			const rows = now.rows('settings');
			// A person may have set one up while the answer was on its way.
			if (hasRelay(rows)) return undefined;
			const relay = { ...settingsFrom(rows, 'relay'), kind: 'portico' as const, ...found };
			return { put: { settings: [relay] } };
		},
		{ what: 'relay found', count: 1 },
		{ needs: ['settings'] },
	);
	return receipt !== undefined;
}

function hasRelay(rows: Parameters<typeof settingsFrom>[0]): boolean {
	// A person who emptied the address wants none: only who never chose is offered one.
	return rows.some((row) => row.id === 'relay');
}

async function introduction(ask: typeof fetch): Promise<Introduction | undefined> {
	try {
		const answer = await ask('./portico.json', {
			cache: 'no-store',
			credentials: 'omit',
			redirect: 'error',
			signal: AbortSignal.timeout(patienceMs),
		});
		if (!answer.ok) return undefined;
		const { relay } = (await answer.json()) as { relay?: { url?: unknown; token?: unknown } };
		if (typeof relay?.url !== 'string' || typeof relay.token !== 'string') return undefined;
		return /^https?:\/\//.test(relay.url) ? { url: relay.url, token: relay.token } : undefined;
	} catch {
		// Offline, or a host that answers everything with its start page.
		return undefined;
	}
}
