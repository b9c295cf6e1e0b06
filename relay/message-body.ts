import { createHash } from 'node:crypto';
import { isEmailAddress } from '../src/lib/domain/email-address.ts';

/** The body of `POST /messages`, its fields in the order in which they are hashed. */
export interface MessageBody {
	to: { name: string; address: string };
	from: { name: string };
	replyTo: string;
	subject: string;
	text: string;
	html: string;
}

export type ReadMessage =
	{ kind: 'message'; message: MessageBody } | { kind: 'invalid'; detail: string };

const longestName = 200;
const longestSubject = 500;

/** Control characters (line breaks among them) and line separators: what could start a header of its own. */
const breaksHeader = /[\p{Cc}\u2028\u2029]/u;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const breaksText = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;
const loneSurrogate = /\p{Surrogate}/u;

class Invalid extends Error {}

/** Checks a parsed JSON value against the contract, strictly; `detail` names the field, never its value. */
export function readMessage(value: unknown): ReadMessage {
	try {
		const body = fields(value, 'The message', ['to', 'from', 'replyTo', 'subject', 'text', 'html']);
		const to = fields(body.to, 'to', ['name', 'address']);
		const from = fields(body.from, 'from', ['name']);
		return {
			kind: 'message',
			message: {
				to: {
					name: header(to.name, 'to.name', longestName),
					address: address(to.address, 'to.address'),
				},
				from: { name: header(from.name, 'from.name', longestName) },
				replyTo: body.replyTo === '' ? '' : address(body.replyTo, 'replyTo'),
				subject: filled(header(body.subject, 'subject', longestSubject), 'subject'),
				text: filled(prose(body.text, 'text'), 'text'),
				html: prose(body.html, 'html'),
			},
		};
	} catch (error) {
		if (error instanceof Invalid) return { kind: 'invalid', detail: error.message };
		throw error;
	}
}

/** Equal for equal messages, however their JSON was spaced or ordered. */
export function hashOf(message: MessageBody): string {
	return createHash('sha256').update(JSON.stringify(message)).digest('base64url');
}

function fields(value: unknown, where: string, names: string[]): Record<string, unknown> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new Invalid(`${where} must be an object.`);
	}
	if (Object.keys(value).some((name) => !names.includes(name))) {
		throw new Invalid(`${where} has a field that the relay does not know.`);
	}
	return value as Record<string, unknown>;
}

function string(value: unknown, where: string): string {
	if (typeof value !== 'string') throw new Invalid(`${where} must be a string.`);
	if (loneSurrogate.test(value)) throw new Invalid(`${where} holds half a character.`);
	return value;
}

function header(value: unknown, where: string, longest: number): string {
	const text = string(value, where);
	if (text.length > longest) throw new Invalid(`${where} is longer than ${longest} characters.`);
	if (breaksHeader.test(text))
		throw new Invalid(`${where} holds a line break or control character.`);
	return text;
}

function address(value: unknown, where: string): string {
	const text = header(value, where, 254);
	if (!isEmailAddress(text)) throw new Invalid(`${where} is not an email address.`);
	return text;
}

function prose(value: unknown, where: string): string {
	const text = string(value, where);
	if (breaksText.test(text)) throw new Invalid(`${where} holds a control character.`);
	return text;
}

function filled(text: string, where: string): string {
	if (text.trim() === '') throw new Invalid(`${where} is empty.`);
	return text;
}
