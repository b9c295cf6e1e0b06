import { isPortalAddress } from './web-address.ts';

/** A letter's text in order. A `link` is an address that becomes a button where it stands alone. */
export type LetterPiece = { kind: 'text' | 'link'; text: string };

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text for the inside of an element or of a quoted attribute. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (mark) => entities[mark] ?? '');
}

/*
 * Inline, because mail programs drop style sheets. No background and no text colour but the
 * button's own: light or dark is the reader's choice.
 */
const page =
	"margin:0;padding:32px 20px;font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.6";
const letterhead =
	'margin:0 0 28px;padding:0 0 12px;border-bottom:2px solid #3a8791;font-size:18px;font-weight:bold';
const paragraph = 'margin:0 0 20px';
const button =
	'display:inline-block;padding:12px 24px;border-radius:6px;background:#17616b;color:#ffffff;font-family:Helvetica,Arial,sans-serif;font-size:16px;font-weight:bold;text-decoration:none';
/** A browser's own blue cannot be read on every background that a mail program puts behind it. */
const link = 'color:inherit';
const inFull = 'font-size:14px;word-break:break-all';

/** Format 1: the letter as a page of its own: every text escaped, one narrow column, no image, nothing fetched. */
export function htmlLetter(
	pieces: readonly LetterPiece[],
	{ subject, sender }: { subject: string; sender: string },
): string {
	return [
		'<!doctype html>',
		'<html lang="en"><head><meta charset="utf-8">',
		'<meta name="viewport" content="width=device-width">',
		'<meta name="color-scheme" content="light dark">',
		`<title>${escapeHtml(subject)}</title></head>`,
		`<body style="${page}">`,
		'<table role="presentation" align="center" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr><td>',
		`<p dir="auto" style="${letterhead}">${escapeHtml(sender)}</p>`,
		...paragraphsOf(pieces).map(htmlParagraph),
		'</td></tr></table></body></html>',
		'',
	].join('\n');
}

/** Cut at blank lines of the letter's own text; pieces without any text fall away. */
export function paragraphsOf(pieces: readonly LetterPiece[]): LetterPiece[][] {
	const paragraphs: LetterPiece[][] = [];
	let current: LetterPiece[] = [];
	for (const piece of pieces) {
		const [first = '', ...rest] = piece.kind === 'link' ? [piece.text] : piece.text.split(/\n{2,}/);
		if (first) current.push({ kind: piece.kind, text: first });
		for (const text of rest) {
			paragraphs.push(current);
			current = text ? [{ kind: 'text', text }] : [];
		}
	}
	paragraphs.push(current);
	return paragraphs.filter((parts) => parts.length > 0);
}

function htmlParagraph(parts: readonly LetterPiece[]): string {
	const [only] = parts;
	if (parts.length === 1 && only?.kind === 'link' && isPortalAddress(only.text)) {
		const address = escapeHtml(only.text);
		return [
			`<p style="${paragraph}"><a href="${address}" style="${button}">Open the client portal</a></p>`,
			`<p style="${paragraph}"><span style="${inFull}">Or copy this address: <a href="${address}" style="${link}">${address}</a></span></p>`,
		].join('\n');
	}
	return `<p dir="auto" style="${paragraph}">${parts.map(htmlPiece).join('')}</p>`;
}

function htmlPiece({ kind, text }: LetterPiece): string {
	const escaped = escapeHtml(text).replaceAll('\n', '<br>\n');
	// Only an http(s) address may become a link, whatever a setting or a restored backup holds.
	if (kind === 'text' || !isPortalAddress(text)) return escaped;
	return `<a href="${escaped}" style="word-break:break-all;${link}">${escaped}</a>`;
}
