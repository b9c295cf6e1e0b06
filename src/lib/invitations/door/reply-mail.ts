/** Windows hands a program at most 2,083 characters of an address. */
const longestMailto = 2_000;

/** An address as a mail program takes it. */
export function mailTo(to: string): string {
	const at = to.lastIndexOf('@');
	return `mailto:${encodeURIComponent(to.slice(0, at))}@${encodeURIComponent(to.slice(at + 1))}`;
}

/** A mail program's address for an answer: whole, or without its text where that is too long (RFC 6068). */
export function replyMail({
	to,
	subject,
	words,
	link,
}: {
	to: string;
	subject: string;
	words: string;
	link: string;
}): { href: string; isWhole: boolean } {
	const short = `${mailTo(to)}?subject=${encodeURIComponent(subject)}`;
	const body = (text: string) => `${short}&body=${encodeURIComponent(text)}`;
	for (const href of [body(`${words}\r\n\r\n${link}\r\n`), body(link)])
		if (href.length <= longestMailto) return { href, isWhole: true };
	return { href: short, isWhole: false };
}
