import { createHash } from 'node:crypto';
import type { KeptMail } from './store.ts';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif;
	--fg: light-dark(#1d2524, #e6e8e4); --quiet: light-dark(#59625f, #a3aca8);
	--bg: light-dark(#faf8f3, #171a19); --card: light-dark(#fffefb, #1f2322);
	--line: light-dark(#e2ded3, #343a38); --accent: light-dark(#0b5f61, #7cc9c5); }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1rem 4rem; color: var(--fg); background: var(--bg); }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
p { margin: 0 0 1.5rem; color: var(--quiet); max-width: 60ch; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
summary { padding: .75rem 1rem; cursor: pointer; border-radius: 10px; }
summary h2 { display: inline; font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
summary span { display: block; color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere;
	font-variant-numeric: tabular-nums; }
.mail { padding: .75rem 1rem 1rem; border-top: 1px solid var(--line); }
dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; font-size: .875rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 1rem 0; }
a { color: var(--accent); display: inline-block; padding: .5rem 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
`;

/** Nothing runs on the page and nothing is fetched for it: only this very style sheet applies. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

/** The mailbox as a page; `mails` in the order to show, of `total` in all. */
export function mailboxPage(mails: { number: number; mail: KeptMail }[], total: number): string {
	const count = total === 1 ? '1 mail' : `${total} mails`;
	const cut =
		mails.length < total
			? ` Shown are the newest ${mails.length}; all are in <a href="/mailbox.json">mailbox.json</a>.`
			: '';
	const intro =
		total === 0
			? 'No mail yet. This relay has no mail server, so invitations that you send end here.'
			: `${count}, newest first. None of them has left this computer.${cut}`;
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox – Portico</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Mailbox</h1>
<p>${intro}</p>
<ol>${mails.map(mailItem).join('\n')}</ol>
</main>
</body>
</html>
`;
}

function mailItem({ number, mail }: { number: number; mail: KeptMail }): string {
	const shownTime = mail.time.slice(0, 16).replace('T', ' ');
	const html =
		mail.html === ''
			? ''
			: `<a href="/mailbox/${number}.html" target="_blank" rel="noopener">Show as its reader sees it (new tab)</a>`;
	return `<li><details>
<summary><h2>${isolated(mail.subject)}</h2>
<span>To ${isolated(mail.to.address)}, <time datetime="${escape(mail.time)}">${shownTime} UTC</time></span></summary>
<div class="mail"><dl>
<dt>From</dt><dd>${person(mail.from)}</dd>
<dt>To</dt><dd>${person(mail.to)}</dd>
<dt>Reply to</dt><dd>${isolated(mail.replyTo || 'nobody')}</dd>
</dl>
<pre>${escape(mail.text)}</pre>
${html}</div>
</details></li>`;
}

function person({ name, address }: { name: string; address: string }): string {
	return name === '' ? isolated(address) : `${isolated(name)} &lt;${isolated(address)}&gt;`;
}

/** Names may hold marks that turn the writing direction; they must not turn what stands beside them. */
function isolated(text: string): string {
	return `<bdi>${escape(text)}</bdi>`;
}

function escape(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}
