import fc from 'fast-check';

/** One line of text in any script, as a name or a subject may be: no control characters, never blank. */
export function anyLine(): fc.Arbitrary<string> {
	return fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
		.map((text) =>
			text
				.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '')
				.replace(/\s+/gu, ' ')
				.trim(),
		)
		.filter((text) => text !== '');
}
