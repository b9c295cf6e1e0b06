import type { Outcome, OutgoingMessage } from '$lib/domain/outcome.ts';
import type { Desk } from './jmap-desk.ts';
import { callJmap, isTrouble, type JmapServer, type Responses } from './jmap-wire.ts';
import { messageIdOf } from './mime.ts';
import { member } from './network.ts';

/** The message as an Email object (RFC 8621 §4), with the Message-ID that it is looked for by. */
export function emailOf(message: OutgoingMessage, key: string, desk: Desk, place: string) {
	return {
		mailboxIds: { [place]: true },
		keywords: { $draft: true, $seen: true },
		messageId: [bareId(key, desk)],
		from: [{ name: message.from.name, email: desk.sender }],
		to: [{ name: message.to.name, email: message.to.address }],
		...(message.replyTo === '' ? {} : { replyTo: [{ name: null, email: message.replyTo }] }),
		subject: message.subject,
		textBody: [{ partId: 'text', type: 'text/plain' }],
		htmlBody: [{ partId: 'html', type: 'text/html' }],
		bodyValues: { text: { value: message.text }, html: { value: message.html } },
	};
}

/** A patch (RFC 8620 §5.3) that makes a sent mail of the draft. */
export function afterSending(desk: Desk, place: string): Record<string, true | null> {
	const patch: Record<string, true | null> = { 'keywords/$draft': null };
	if (desk.sentId === '' || desk.sentId === place) return patch;
	return { ...patch, [`mailboxIds/${place}`]: null, [`mailboxIds/${desk.sentId}`]: true };
}

/** What there is of our mail in the account. */
export type Found = 'not made' | 'draft' | 'sent' | 'no telling';

/** Whether our mail is among what came to be since the state that was seen before. */
export async function madeSince(server: JmapServer, desk: Desk, key: string): Promise<Found> {
	const { accountId } = desk.session;
	const responses = await callJmap(server, desk.session, [
		['Email/changes', { accountId, sinceState: desk.emailState }, 'c'],
		[
			'Email/get',
			{
				accountId,
				'#ids': { resultOf: 'c', name: 'Email/changes', path: '/created' },
				properties: ['messageId', 'keywords'],
			},
			'g',
		],
	]);
	if (isTrouble(responses) || responses.of('g') === undefined) return 'no telling';
	const found = foundIn(responses, bareId(key, desk));
	const isAll = member(responses.of('c'), 'hasMoreChanges') !== true;
	return found !== 'not made' || isAll ? found : 'no telling';
}

export function outcomeOfFound(found: Exclude<Found, 'not made'>): Outcome {
	return found === 'sent'
		? { kind: 'accepted', detail: 'The JMAP server took the message.' }
		: { kind: 'unknown', detail: 'The JMAP server did not say what became of the message.' };
}

/** What became of the mail of this Message-ID: our request takes `$draft` away when it was handed over. */
export function foundIn(responses: Responses, id: string): Exclude<Found, 'no telling'> {
	const list = member(responses.of('g'), 'list');
	const ours = (Array.isArray(list) ? (list as unknown[]) : []).filter((email) => {
		const ids = member(email, 'messageId');
		return Array.isArray(ids) && ids.includes(id);
	});
	if (ours.length === 0) return 'not made';
	return ours.some((email) => member(email, 'keywords', '$draft') !== true) ? 'sent' : 'draft';
}

/** Our Message-ID as JMAP writes it, without brackets. */
export function bareId(key: string, desk: Desk): string {
	return messageIdOf(key, desk.sender).slice(1, -1);
}
