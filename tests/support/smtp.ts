import type { AddressInfo, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
	/** The recipients of the envelope: who gets it, whatever the headers say. */
	recipients: string[];
	from: { name: string; address: string };
	to: { name: string; address: string };
	replyTo: string;
	subject: string;
	text: string;
	html: string;
	messageId: string;
	/** The message as it came, headers included. */
	raw: string;
}

/**
 * What a server may do instead of saying yes.
 * - `refuse`: answer with this SMTP code
 * - `drop`: end the connection without an answer; `keep`: the mail has been taken all the same
 * - `delayMs`: say yes, later
 */
export type SmtpTrouble =
	{ refuse: number; words?: string } | { drop: true; keep?: boolean } | { delayMs: number };

type Decide<T> = (about: T) => SmtpTrouble | undefined | Promise<SmtpTrouble | undefined>;

export interface SmtpHooks {
	/** 0 or nothing for any free port. */
	port?: number;
	onSender?: Decide<string>;
	onRecipient?: Decide<string>;
	/** The whole message has come and waits for an answer. */
	onMessage?: Decide<ReceivedMail>;
}

export interface Smtp {
	/** For PORTICO_SMTP_URL. */
	url: string;
	port: number;
	/** What the server has taken, in order. */
	mails: ReceivedMail[];
	/** How often someone connected. */
	connections: number;
	/** May be changed while the server runs. */
	hooks: SmtpHooks;
	close(): Promise<void>;
}

/** A real SMTP server on loopback, with trouble to order. */
export async function startSmtp(hooks: SmtpHooks = {}): Promise<Smtp> {
	const smtp: Smtp = {
		url: '',
		port: 0,
		mails: [],
		connections: 0,
		hooks,
		close: () => new Promise((resolve) => void server.close(() => resolve())),
	};
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		disableReverseLookup: true,
		logger: false,
		closeTimeout: 100,
		onConnect(_session, callback) {
			smtp.connections += 1;
			callback();
		},
		onMailFrom({ address }, session, callback) {
			void follow(smtp.hooks.onSender?.(address), session.id, callback);
		},
		onRcptTo({ address }, session, callback) {
			void follow(smtp.hooks.onRecipient?.(address), session.id, callback);
		},
		onData(stream, session, callback) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const recipients = session.envelope.rcptTo.map(({ address }) => address);
				void readMail(Buffer.concat(chunks), recipients).then((mail) =>
					follow(smtp.hooks.onMessage?.(mail), session.id, callback, () => smtp.mails.push(mail)),
				);
			});
		},
	});
	server.on('error', () => undefined);

	async function follow(
		decision: ReturnType<Decide<never>>,
		sessionId: string,
		answer: (error?: Error | null) => void,
		keep: () => void = () => undefined,
	): Promise<void> {
		const trouble = await decision;
		if (trouble && 'refuse' in trouble) {
			const words = trouble.words ?? 'not here';
			return answer(Object.assign(new Error(words), { responseCode: trouble.refuse }));
		}
		if (trouble && 'drop' in trouble) {
			if (trouble.keep) keep();
			socketOf(server, sessionId)?.destroy();
			return;
		}
		if (trouble) await new Promise((resolve) => setTimeout(resolve, trouble.delayMs));
		keep();
		answer();
	}

	await new Promise<void>((resolve) => server.listen(hooks.port ?? 0, '127.0.0.1', resolve));
	smtp.port = (server.server.address() as AddressInfo).port;
	smtp.url = `smtp://127.0.0.1:${smtp.port}`;
	return smtp;
}

/** smtp-server has no call that drops a connection, so its socket is looked up. */
function socketOf(server: SMTPServer, sessionId: string): Socket | undefined {
	const connections = server.connections as unknown as Set<{ id: string; _socket: Socket }>;
	return [...connections].find(({ id }) => id === sessionId)?._socket;
}

async function readMail(bytes: Buffer, recipients: string[]): Promise<ReceivedMail> {
	const mail = await simpleParser(bytes);
	const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
	return {
		recipients,
		from: firstPerson(mail.from?.value),
		to: firstPerson(to?.value),
		replyTo: firstPerson(mail.replyTo?.value).address,
		subject: mail.subject ?? '',
		text: mail.text ?? '',
		html: mail.html || '',
		messageId: mail.messageId ?? '',
		raw: bytes.toString('utf8'),
	};
}

function firstPerson(people: { name: string; address?: string | undefined }[] = []): {
	name: string;
	address: string;
} {
	const [person] = people;
	return { name: person?.name ?? '', address: person?.address ?? '' };
}
