import type { RelaySettings } from '$lib/domain/settings.ts';

/** "1,204 people", "1 person". */
export function counted(count: number, one: string, many: string): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

export const people = (count: number) => counted(count, 'person', 'people');
export const inboxes = (count: number) => counted(count, 'inbox', 'inboxes');
export const invitations = (count: number) => counted(count, 'invitation', 'invitations');

/** Where mail leaves through, for the last dialog. `origin` is the app's own. */
export function relayInWords({ url }: Pick<RelaySettings, 'url'>, origin: string): string {
	if (!URL.canParse(url)) return url;
	const relay = new URL(url);
	const isOnThisComputer = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(relay.hostname);
	return relay.origin === origin && isOnThisComputer
		? `the relay on this computer (${relay.host})`
		: relay.host;
}
