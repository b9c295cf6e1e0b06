import type { ClientColumn } from '$lib/domain/client-columns.ts';

/** Of each column: how much of what is free it takes, and how narrow it may be, in rem. */
const widths: Record<ClientColumn, { share: number; least: number }> = {
	name: { share: 10, least: 7.5 },
	address: { share: 13, least: 8 },
	phone: { share: 9, least: 7.5 },
	status: { share: 5, least: 5.5 },
	professional: { share: 8, least: 6.5 },
	portal: { share: 10, least: 6.5 },
	tags: { share: 8, least: 5.5 },
	born: { share: 7, least: 6.5 },
	added: { share: 7, least: 6.5 },
};

/** So many columns are still set in the size of running text. */
const mostRoomy = 6;
/** The small text is so much narrower. */
const small = 0.87;
const checkWidth = 2.25;
/** Between columns; the small text needs less. */
const gaps = { roomy: 0.75, dense: 0.5 };

export interface ListLayout {
	/** Each client as a card rather than a row of columns: it would be too narrow. */
	isCards: boolean;
	/** In the small text. */
	isDense: boolean;
	/** For `grid-template-columns`. */
	tracks: string;
	/** Between the columns, in rem. */
	gap: number;
}

/** `width`: of the list, in rem; 0 when it is not known yet. */
export function layoutOf(columns: readonly ClientColumn[], width: number): ListLayout {
	const isMany = columns.length > mostRoomy;
	const gap = isMany ? gaps.dense : gaps.roomy;
	const least = columns.reduce((sum, column) => sum + widths[column].least, 0);
	const needed = least * (isMany ? small : 1) + checkWidth + gap * columns.length;
	const tracks = columns.map((column) => `minmax(0, ${widths[column].share}fr)`);
	const isCards = width > 0 && width < needed;
	return {
		isCards,
		isDense: isMany && !isCards,
		gap,
		tracks: `${checkWidth}rem ${tracks.join(' ')}`,
	};
}
