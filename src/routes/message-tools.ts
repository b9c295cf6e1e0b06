import type { MessageTools } from '$lib/invitations/editor/tools.ts';

const load = () => import('$lib/settings/relay-setup/message-tools.ts');

/** The relay's part of the message editor; nothing of it is loaded before it is asked for. */
export const messageTools: MessageTools = {
	sendTest: async (message) => (await load()).sendTest(message),
	whatLeaves: async (message) => (await load()).requestFor(message),
};
