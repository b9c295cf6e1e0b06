import mjml2html from 'mjml';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/*
 * Light first, dark where a mail program asks (Apple Mail, iOS, Thunderbird); others keep the light
 * colours or turn them themselves, which plain text on plain paper bears.
 */
const source = `<mjml lang="LANG" dir="auto">
<mj-head>
	<mj-title>SUBJECT</mj-title>
	<mj-raw>
		<meta name="color-scheme" content="light dark">
		<meta name="supported-color-schemes" content="light dark">
	</mj-raw>
	<mj-html-attributes>
		<mj-selector path=".ink div"><mj-html-attribute name="dir">auto</mj-html-attribute></mj-selector>
	</mj-html-attributes>
	<mj-attributes>
		<mj-all font-family="Georgia, 'Times New Roman', serif" />
		<mj-text font-size="17px" line-height="1.6" color="#23282b" padding="0 0 20px" css-class="ink" />
	</mj-attributes>
	<mj-style>
		:root { color-scheme: light dark; supported-color-schemes: light dark; }
		@media (prefers-color-scheme: dark) {
			.desk, .desk > div { background: #141716 !important; background-color: #141716 !important; }
			.paper, .paper > table { background: #1e2221 !important; background-color: #1e2221 !important; }
			.ink, .ink div { color: #e9e5dc !important; }
			.ink a { color: #8fd0d8 !important; }
		}
	</mj-style>
</mj-head>
<mj-body width="600px" background-color="#f4f1ea" css-class="desk">
	<mj-section css-class="paper" background-color="#fffdf9" padding="36px 24px 20px"><mj-column>
		<mj-text font-size="18px" font-weight="bold" padding="0 0 12px">SENDER</mj-text>
		<mj-divider border-width="2px" border-color="#3a8791" padding="0 0 26px" />
		<mj-text>TEXT</mj-text>
		<mj-button href="ADDRESS" align="left" background-color="#17616b" color="#ffffff" font-family="Helvetica, Arial, sans-serif" font-size="16px" font-weight="bold" line-height="1.25" border-radius="6px" inner-padding="13px 24px" padding="0 0 20px">LABEL</mj-button>
		<mj-text font-size="14px">LINK</mj-text>
	</mj-column></mj-section>
</mj-body>
</mjml>`;

/** The parts of a letter as mail programs need them, compiled by MJML: the text of `src/lib/domain/letter-shell.ts`. */
export async function letterShellModule(): Promise<string> {
	const { html, errors } = await mjml2html(source, { validationLevel: 'strict' });
	if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
	const compact = compacted(html);
	const rows = [...compact.matchAll(/<tr>(?:(?!<tr>)[^])*?(TEXT|LINK)[^]*?<\/tr>/g)];
	const [text = '', link = ''] = rows.map(([row]) => row);
	const button = rowAround(compact, 'ADDRESS');
	const inner = `${text}\n${button}\n${link}`;
	const [before, after] = compact.split(inner);
	if (!text || !link || before === undefined || after === undefined)
		throw new Error('MJML no longer writes one row after the other.');
	const module = [
		'// Made by `node --import tsx scripts/make-letter-shell.ts`; format 2 renders these bytes for ever.',
		'',
		'/** The whole mail around its rows. All texts are escaped already. */',
		`export const shellPage = (lang: string, subject: string, sender: string, rows: string) => ${literal(
			`${before}ROWS${after}\n`,
			{ LANG: 'lang', SUBJECT: 'subject', SENDER: 'sender', ROWS: 'rows' },
		)};`,
		'',
		`export const shellParagraph = (text: string) => ${literal(text, { TEXT: 'text' })};`,
		'',
		`export const shellButton = (address: string, label: string) => ${literal(button, {
			ADDRESS: 'address',
			LABEL: 'label',
		})};`,
		'',
		`export const shellSmall = (text: string) => ${literal(link, { LINK: 'text' })};`,
		'',
	].join('\n');
	const file = fileURLToPath(new URL('../src/lib/domain/letter-shell.ts', import.meta.url));
	return format(module, { ...(await resolveConfig(file)), filepath: file });
}

/** MJML indents for readers; every blank of it would be sent to everybody. */
function compacted(html: string): string {
	return html
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean)
		.join('\n')
		.replace(/<[a-z][^<>]*>/g, (tag) => tag.replace(/\s+/g, ' ').replace(' >', '>'))
		.replace(/>\n(?=(ADDRESS|LABEL))|(?<=LABEL)\n/g, (found) => found.trim())
		.trim();
}

/** The outermost table row that holds this text: a button is a table of its own. */
function rowAround(html: string, text: string): string {
	const at = html.indexOf(text);
	const inner = html.lastIndexOf('<tr>', at);
	const start = html.lastIndexOf('<tr>', inner - 1);
	const end = html.indexOf('</tr>', html.indexOf('</tr>', at) + 1) + '</tr>'.length;
	return html.slice(start, end);
}

function literal(html: string, names: Readonly<Record<string, string>>): string {
	const safe = html.replace(/[\\`]|\$(?=\{)/g, '\\$&');
	const marker = new RegExp(`\\b(${Object.keys(names).join('|')})\\b`, 'g');
	return `\`${safe.replace(marker, (name) => `\${${names[name] ?? ''}}`)}\``;
}
