import type { LetterLanguage } from './letter-language.ts';
import { escapeHtml, paragraphsOf, type LetterPiece } from './letter-html.ts';
import { shellButton, shellPage, shellParagraph, shellSmall } from './letter-shell.ts';
import { isPortalAddress } from './web-address.ts';

/** The words that are not the template's. They are a part of format 2: never mend them there. */
const words: Readonly<Record<LetterLanguage, { open: string; orCopy: string }>> = {
	en: { open: 'Open the client portal', orCopy: 'Or copy this address:' },
	es: { open: 'Abrir el portal', orCopy: 'O copie esta dirección:' },
	fr: { open: 'Ouvrir le portail', orCopy: 'Ou copiez cette adresse :' },
	de: { open: 'Portal öffnen', orCopy: 'Oder kopieren Sie diese Adresse:' },
	pt: { open: 'Abrir o portal', orCopy: 'Ou copie este endereço:' },
};

/** A style sheet turns it lighter on dark paper; programs that drop style sheets keep the light paper too. */
const link = 'color:#17616b;word-break:break-all';

/** Format 2: the letter in MJML's tables, for phone and desktop, light and dark. Every text is escaped, nothing is fetched. */
export function responsiveLetter(
	pieces: readonly LetterPiece[],
	{ subject, sender, language }: { subject: string; sender: string; language: LetterLanguage },
): string {
	const rows = paragraphsOf(pieces).map((parts) => rowOf(parts, language));
	return shellPage(language, escapeHtml(subject), escapeHtml(sender), rows.join('\n'));
}

function rowOf(parts: readonly LetterPiece[], language: LetterLanguage): string {
	const [only] = parts;
	if (parts.length === 1 && only?.kind === 'link' && isPortalAddress(only.text)) {
		const { open, orCopy } = words[language];
		return `${shellButton(escapeHtml(only.text), open)}\n${shellSmall(`${orCopy} ${inline(only)}`)}`;
	}
	return shellParagraph(parts.map(inline).join(''));
}

function inline({ kind, text }: LetterPiece): string {
	const escaped = escapeHtml(text).replaceAll('\n', '<br>\n');
	// Only an http(s) address may become a link, whatever a setting or a restored backup holds.
	if (kind === 'text' || !isPortalAddress(text)) return escaped;
	return `<a href="${escaped}" style="${link}" target="_blank">${escaped}</a>`;
}
