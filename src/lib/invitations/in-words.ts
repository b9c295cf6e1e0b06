import type { ReportKind } from '$lib/domain/report-kind.ts';
import type { RelaySettings } from '$lib/domain/settings/relay.ts';

/** "1,204 people", "1 person". */
export function counted(count: number, one: string, many: string): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

export const people = (count: number) => counted(count, 'person', 'people');
export const inboxes = (count: number) => counted(count, 'inbox', 'inboxes');
export const messages = (count: number) => counted(count, 'message', 'messages');
export const invitations = (count: number) => counted(count, 'invitation', 'invitations');
export const reminders = (count: number) => counted(count, 'reminder', 'reminders');

/** "3 invitations", "3 reminders": what a report sends. */
export function letters(count: number, kind: ReportKind = 'first'): string {
	return kind === 'waiting' ? reminders(count) : invitations(count);
}

/** "3 of them not shown": checked, but hidden by a filter. */
export function hiddenInWords(hidden: number, checked: number): string {
	if (hidden < checked) return `${hidden.toLocaleString('en')} of them not shown`;
	return checked === 1 ? 'not shown' : 'none of them shown';
}

/** Where mail leaves through, for the last dialog. `origin` is the app's own, `account` who is signed in. */
export function relayInWords({ kind, url }: RelaySettings, origin: string, account = ''): string {
	const as = account === '' ? '' : `, as ${account}`;
	switch (kind) {
		case '':
			return 'no email relay';
		case 'emailjs':
			return 'EmailJS';
		case 'gmail':
			return `Gmail${as}`;
		case 'microsoft':
			return `Microsoft 365${as}`;
		case 'jmap':
			return 'your mail server (JMAP)';
		case 'by-hand':
			return 'you, by hand';
		case 'portico':
			return porticoRelayInWords(url, origin);
	}
}

function porticoRelayInWords(url: string, origin: string): string {
	if (!URL.canParse(url)) return url;
	const relay = new URL(url);
	const isOnThisComputer = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(relay.hostname);
	return relay.origin === origin && isOnThisComputer
		? `the relay on this computer (${relay.host})`
		: relay.host;
}
