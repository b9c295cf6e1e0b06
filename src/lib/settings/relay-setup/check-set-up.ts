import type { RelayKind } from '$lib/domain/settings/relay.ts';
import { isPortalAddress } from '$lib/domain/web-address.ts';
import type { Pace, SetUps } from './set-ups.ts';

export const mostMessagesPerSecond = 100;

/** What is wrong with what was typed, by field, and how to mend it; '' where nothing is. */
export function checkSetUp<Kind extends RelayKind>(
	kind: Kind,
	setUp: SetUps[Kind],
): Record<string, string> {
	const checks: { [K in RelayKind]: (of: SetUps[K]) => Record<string, string> } = {
		portico: ({ url, token }) => ({
			url: isSafeAddress(url) && !/[?#]/.test(url) ? '' : relayAddressHint,
			token: needed(token, 'Enter the token that the relay was set up with.'),
		}),
		emailjs: ({ publicKey, serviceId, templateId }) => ({
			publicKey: needed(publicKey, "Enter the public key: EmailJS → 'Account'."),
			serviceId: needed(serviceId, "Enter the service ID: EmailJS → 'Email Services'."),
			templateId: needed(templateId, "Enter the template ID: EmailJS → 'Email Templates'."),
		}),
		gmail: ({ clientId }) => ({
			clientId: /^[\w-]+\.apps\.googleusercontent\.com$/.test(clientId.trim())
				? ''
				: 'Enter the client ID; it ends in .apps.googleusercontent.com.',
		}),
		microsoft: ({ clientId, tenant }) => ({
			clientId: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(clientId.trim())
				? ''
				: "Enter the 'Application (client) ID': 32 letters and figures with four hyphens.",
			tenant: /^[\w.-]+$/.test(tenant.trim())
				? ''
				: "Enter 'common', or the 'Directory (tenant) ID'.",
		}),
		jmap: ({ sessionUrl, token }) => ({
			sessionUrl: isSafeAddress(sessionUrl)
				? ''
				: 'Enter the whole address, as in https://mail.example.com/.well-known/jmap. Only a server on this computer may do without https.',
			token: needed(token, 'Enter the token that your mail service gave you.'),
		}),
		'by-hand': () => ({}),
	};
	return { ...checks[kind](setUp), ...checkPace(setUp) };
}

function checkPace({ messagesPerSecond, messagesPerDay, messagesPerMonth }: Pace) {
	const isPaceRight = messagesPerSecond > 0 && messagesPerSecond <= mostMessagesPerSecond;
	const quota = (number: number) =>
		Number.isSafeInteger(number) && number >= 0
			? ''
			: 'Enter a whole number, or leave it empty for no limit.';
	return {
		messagesPerSecond: isPaceRight
			? ''
			: `Enter a number above 0, at most ${mostMessagesPerSecond}.`,
		messagesPerDay: quota(messagesPerDay),
		messagesPerMonth: quota(messagesPerMonth),
	};
}

const relayAddressHint =
	'Enter the whole web address of the relay, as in https://relay.example.com, without ? or #. Only a relay on this computer may do without https.';

function needed(text: string, words: string): string {
	return text.trim() === '' ? words : '';
}

function isSafeAddress(address: string): boolean {
	const isSafe = /^https:|^http:\/\/(127\.0\.0\.1|localhost)([:/]|$)/i.test(address.trim());
	return isSafe && isPortalAddress(address.trim());
}
