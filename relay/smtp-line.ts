import type { Readable } from 'node:stream';
import * as shared from 'nodemailer/lib/shared';
import SMTPConnection, {
	type SMTPConnectionAuth,
	type SMTPConnectionOptions,
	type SMTPEnvelope,
} from 'nodemailer/lib/smtp-connection';
import { isLoopback } from './origins.ts';

export interface SmtpSettings {
	connection: SMTPConnectionOptions;
	auth: SMTPConnectionAuth | undefined;
}

/** One signed-in SMTP connection. */
export interface Line {
	/** Rejects with nodemailer's error; the line is of no use then. */
	send(envelope: SMTPEnvelope, message: Readable): Promise<void>;
	/** Whether it has carried a message before. */
	isUsed: boolean;
	/** Called once, when the line has ended by itself or was closed. */
	onEnd(listener: () => void): void;
	close(): void;
}

/**
 * Reads `smtp://user:password@host:port/?option=value` (smtps: TLS from the start; options as in
 * nodemailer's SMTP transport). Returns undefined for anything else. A password is never sent in
 * the clear to another machine unless the address says `requireTLS=false`.
 */
export function readSmtpUrl(url: string): SmtpSettings | undefined {
	if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol)) return undefined;
	const { auth, ...given } = shared.parseConnectionUrl(url) as SMTPConnectionOptions & {
		auth?: SMTPConnectionAuth;
	};
	const mustHide = auth !== undefined && !isLoopback(given.host ?? '');
	return {
		auth,
		connection: {
			connectionTimeout: 10_000,
			greetingTimeout: 10_000,
			socketTimeout: 60_000,
			requireTLS: mustHide,
			...given,
		},
	};
}

/** Connects and signs in. Rejects with nodemailer's error; nothing of a message has left then. */
export function openLine(settings: SmtpSettings): Promise<Line> {
	return new Promise((resolve, reject) => {
		const connection = new SMTPConnection(settings.connection);
		const failed = (error: unknown) => {
			connection.close();
			reject(error);
		};
		// Stays for the connection's life: an error that nobody hears would end the process.
		connection.on('error', failed);
		connection.connect((error) => {
			if (error) return failed(error);
			if (!settings.auth || !connection.allowsAuth) return resolve(lineOf(connection));
			connection.login(settings.auth, (loginError) =>
				loginError ? failed(loginError) : resolve(lineOf(connection)),
			);
		});
	});
}

function lineOf(connection: SMTPConnection): Line {
	const line: Line = {
		isUsed: false,
		send: (envelope, message) =>
			new Promise((resolve, reject) => {
				const failed = (error: unknown) => reject(error);
				connection.once('error', failed);
				connection.once('end', failed);
				connection.send(envelope, message, (error) => {
					connection.off('error', failed).off('end', failed);
					if (error) reject(error);
					else resolve();
				});
			}),
		onEnd: (listener) => void connection.once('end', listener),
		close: () => connection.close(),
	};
	return line;
}
