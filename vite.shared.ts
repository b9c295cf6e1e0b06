import type { Alias, Plugin } from 'vite';

/** Dexie's default entry is transpiled for browsers that cannot run this app: 6 kB more on the first load. */
export const modernDexie: Alias = {
	find: /^dexie$/,
	replacement: 'dexie/dist/modern/dexie.mjs',
};

/** Longer is only the estimator of passphrases, which is words for the most part. */
const mostLetters = 1_000_000;

/**
 * Has Chromium compile all of a file as it arrives, beside the page, instead of each function as it is first
 * called: an import or a batch runs most of theirs once. Other engines take it for a comment. See
 * https://github.com/WICG/explicit-javascript-compile-hints-file-based
 */
export function compileAtOnce(): Plugin {
	return {
		name: 'portico-compile-at-once',
		enforce: 'post',
		generateBundle: {
			// It counts only where nothing stands before it, and Vite puts lists of files there.
			order: 'post',
			handler(_, bundle) {
				for (const file of Object.values(bundle))
					if (file.type === 'chunk' && file.code.length < mostLetters)
						file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
			},
		},
	};
}
