import type { LinkSigner } from '$lib/outbox/link-signer.ts';

/** The door's part of a message that is rendered anew; nothing of it is loaded before it is asked for. */
export const signLinks: LinkSigner = async (vault, links) =>
	(await import('$lib/invitations/door/links-anew.ts')).linksAnew(vault, links);
