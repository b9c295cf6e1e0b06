import { simpleParser } from 'mailparser';

/** A mail as a real mail parser reads it. */
export interface ReceivedMail {
	from: { name: string; address: string };
	to: { name: string; address: string };
	/** Whoever stands in To, Cc or Bcc. */
	recipients: string[];
	replyTo: string;
	subject: string;
	text: string;
	html: string;
	messageId: string;
	contentType: string;
	date: Date | undefined;
	/** In the order in which they stand. */
	headerNames: string[];
	raw: string;
}

export async function readMail(bytes: Buffer): Promise<ReceivedMail> {
	const mail = await simpleParser(bytes);
	const listOf = (field: typeof mail.to) => (Array.isArray(field) ? field : field ? [field] : []);
	const people = (field: typeof mail.to) => listOf(field).flatMap(({ value }) => value);
	const first = ([person]: { name: string; address?: string | undefined }[]) => ({
		name: person?.name ?? '',
		address: person?.address ?? '',
	});
	const type = mail.headers.get('content-type');
	return {
		from: first(mail.from?.value ?? []),
		to: first(people(mail.to)),
		recipients: [...people(mail.to), ...people(mail.cc), ...people(mail.bcc)].map(
			({ address }) => address ?? '',
		),
		replyTo: first(mail.replyTo?.value ?? []).address,
		subject: mail.subject ?? '',
		text: mail.text ?? '',
		html: mail.html || '',
		messageId: mail.messageId ?? '',
		contentType: typeof type === 'object' && type && 'value' in type ? String(type.value) : '',
		date: mail.date,
		headerNames: mail.headerLines.map(({ key }) => key),
		raw: bytes.toString('utf8'),
	};
}
