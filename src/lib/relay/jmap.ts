import type { Outcome, OutgoingMessage, Settlement } from '$lib/domain/outcome.ts';
import { afterSending, bareId, emailOf, foundIn, madeSince, outcomeOfFound } from './jmap-mail.ts';
import { outcomeOfMethodError, outcomeOfSetError } from './jmap-errors.ts';
import { type Desk, openDesk } from './jmap-desk.ts';
import { callJmap, isTrouble, type JmapServer, openSession, type Trouble } from './jmap-wire.ts';
import { whyUnfit } from './mime.ts';
import {
	isOffline,
	member,
	sendLimitMs,
	textAt,
	trouble,
	unknownAfter,
	wasOffline,
} from './network.ts';
import type { Relay, RelayHealth } from './relay.ts';

const mostTries = 3;

/**
 * A JMAP server (RFC 8620, RFC 8621): the mail is made and handed over in one request. It has no
 * idempotency keys, but two things stand in for them. Every mail is made only on top of the state
 * that was seen before (`ifInState`), so a request that the browser itself repeats changes nothing;
 * and its Message-ID is made from the key, so that it can be looked for.
 */
export function jmapRelay(server: JmapServer): Relay {
	return {
		dropsRepeats: false,
		keyMemoryMs: 0,

		async reach() {
			const session = await openSession(server, 5_000);
			return !isTrouble(session) || session.kind !== 'unreachable';
		},

		async send(message: OutgoingMessage, key: string): Promise<Outcome> {
			if (isOffline()) return wasOffline;
			try {
				for (let tries = 1; ; tries++) {
					const desk = await beforehand(openDesk(server, message.replyTo));
					if (isTrouble(desk)) return desk;
					const unfit = whyUnfit(message, desk.sender);
					if (unfit) return { kind: 'refused', detail: unfit };
					const outcome = await sendOnce(server, desk, message, key);
					if (outcome.kind !== 'other state') return outcome;
					const found = await madeSince(server, desk, key);
					if (found !== 'not made') return outcomeOfFound(found);
					if (tries === mostTries)
						return {
							kind: 'throttled',
							detail: 'The mailbox is being changed too fast.',
							untilMs: 5_000,
						};
				}
			} catch (error) {
				return unknownAfter(error, 'the JMAP server');
			}
		},

		async ask(key: string): Promise<Settlement> {
			try {
				const desk = await openDesk(server, '');
				if (isTrouble(desk)) return 'no-answer';
				const id = bareId(key, desk);
				const responses = await callJmap(server, desk.session, [
					[
						'Email/query',
						{ accountId: desk.session.accountId, filter: { header: ['Message-ID', id] } },
						'q',
					],
					[
						'Email/get',
						{
							accountId: desk.session.accountId,
							'#ids': { resultOf: 'q', name: 'Email/query', path: '/ids' },
							properties: ['messageId', 'keywords'],
						},
						'g',
					],
				]);
				if (isTrouble(responses) || responses.of('g') === undefined) return 'no-answer';
				const found = foundIn(responses, id);
				return found === 'sent' ? 'accepted' : found === 'draft' ? 'in-doubt' : 'never-seen';
			} catch {
				return 'no-answer';
			}
		},

		async health(): Promise<RelayHealth> {
			try {
				const desk = await openDesk(server, '');
				return isTrouble(desk)
					? trouble(desk.detail)
					: { kind: 'well', sender: desk.sender, delivers: true };
			} catch {
				return trouble(
					'The JMAP server could not be reached. Check its address and your connection.',
				);
			}
		},
	};
}

/** Nothing has been asked to be sent yet: what goes wrong here is never "it may have left". */
async function beforehand(opening: Promise<Desk | Trouble>): Promise<Desk | Trouble> {
	try {
		const desk = await opening;
		return isTrouble(desk) && desk.kind === 'unknown'
			? { kind: 'unreachable', detail: desk.detail }
			: desk;
	} catch {
		return { kind: 'unreachable', detail: 'The JMAP server could not be reached.' };
	}
}

/** The mail and its sending in one request; `other state`: the server made nothing of it. */
async function sendOnce(
	server: JmapServer,
	desk: Desk,
	message: OutgoingMessage,
	key: string,
): Promise<Outcome | { kind: 'other state' }> {
	const { accountId } = desk.session;
	const place = desk.draftsId || desk.sentId;
	const responses = await callJmap(
		server,
		desk.session,
		[
			[
				'Email/set',
				{
					accountId,
					ifInState: desk.emailState,
					create: { mail: emailOf(message, key, desk, place) },
				},
				'm',
			],
			[
				'EmailSubmission/set',
				{
					accountId,
					create: {
						sending: {
							emailId: '#mail',
							identityId: desk.identityId,
							envelope: {
								mailFrom: { email: desk.sender },
								rcptTo: [{ email: message.to.address }],
							},
						},
					},
					onSuccessUpdateEmail: { '#sending': afterSending(desk, place) },
				},
				's',
			],
		],
		sendLimitMs,
	);
	if (isTrouble(responses)) return responses;
	const mailError = responses.errorOf('m');
	if (mailError === 'stateMismatch') return { kind: 'other state' };
	if (mailError) return outcomeOfMethodError(mailError);
	const notMade = member(responses.of('m'), 'notCreated', 'mail');
	if (notMade) return outcomeOfSetError(notMade);
	if (member(responses.of('s'), 'created', 'sending'))
		return { kind: 'accepted', detail: 'The JMAP server took the message.' };
	const sendingError = responses.errorOf('s');
	const notSent = member(responses.of('s'), 'notCreated', 'sending');
	if (!sendingError && !notSent)
		return { kind: 'unknown', detail: 'The JMAP server did not say what became of the message.' };
	const outcome = notSent ? outcomeOfSetError(notSent) : outcomeOfMethodError(sendingError);
	if (outcome.kind !== 'unknown')
		await throwAway(server, desk, textAt(responses.of('m'), 'created', 'mail', 'id'));
	return outcome;
}

/** A mail that was surely not sent need not lie among the drafts; if it stays there, no harm is done. */
async function throwAway(server: JmapServer, desk: Desk, id: string): Promise<void> {
	if (id === '') return;
	try {
		const { accountId } = desk.session;
		await callJmap(server, desk.session, [['Email/set', { accountId, destroy: [id] }, 'd']]);
	} catch {
		// The draft stays.
	}
}
