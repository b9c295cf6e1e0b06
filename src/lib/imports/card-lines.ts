/** A line of a vCard: `name` without its group, upper case. */
export interface CardLine {
	name: string;
	/** As vCard 3 and 4 write it, ready for the parser. */
	text: string;
}

/** Parts the text of an address book into the lines of each card; cards inside cards are left out. */
export function cardsIn(text: string): CardLine[][] {
	const cards: CardLine[][] = [];
	let card: CardLine[] | undefined;
	let depth = 0;
	for (const raw of unfolded(text)) {
		const line = plainLine(raw);
		if (!line) continue;
		if (line.name === 'BEGIN') {
			depth += 1;
			if (depth === 1) card = [];
		} else if (line.name === 'END') {
			if (depth === 1 && card) cards.push(card);
			depth = Math.max(0, depth - 1);
		} else if (depth === 1) card?.push(line);
	}
	// A file that breaks off keeps its last card.
	if (depth > 0 && card && card.length > 0) cards.push(card);
	return cards;
}

function* unfolded(text: string): Generator<string> {
	let line = '';
	for (const next of text.split(/\r\n|\r|\n/)) {
		const isSoftBreak = /^[^:]*quoted-printable[^:]*:.*=$/i.test(line);
		if (isSoftBreak) line = line.slice(0, -1) + next;
		else if (/^[ \t]/.test(next)) line += next.slice(1);
		else {
			if (line !== '') yield line;
			line = next;
		}
	}
	if (line !== '') yield line;
}

/** Writes a line of vCard 2.1 as later versions have it: `TEL;HOME:` and quoted-printable are no more. */
function plainLine(line: string): CardLine | undefined {
	const colon = valueStart(line);
	if (colon < 0) return undefined;
	const [first = '', ...parameters] = line.slice(0, colon).split(';');
	const name = first
		.slice(first.lastIndexOf('.') + 1)
		.trim()
		.toUpperCase();
	let value = line.slice(colon + 1);
	const kept: string[] = [];
	let charset = 'utf-8';
	let isQuoted = false;
	for (const parameter of parameters) {
		const [key = '', setting] = parameter.split('=', 2);
		if (/^(?:encoding=)?quoted-printable$/i.test(parameter)) isQuoted = true;
		else if (/^charset$/i.test(key)) charset = setting ?? charset;
		else if (/^encoding$/i.test(key) || parameter === '') continue;
		else kept.push(setting === undefined ? `TYPE=${key}` : parameter);
	}
	if (isQuoted) value = unquoted(value, charset).replace(/\r\n?|\n/g, '\\n');
	return { name, text: `${[name, ...kept].join(';')}:${value}` };
}

/** The first colon that does not stand inside a quoted parameter. */
function valueStart(line: string): number {
	let isQuoted = false;
	for (let at = 0; at < line.length; at += 1) {
		if (line[at] === '"') isQuoted = !isQuoted;
		else if (line[at] === ':' && !isQuoted) return at;
	}
	return -1;
}

function unquoted(value: string, charset: string): string {
	const bytes: number[] = [];
	for (const part of value.match(/=[0-9a-f]{2}|[^=]+|=/gi) ?? [])
		if (/^=[0-9a-f]{2}$/i.test(part)) bytes.push(parseInt(part.slice(1), 16));
		else for (const byte of new TextEncoder().encode(part)) bytes.push(byte);
	try {
		return new TextDecoder(charset, { fatal: true }).decode(new Uint8Array(bytes));
	} catch {
		return new TextDecoder('windows-1252').decode(new Uint8Array(bytes));
	}
}
