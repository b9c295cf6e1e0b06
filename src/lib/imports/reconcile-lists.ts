/** Rows as columns of text and numbers: a hundred thousand cross from the worker in no time. */
export interface RowColumns {
	count: number;
	/** Line of the file on which each row starts. */
	lines: Int32Array;
	/** A thousand rows a text, parted by `columnMark`. */
	names: string[];
	addresses: string[];
	/** What there is to say, each sentence once, and which of them each row has. */
	words: string[];
	wordOf: Uint16Array;
}

/** One row of a list, put together when it is shown. */
export interface ListedRow {
	line: number;
	name: string;
	address: string;
	words: string;
}

/** No cell of the lists holds it. */
const columnMark = '\u001f';
const rowsPerText = 1000;

const clean = (text: string) =>
	text.includes(columnMark) ? text.replaceAll(columnMark, ' ') : text;

export class RowColumnsWriter {
	readonly #lines: number[] = [];
	readonly #names: string[] = [];
	readonly #addresses: string[] = [];
	readonly #wordOf: number[] = [];
	readonly #words = new Map<string, number>();

	add(row: ListedRow): void {
		this.#lines.push(row.line);
		this.#names.push(clean(row.name));
		this.#addresses.push(clean(row.address));
		const known = this.#words.get(row.words);
		this.#wordOf.push(known ?? this.#words.size);
		if (known === undefined) this.#words.set(row.words, this.#words.size);
	}

	columns(): RowColumns {
		return {
			count: this.#lines.length,
			lines: Int32Array.from(this.#lines),
			names: inTexts(this.#names),
			addresses: inTexts(this.#addresses),
			words: [...this.#words.keys()],
			wordOf: Uint16Array.from(this.#wordOf),
		};
	}
}

function inTexts(values: readonly string[]): string[] {
	const texts: string[] = [];
	for (let from = 0; from < values.length; from += rowsPerText)
		texts.push(values.slice(from, from + rowsPerText).join(columnMark));
	return texts;
}

/** One column's values by index; a text is taken apart when one of its values is asked for. */
class TextColumn {
	readonly #texts: readonly string[];
	readonly #values: (readonly string[] | undefined)[] = [];

	constructor(texts: readonly string[]) {
		this.#texts = texts;
	}

	at(index: number): string {
		const text = Math.floor(index / rowsPerText);
		const values = (this.#values[text] ??= (this.#texts[text] ?? '').split(columnMark));
		return values[index % rowsPerText] ?? '';
	}

	inLowerCase(): TextColumn {
		return new TextColumn(this.#texts.map((text) => text.toLowerCase()));
	}
}

/** The rows of the columns by index. */
export class RowColumnsReader {
	readonly #columns: RowColumns;
	readonly #names: TextColumn;
	readonly #addresses: TextColumn;
	/** In lower case, once somebody searches. */
	#folded: readonly TextColumn[] | undefined;

	constructor(columns: RowColumns) {
		this.#columns = columns;
		this.#names = new TextColumn(columns.names);
		this.#addresses = new TextColumn(columns.addresses);
	}

	row(at: number): ListedRow {
		const { lines, words, wordOf } = this.#columns;
		return {
			line: lines[at] ?? 0,
			name: this.#names.at(at),
			address: this.#addresses.at(at),
			words: words[wordOf[at] ?? 0] ?? '',
		};
	}

	/** Indexes of the rows whose name or address holds the text, in any letter case. */
	search(text: string): number[] {
		const wanted = text.trim().toLowerCase();
		const all = Array.from(this.#columns.lines, (_, at) => at);
		if (wanted === '') return all;
		const folded = (this.#folded ??= [this.#names.inLowerCase(), this.#addresses.inLowerCase()]);
		return all.filter((at) => folded.some((column) => column.at(at).includes(wanted)));
	}
}
