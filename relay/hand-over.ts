import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MessageBody } from './message-body.ts';
import { openLine, type SmtpSettings } from './smtp-line.ts';
import { createLines } from './smtp-lines.ts';
import { judge, type HandOverResult } from './smtp-verdict.ts';

/** Hands one message to the mail server; `id` becomes its Message-ID. Never rejects for what a server does. */
export interface HandOver {
	(message: MessageBody, id: string): Promise<HandOverResult>;
	close(): void;
}

export function handOverBySmtp(settings: SmtpSettings, sender: string): HandOver {
	const lines = createLines(() => openLine(settings));

	async function attempt(
		message: MessageBody,
		id: string,
		fresh: boolean,
	): Promise<HandOverResult> {
		const line = await lines.take(fresh).catch((error: unknown) => judge(error, false, message));
		if ('kind' in line) return line;
		const bytes = await compose(message, id, sender);
		// The server asks for the message after it took sender and recipient; until this is read, nothing has left.
		let hasBegun = false;
		const stream = Readable.from(
			(function* () {
				hasBegun = true;
				yield bytes;
			})(),
			{ objectMode: false },
		);
		try {
			await line.send({ from: sender, to: [message.to.address], size: bytes.length }, stream);
			lines.giveBack(line);
			return { kind: 'accepted' };
		} catch (error) {
			line.close();
			const verdict = judge(error, hasBegun, message);
			// A server may have ended a line that lay idle; that says nothing about this message.
			const isStale = line.isUsed && verdict.kind === 'not-now' && verdict.cause === 'connection';
			return isStale ? attempt(message, id, true) : verdict;
		}
	}

	return Object.assign((message: MessageBody, id: string) => attempt(message, id, false), {
		close: () => lines.close(),
	});
}

function compose(message: MessageBody, id: string, sender: string): Promise<Buffer> {
	const domain = sender.slice(sender.lastIndexOf('@') + 1);
	return new MailComposer({
		from: { name: message.from.name, address: sender },
		to: message.to,
		...(message.replyTo === '' ? {} : { replyTo: { name: '', address: message.replyTo } }),
		subject: message.subject,
		text: message.text,
		...(message.html === '' ? {} : { html: message.html }),
		messageId: `<${id}@${domain}>`,
		disableFileAccess: true,
		disableUrlAccess: true,
	})
		.compile()
		.build();
}
