import { member, textAt } from './network.ts';
import {
	callJmap,
	isTrouble,
	type JmapServer,
	openSession,
	refusal,
	type Session,
	type Trouble,
} from './jmap-wire.ts';

/** What has to be known before a mail is made. */
export interface Desk {
	session: Session;
	identityId: string;
	/** The address of the identity: mails come from it. */
	sender: string;
	/** '' where the account has none. */
	draftsId: string;
	sentId: string;
	/** The state of the account's mails when they were last looked at. */
	emailState: string;
}

/**
 * Opens the session and looks up identity, mailboxes and the state of the mails, in two requests.
 * Of several identities the one with `address` is taken, else the first. Throws what `fetch` throws.
 */
export async function openDesk(server: JmapServer, address: string): Promise<Desk | Trouble> {
	const session = await openSession(server);
	if (isTrouble(session)) return session;
	const { accountId } = session;
	const responses = await callJmap(server, session, [
		['Identity/get', { accountId, ids: null }, 'i'],
		['Mailbox/get', { accountId, ids: null, properties: ['id', 'role'] }, 'b'],
		['Email/get', { accountId, ids: [], properties: ['id'] }, 'e'],
	]);
	if (isTrouble(responses)) return responses;
	const failure = ['i', 'b', 'e'].map((id) => responses.errorOf(id)).find((type) => type !== '');
	if (failure === 'serverFail' || failure === 'serverUnavailable')
		return { kind: 'unreachable', detail: 'The JMAP server is there, but does not work just now.' };
	// An identity `*@domain` stands for addresses that the person would have to choose from.
	const identities = listIn(responses.of('i')).filter(
		(one) => !textAt(one, 'email').startsWith('*'),
	);
	const identity =
		identities.find((one) => textAt(one, 'email').toLowerCase() === address.toLowerCase()) ??
		identities[0];
	const sender = textAt(identity, 'email');
	const emailState = textAt(responses.of('e'), 'state');
	const mailboxes = listIn(responses.of('b'));
	const withRole = (role: string) =>
		textAt(
			mailboxes.find((mailbox) => textAt(mailbox, 'role') === role),
			'id',
		);
	const draftsId = withRole('drafts');
	const sentId = withRole('sent');
	if (sender === '')
		return refusal('The JMAP server knows no address that this token may send from.');
	if (emailState === '' || (draftsId === '' && sentId === ''))
		return refusal('The JMAP server does not let this token keep mail, which sending needs.');
	return { session, identityId: textAt(identity, 'id'), sender, draftsId, sentId, emailState };
}

function listIn(response: unknown): unknown[] {
	const list = member(response, 'list');
	return Array.isArray(list) ? (list as unknown[]) : [];
}
