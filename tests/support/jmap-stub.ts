import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { type ReceivedMail, readMail } from './read-mail.ts';
import {
	startStub,
	type Stub,
	type StubOptions,
	type StubReply,
	type StubRequest,
} from './stub-server.ts';

interface Person {
	name: string | null;
	email: string;
}

export interface StoredEmail {
	id: string;
	mailboxIds: Record<string, true>;
	keywords: Record<string, true>;
	messageId: string[];
	from: Person[];
	to: Person[];
	replyTo?: Person[];
	subject: string;
	textBody: { partId: string }[];
	htmlBody: { partId: string }[];
	bodyValues: Record<string, { value: string }>;
}

export interface Submitted {
	from: string;
	to: string[];
	email: StoredEmail;
}

export interface JmapStub extends Stub {
	sessionUrl: string;
	token: string;
	identities: { id: string; name: string; email: string }[];
	/** Ids by role; take one away for an account that lacks it. */
	mailboxes: Partial<Record<'inbox' | 'drafts' | 'sent', string>>;
	emails: StoredEmail[];
	/** What it handed over to the mail server, in order. */
	submitted: Submitted[];
	/** Something else happens in the mailbox, as new mail does. */
	receive(): void;
	/** Answers of these methods in place of its own: a method-level error, or a SetError of its creation. */
	faults: { method?: Record<string, string>; creation?: Record<string, Record<string, unknown>> };
	/** Answers a whole request in place of its own; `work` does what was asked, and gives its answer. */
	trouble: (
		request: StubRequest,
		work: () => StubReply,
	) => StubReply | Promise<StubReply> | undefined;
}

const capabilities = {
	'urn:ietf:params:jmap:core': { maxSizeRequest: 10_000_000, maxCallsInRequest: 16 },
	'urn:ietf:params:jmap:mail': {},
	'urn:ietf:params:jmap:submission': {},
};
const accountId = 'u1f5';

/** A mail account by RFC 8620 and RFC 8621: session, references, states, SetErrors, submission. */
export async function startJmapStub(options: StubOptions = {}): Promise<JmapStub> {
	let state = 100;
	let lastId = 0;
	const log: { state: number; id: string }[] = [];
	const own = {
		token: 'fictional-token',
		identities: [{ id: 'i1', name: 'Dana Reyes', email: 'dana@harbor.example' }],
		mailboxes: { inbox: 'mb-inbox', drafts: 'mb-drafts', sent: 'mb-sent' },
		emails: [],
		submitted: [],
		faults: {},
		trouble: () => undefined,
		receive: () => void add({ mailboxIds: { 'mb-inbox': true } }),
		sessionUrl: '',
	} satisfies Omit<JmapStub, keyof Stub>;
	const stub: JmapStub = Object.assign(await startStub(reply, options), own);
	stub.sessionUrl = `${stub.url}/.well-known/jmap`;

	function reply(request: StubRequest): StubReply | Promise<StubReply> {
		const work = () => answer(request);
		return stub.trouble(request, work) ?? work();
	}

	function answer({ method, path, headers, body }: StubRequest): StubReply {
		if (headers.authorization !== `Bearer ${stub.token}`)
			return problem(401, 'about:blank', 'Unauthorized');
		if (path === '/.well-known/jmap')
			return { status: 307, headers: { Location: '/jmap/session' } };
		if (path === '/jmap/session') {
			const account = { name: 'dana', isPersonal: true, isReadOnly: false };
			return {
				status: 200,
				body: {
					capabilities,
					accounts: { [accountId]: { ...account, accountCapabilities: capabilities } },
					primaryAccounts: Object.fromEntries(
						Object.keys(capabilities).map((name) => [name, accountId]),
					),
					username: 'dana@harbor.example',
					apiUrl: '/jmap/api',
					state: 's1',
				},
			};
		}
		if (path !== '/jmap/api' || method !== 'POST') return problem(404, 'about:blank', 'Not Found');
		const { methodCalls } = JSON.parse(body) as { methodCalls: Call[] };
		const done: Done = { responses: [], created: new Map() };
		for (const [name, args, id] of methodCalls) run(name, args, id, done);
		return {
			status: 200,
			body: { methodResponses: done.responses, sessionState: 's1' },
		};
	}

	function run(name: string, given: Args, id: string, done: Done): void {
		const respond = (args: object, as = name) =>
			done.responses.push([as, { accountId, ...args }, id]);
		const fault = stub.faults.method?.[name];
		if (fault) return void respond({ type: fault }, 'error');
		const args = withReferences(given, done);
		if (!args) return void respond({ type: 'invalidResultReference' }, 'error');
		switch (name) {
			case 'Identity/get':
				return void respond({ state: 'i', list: stub.identities, notFound: [] });
			case 'Mailbox/get':
				return void respond({
					state: 'm',
					list: Object.entries(stub.mailboxes).map(([role, mailboxId]) => ({
						id: mailboxId,
						role,
					})),
					notFound: [],
				});
			case 'Email/get': {
				const ids = args.ids as string[];
				const list = stub.emails.filter((email) => ids.includes(email.id));
				return void respond({ state: String(state), list, notFound: [] });
			}
			case 'Email/query': {
				const { header: [, text = ''] = [] } = args.filter as { header?: string[] };
				const found = stub.emails.filter((email) => `<${email.messageId[0]}>`.includes(text));
				return void respond({ ids: found.map((email) => email.id), queryState: 'q', position: 0 });
			}
			case 'Email/changes': {
				const since = Number(args.sinceState);
				const created = log.filter((one) => one.state > since).map((one) => one.id);
				return void respond({
					oldState: String(since),
					newState: String(state),
					hasMoreChanges: false,
					created,
					updated: [],
					destroyed: [],
				});
			}
			case 'Email/set':
				return setEmails(args, respond, done);
			case 'EmailSubmission/set':
				return submit(args, respond, id, done);
			default:
				return void respond({ type: 'unknownMethod' }, 'error');
		}
	}

	function setEmails(args: Args, respond: Respond, done: Done): void {
		const oldState = String(state);
		if (args.ifInState !== undefined && args.ifInState !== oldState)
			return void respond({ type: 'stateMismatch' }, 'error');
		const created: Record<string, object> = {};
		const notCreated: Record<string, object> = {};
		for (const [creationId, draft] of Object.entries(
			(args.create ?? {}) as Record<string, object>,
		)) {
			const fault = stub.faults.creation?.['Email/set'];
			if (fault) notCreated[creationId] = fault;
			else {
				const { id } = add(draft as Partial<StoredEmail>);
				created[creationId] = { id, blobId: `b${id}`, threadId: `t${id}`, size: 1 };
				done.created.set(`#${creationId}`, id);
			}
		}
		const destroyed = ((args.destroy ?? []) as string[]).filter((id) =>
			stub.emails.some((email) => email.id === id),
		);
		stub.emails = stub.emails.filter((email) => !destroyed.includes(email.id));
		if (destroyed.length > 0) state += 1;
		respond({ oldState, newState: String(state), created, notCreated, destroyed });
	}

	function submit(args: Args, respond: Respond, callId: string, done: Done): void {
		const created: Record<string, object> = {};
		const notCreated: Record<string, object> = {};
		const updated: Record<string, null> = {};
		const patches = (args.onSuccessUpdateEmail ?? {}) as Record<string, Record<string, unknown>>;
		for (const [creationId, given] of Object.entries((args.create ?? {}) as Record<string, Args>)) {
			const emailId = done.created.get(String(given.emailId)) ?? String(given.emailId);
			const email = stub.emails.find((one) => one.id === emailId);
			const identity = stub.identities.find((one) => one.id === given.identityId);
			const fault = stub.faults.creation?.['EmailSubmission/set'];
			if (fault) notCreated[creationId] = fault;
			else if (!email || !identity)
				notCreated[creationId] = { type: 'invalidProperties', properties: ['emailId'] };
			else {
				const envelope = given.envelope as { mailFrom: Person; rcptTo: Person[] };
				stub.submitted.push({
					from: envelope.mailFrom.email,
					to: envelope.rcptTo.map((person) => person.email),
					email: structuredClone(email),
				});
				created[creationId] = { id: `sub${emailId}`, sendAt: 'now', undoStatus: 'final' };
				patch(email, patches[`#${creationId}`] ?? {});
				updated[emailId] = null;
			}
		}
		respond({ oldState: 'x', newState: 'y', created, notCreated });
		if (Object.keys(updated).length === 0) return;
		state += 1;
		const implicit = { accountId, oldState: String(state - 1), newState: String(state), updated };
		done.responses.push(['Email/set', implicit, callId]);
	}

	function add(draft: Partial<StoredEmail>): StoredEmail {
		lastId += 1;
		state += 1;
		const email: StoredEmail = {
			id: `M${lastId}`,
			mailboxIds: {},
			keywords: {},
			messageId: [`other-${lastId}@example.com`],
			from: [],
			to: [],
			subject: '',
			textBody: [],
			htmlBody: [],
			bodyValues: {},
			...draft,
		};
		stub.emails.push(email);
		log.push({ state, id: email.id });
		return email;
	}

	return stub;
}

type Args = Record<string, unknown>;
type Call = [name: string, args: Args, id: string];
type Respond = (args: object, as?: string) => void;
interface Done {
	responses: Call[];
	created: Map<string, string>;
}

/** Result references, RFC 8620 §3.7: only the plain paths that a client of ours asks for. */
function withReferences(args: Args, { responses }: Done): Args | undefined {
	const whole: Args = {};
	for (const [name, value] of Object.entries(args)) {
		if (!name.startsWith('#')) {
			whole[name] = value;
			continue;
		}
		const reference = value as { resultOf: string; name: string; path: string };
		const source = responses.find(
			([as, , id]) => id === reference.resultOf && as === reference.name,
		);
		if (!source) return undefined;
		whole[name.slice(1)] = source[1][reference.path.slice(1)];
	}
	return whole;
}

/** A PatchObject, RFC 8620 §5.3. */
function patch(email: StoredEmail, changes: Record<string, unknown>): void {
	for (const [path, value] of Object.entries(changes)) {
		const [property = '', key = ''] = path.split('/');
		const map = email[property as 'keywords' | 'mailboxIds'];
		if (value === null) delete map[key];
		else map[key] = true;
	}
}

function problem(status: number, type: string, detail: string): StubReply {
	return {
		status,
		headers: { 'Content-Type': 'application/problem+json' },
		body: { type, status, detail },
	};
}

/** The mail as such a server makes it of an Email object, read back by a real mail parser. */
export async function mailSubmitted({ email }: Submitted): Promise<ReceivedMail> {
	const people = (list: Person[] = []) =>
		list.map(({ name, email: address }) => ({ name: name ?? '', address }));
	const value = ([part]: { partId: string }[]) => email.bodyValues[part?.partId ?? '']?.value;
	const composer = new MailComposer({
		from: people(email.from),
		to: people(email.to),
		replyTo: people(email.replyTo),
		subject: email.subject,
		messageId: `<${email.messageId[0]}>`,
		text: value(email.textBody) ?? '',
		html: value(email.htmlBody) ?? '',
	});
	return readMail(await composer.compile().build());
}
