import { createHash } from 'node:crypto';
import type { Answer } from './problems.ts';

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

/** A whole page of the relay; `title` is text, `main` is HTML. */
export function page(title: string, main: string): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} – Portico</title>
<style>${style}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

/** An answer that is a page under a policy of its own. */
export function html(body: string, policy: string): Answer {
	const headers = {
		'content-type': 'text/html; charset=utf-8',
		'cache-control': 'no-store',
		'content-security-policy': policy,
	};
	return { status: 200, headers, body };
}

/** Names may hold marks that turn the writing direction; they must not turn what stands beside them. */
export function isolated(text: string): string {
	return `<bdi>${escape(text)}</bdi>`;
}

export function escape(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}
