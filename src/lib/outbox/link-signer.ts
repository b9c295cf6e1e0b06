import type { Client } from '$lib/domain/client.ts';
import type { Vault } from '$lib/vault/types.ts';
import { getContext, setContext } from 'svelte';

/** A message whose signed link may greet by a name of yesterday. */
export interface LinkToSign {
	/** As she is written to. */
	client: Client;
	code: string;
	/** Epoch milliseconds. */
	expiresAt: number;
	/** As it was frozen. */
	link: string;
}

/** The links as they would be made now, in the order; one that says the same already stays. */
export type LinkSigner = (vault: Vault, links: readonly LinkToSign[]) => Promise<string[]>;

const key = Symbol('link signer');

/** What signs links is another part of the app: the page that shows messages brings it along. */
export function provideLinkSigner(signer: LinkSigner): void {
	setContext(key, signer);
}

/** Undefined where the page brought none: links stay as they were frozen. */
export function linkSigner(): LinkSigner | undefined {
	return getContext<LinkSigner | undefined>(key);
}
