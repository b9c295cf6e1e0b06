/** What spreadsheet programs start a formula with, full-width and small forms included, and a tab. */
const start = '=+\\-@\\t＝＋－＠﹦﹢﹣﹫−';
/** What they pass over on the way to it: blanks, quotation marks, what cannot be seen. */
const passedOver =
	'\'"`´‘’‚“”„«»‹›′″＇＂\\p{Zs}\\p{Cf}\\p{Default_Ignorable_Code_Point}\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f';
const lineStart = new RegExp(`^[${passedOver}]*[${start}]`, 'u');
/** A cell that begins with a line break hides what follows. */
const cellStart = new RegExp(`^[${passedOver}]*[${start}\\r\\n]`, 'u');
const line = /[^\n\r\u2028\u2029]*[\n\r\u2028\u2029]?/gu;
/** Most cells hold none of these, and looking for them costs next to nothing. */
const suspect = /[=+\-@\t\r\n＝＋－＠﹦﹢﹣﹫−]/u;

const isLive = (text: string, at: number) => (at === 0 ? cellStart : lineStart).test(text);

/**
 * A cell that no spreadsheet program takes for a formula: each line that could start one gets a
 * leading apostrophe (https://owasp.org/www-community/attacks/CSV_Injection). `plainCell` takes it back.
 */
export function inertCell(text: string): string {
	if (!suspect.test(text)) return text;
	return text.replace(line, (piece, at: number) => (isLive(piece, at) ? `'${piece}` : piece));
}

/** The cell as it was before `inertCell`: exactly its apostrophes are dropped, no other. */
export function plainCell(text: string): string {
	if (!text.includes("'")) return text;
	return text.replace(line, (piece, at: number) =>
		piece.startsWith("'") && isLive(piece.slice(1), at) ? piece.slice(1) : piece,
	);
}
