import type { IconName } from './icons.ts';

/** One line of a menu: a place to go, or something to do. */
export interface MenuItem {
	label: string;
	icon?: IconName;
	href?: string;
	run?: () => void;
	/** Keys that do the same, shown at the end of the line. */
	keys?: string;
	isDanger?: boolean;
	isDisabled?: boolean;
	/** A hairline above. */
	startsGroup?: boolean;
}
