import { mailboxPage } from './mailbox-page.ts';
import { html, pagePolicy } from './page.ts';
import { json, problem, type Answer } from './problems.ts';
import type { Relay, RelayRequest } from './relay.ts';

const newest = 100;

/** `GET /mailbox`: the kept mails for a person, newest first. */
export function getMailbox(relay: Relay): Answer {
	if (relay.handOver) return noMailbox();
	const mails = [...relay.store.mails({ newest })].reverse();
	return html(mailboxPage(mails, relay.store.countMails()), pagePolicy);
}

/** `GET /mailbox.json`: the kept mails for a program, in order of arrival. */
export function getMailboxJson(relay: Relay): Answer {
	if (relay.handOver) return noMailbox();
	return json(
		200,
		[...relay.store.mails()].map(({ mail }) => mail),
	);
}

/** `GET /mailbox/{number}.html`: one mail as its recipient would see it; what it holds can do nothing. */
export function getMailHtml(relay: Relay, { parameter }: RelayRequest): Answer {
	const mail = relay.handOver ? undefined : relay.store.mail(Number(parameter));
	if (!mail) return noMailbox();
	return html(mail.html, "sandbox; default-src 'none'; style-src 'unsafe-inline'");
}

function noMailbox(): Answer {
	return problem(404, 'not-found', 'There is no such mail here.');
}
