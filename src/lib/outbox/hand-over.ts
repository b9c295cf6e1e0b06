import type { Letter, Message } from '$lib/domain/message.ts';
import type { OutgoingMessage } from '$lib/domain/outcome.ts';

/** Longer ones are cut or dropped: Windows hands a program at most 2,083 characters of an address. */
const longestMailto = 2_000;

/** A mail program's address for the message: whole, or without the text where that is too long. */
export interface Mailto {
	href: string;
	isWhole: boolean;
}

/** The message as a `mailto:` address (RFC 6068). */
export function mailtoOf({ to, subject, text }: OutgoingMessage): Mailto {
	const at = to.address.lastIndexOf('@');
	const address = `${encoded(to.address.slice(0, at))}@${encoded(to.address.slice(at + 1))}`;
	const short = `mailto:${address}?subject=${encoded(subject)}`;
	const body = encoded(text.trimEnd().replace(/\r\n?|\n/g, '\r\n'));
	const whole = `${short}&body=${body}`;
	return whole.length <= longestMailto
		? { href: whole, isWhole: true }
		: { href: short, isWhole: false };
}

/** Half a character, from a file that was cut, would make the encoder throw. */
function encoded(text: string): string {
	return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** The recipient's own link; '' where the letter has none. */
export function invitationLinkOf(letter: Letter, message: Pick<Message, 'fields'>): string {
	return message.fields[letter.fieldNames.indexOf('invitation link')] ?? '';
}

/** "Invitation for Maya Okafor.eml": safe on every disk. */
export function emlNameOf({ toName, toAddress }: Pick<Message, 'toName' | 'toAddress'>): string {
	const name = (toName.trim() || toAddress).replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, ' ').trim();
	return `Invitation for ${name.slice(0, 80).trim() || 'a client'}.eml`;
}
