/** Where a client stands on the way to the portal, in the order of the way. Every client stands at exactly one place. */
export const standingsInOrder = [
	'not-invited',
	'waiting',
	'invited',
	'reminded',
	'expired',
	'joined',
	'left-out',
] as const;

export type PortalStanding = (typeof standingsInOrder)[number];
