import { escape, isolated, page } from './page.ts';
import type { KeptMail } from './store.ts';

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
	return page(
		'Mailbox',
		`<h1>Mailbox</h1>
<p>${intro}</p>
<ol>${mails.map(mailItem).join('\n')}</ol>`,
	);
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
